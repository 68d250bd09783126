// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/job_runner.h"
#include "ui/jobs/training_session.h"

#include <QString>

namespace embedscope::jobs {

/// Lists a session's runs among the runner's jobs while they are under way, with progress, time
/// left, and Cancel meaning stop(): "training run 3 · step 12,400 of 50,000".
///
/// Both live in one thread; either may be destroyed first.
void listTraining(JobRunner& runner, TrainingSession& session);

}  // namespace embedscope::jobs
