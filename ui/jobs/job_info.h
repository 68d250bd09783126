// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <compare>
#include <cstdint>
#include <optional>

namespace embedscope::jobs {

struct JobId {
  std::uint64_t value = 0;

  auto operator<=>(const JobId&) const = default;
};

/// What the status bar shows of a job.
struct JobInfo {
  JobId id;
  QString title;                      ///< "Loading vectors.bin"
  double fraction = 0;                ///< done, in [0, 1]
  std::optional<double> secondsLeft;  ///< nothing until it can be told
  bool cancellable = true;
  bool cancelling = false;  ///< asked to stop, not ended yet
};

}  // namespace embedscope::jobs
