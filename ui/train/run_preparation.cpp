// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/run_preparation.h"

#include "core/base/error.h"

namespace embedscope::train {

namespace {

data::DatasetPtr datasetFor(const data::DataTable& table, const data::DatasetSelection& selection,
                            Preparation& found) {
  try {
    return data::makeDataset(table, selection);
  } catch (const base::Error& error) {
    if (error.code() == base::ErrorCode::BadData) {
      found.missing = missingLabels(table, selection);
    }
    throw;
  }
}

}  // namespace

jobs::TrainingTaskFactory preparedTask(data::DataTablePtr table, document::RunPlan plan,
                                       std::shared_ptr<Preparation> found,
                                       std::optional<jobs::ResumePoint> from) {
  return [table = std::move(table), plan = std::move(plan), found = std::move(found),
          from = std::move(from)] {
    data::DatasetPtr dataset = datasetFor(*table, plan.selection, *found);
    found->skippedRows = dataset->skippedRows;
    return jobs::trainerTask(std::move(dataset), plan.recipe, from)();
  };
}

}  // namespace embedscope::train
