// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/data_table.h"
#include "core/table/provenance.h"
#include "ui/document/training_setup.h"
#include "ui/jobs/training_task.h"
#include "ui/train/missing_labels.h"

#include <memory>
#include <optional>
#include <vector>

namespace embedscope::train {

/// What the worker found while it turned the table into numbers. Complete, and safe to read on the
/// session's thread, once the session has left Preparing.
struct Preparation {
  std::vector<MissingLabels> missing;  ///< why there is no run, if that is the reason
  std::int64_t skippedRows = 0;        ///< rows without a target or a number
  table::Provenance provenance;        ///< recipe and seed of the tables
};

/// Makes the data set and the trainer on the session's worker, so that the window waits for
/// neither. Labels that a feature lacks are an error, and are listed in `found`.
/// @param data  what the table is called in the recipe. @param from  where the run goes on;
/// nothing: from its first step.
jobs::TrainingTaskFactory preparedTask(data::DataTablePtr table, std::string data,
                                       document::RunPlan plan, std::shared_ptr<Preparation> found,
                                       std::optional<jobs::ResumePoint> from = {});

}  // namespace embedscope::train
