// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/crossover.h"
#include "core/training/race.h"
#include "ui/jobs/live_session.h"

#include <functional>
#include <memory>
#include <optional>

namespace embedscope::jobs {

/// A training::RaceEvent that can be kept.
struct RaceMessage {
  training::RaceEvent::Kind kind = training::RaceEvent::Kind::RunStarted;
  std::size_t contestant = 0;
  std::size_t seed = 0;
  training::EpochRecord epoch;                   ///< EpochEnded
  std::shared_ptr<const training::RaceRun> run;  ///< RunEnded
};

/// Races in the background and tells about every epoch of every run.
using RaceSession = LiveSessionOf<RaceMessage, training::RaceResult>;

/// What a race session drives: prepares what it needs and calls training::runRace, on the worker.
/// The seam lets tests race at their own pace.
using RaceTask = std::function<std::optional<training::RaceResult>(
    const base::TaskContext& context, const training::RaceListener& listener)>;

RaceSession::Work raceWork(RaceTask task);

/// Measures a crossover in the background and tells every point as it comes.
using CrossoverSession = LiveSessionOf<training::CrossoverPoint, training::CrossoverResult>;

}  // namespace embedscope::jobs
