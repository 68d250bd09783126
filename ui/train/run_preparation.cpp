// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/run_preparation.h"

namespace embedscope::train {

jobs::TrainingTaskFactory preparedTask(data::DataTablePtr table, document::RunPlan plan,
                                       std::shared_ptr<Preparation> found,
                                       std::optional<jobs::ResumePoint> from) {
  return [table = std::move(table), plan = std::move(plan), found = std::move(found),
          from = std::move(from)] {
    data::DatasetPtr dataset = datasetOrMissing(*table, plan.selection, found->missing);
    found->skippedRows = dataset->skippedRows;
    return jobs::trainerTask(std::move(dataset), plan.recipe, from)();
  };
}

}  // namespace embedscope::train
