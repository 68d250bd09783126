// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

namespace embedscope::jobs {

/// How long something will still take, from how fast it went lately.
///
/// The pace is a mean over time in which what happened t seconds ago counts exp(−t / 8): steady
/// enough to read, quick enough to follow a change.
class TimeLeft {
 public:
  /// Work went on. @param fraction  newly done, ≥ 0.  @param seconds  it took, ≥ 0.
  void add(double fraction, double seconds);

  /// Seconds until all is done. @param fraction  done so far, in [0, 1].
  /// @return nothing before half a second was seen, or while nothing moves.
  std::optional<double> secondsLeft(double fraction) const;

 private:
  double m_work = 0;
  double m_seconds = 0;
  double m_seen = 0;
};

}  // namespace embedscope::jobs
