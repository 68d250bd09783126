// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/chunk_pacer.h"

#include <algorithm>

namespace embedscope::jobs {

namespace {

constexpr std::int64_t kMaxSteps = std::int64_t{1} << 40;  // far beyond any run, no overflow

}  // namespace

void ChunkPacer::measured(std::int64_t steps, std::chrono::nanoseconds elapsed) {
  const std::chrono::duration<double> target = kTarget;
  const std::chrono::duration<double> taken = elapsed;
  const double limit = 2.0 * static_cast<double>(m_steps);
  const double fitting = taken.count() > 0 ? static_cast<double>(steps) * (target / taken) : limit;
  m_steps =
      std::clamp(static_cast<std::int64_t>(std::min(fitting, limit)), std::int64_t{1}, kMaxSteps);
}

}  // namespace embedscope::jobs
