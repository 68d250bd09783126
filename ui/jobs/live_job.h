// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/job_runner.h"
#include "ui/jobs/live_session.h"

namespace embedscope::jobs {

/// Lists a session's work among the runner's jobs while it is under way, with its title, progress
/// and time left; Cancel means cancel().
///
/// Both live in one thread; either may be destroyed first.
void listSession(JobRunner& runner, LiveSession& session);

}  // namespace embedscope::jobs
