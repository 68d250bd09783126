// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>

namespace embedscope::jobs {

/// Which run of a training session a message belongs to. Rises with every start; 0 is no run.
struct RunId {
  std::uint64_t value = 0;

  auto operator<=>(const RunId&) const = default;
};

}  // namespace embedscope::jobs
