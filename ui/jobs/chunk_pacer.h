// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>

namespace embedscope::jobs {

/// How many training steps make a chunk of about 30 ms, learned from the chunks before.
class ChunkPacer {
 public:
  static constexpr std::chrono::milliseconds kTarget{30};

  /// Steps for the next chunk, at least 1; the first chunk is a single step.
  std::int64_t steps() const { return m_steps; }

  /// @param steps  taken, ≥ 1, in `elapsed`. The size at most doubles from one chunk to the next.
  void measured(std::int64_t steps, std::chrono::nanoseconds elapsed);

 private:
  std::int64_t m_steps = 1;
};

}  // namespace embedscope::jobs
