// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/trainer.h"
#include "ui/jobs/training_updates.h"
#include "ui/train/run_description.h"

#include <QString>

namespace embedscope::train {

/// "48 ms", "4.2 s", "2 min 5 s", "1 h 12 min"
QString durationText(double seconds);

/// "rmse 812" or "accuracy 93.2 %"; empty without validation rows.
QString metricText(data::TargetKind kind, const training::EpochRecord& epoch);

/// "step 1,200 of 5,000 · epoch 4 of 20 · 38 s left"
QString progressText(const jobs::TrainingProgress& progress, std::int64_t epochs,
                     jobs::SessionState state);

/// Where a trained table comes from: "run 3 · epoch 12 · validation rmse 812".
QString sourceText(const RunDescription& run, const jobs::RunOutcome& outcome);

/// How a run ended, in one to three sentences.
QString outcomeText(const RunDescription& run, const jobs::RunOutcome& outcome,
                    std::int64_t skippedRows);

}  // namespace embedscope::train
