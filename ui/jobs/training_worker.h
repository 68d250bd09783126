// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/run_control.h"
#include "ui/jobs/training_mailbox.h"
#include "ui/jobs/training_task.h"

namespace embedscope::jobs {

/// The whole life of a run on its worker thread: builds the task, trains in chunks as `control`
/// permits, publishes, and ends with exactly one message that carries the outcome. The task is
/// destroyed before that message goes out. Lets no exception out.
void trainInBackground(RunId run, const TrainingTaskFactory& factory, RunControl& control,
                       TrainingMailbox& mailbox);

}  // namespace embedscope::jobs
