// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/race.h"
#include "ui/jobs/race_session.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace embedscope::train {

/// What curves of a race may show.
enum class RaceQuantity { Loss, Metric };

double valueOf(const training::EpochRecord& epoch, RaceQuantity quantity);

/// One run of a race so far.
struct BoardRun {
  bool started = false;
  bool ended = false;
  bool diverged = false;
  std::vector<training::EpochRecord> epochs;
  double metric = 0;  ///< of the epoch that counts; NaN unless it ended well
  double secondsPerEpoch = 0;
};

/// A curve over seeds with its spread.
struct RaceBand {
  std::vector<double> epochs;  ///< 1, 2, 3, …
  std::vector<double> mean;
  std::vector<double> lower;  ///< smallest of the seeds
  std::vector<double> upper;  ///< largest
};

/// The state of a race as its messages tell it: which runs have ended, their curves, and the
/// standings so far. A plain value.
class RaceBoard {
 public:
  RaceBoard() = default;
  RaceBoard(const std::vector<training::Contestant>& contestants, std::size_t seeds);

  void add(const jobs::RaceMessage& message);

  std::size_t contestantCount() const { return m_standings.size(); }

  std::size_t seedCount() const { return m_seeds; }

  std::size_t runCount() const { return m_runs.size(); }

  std::size_t endedCount() const;
  std::size_t endedCount(std::size_t contestant) const;

  const BoardRun& run(std::size_t contestant, std::size_t seed) const;

  /// Over the seeds whose runs have ended without diverging. A run that stopped early goes on at
  /// its last value, so that the mean is always one of the same seeds.
  RaceBand band(std::size_t contestant, RaceQuantity quantity) const;

  /// What can be told before the end: names, and means over the runs that have ended. Parameters
  /// and bytes are 0.
  const std::vector<training::RaceStanding>& standings() const { return m_standings; }

 private:
  BoardRun& at(std::size_t contestant, std::size_t seed);
  void updateStanding(std::size_t contestant);

  std::size_t m_seeds = 0;
  std::vector<BoardRun> m_runs;  ///< by contestant, then seed
  std::vector<training::RaceStanding> m_standings;
};

}  // namespace embedscope::train
