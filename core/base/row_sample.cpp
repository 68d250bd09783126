// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/row_sample.h"

#include "core/base/random.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace embedscope::base {

std::vector<std::int32_t> sampledRows(std::int64_t n, std::int64_t count, std::uint64_t seed) {
  std::vector<std::int32_t> rows(static_cast<std::size_t>(n));
  std::iota(rows.begin(), rows.end(), 0);
  if (count >= n) {
    return rows;
  }
  RandomStream random(seed, 0);
  const auto wanted = static_cast<std::size_t>(std::max<std::int64_t>(count, 0));
  for (std::size_t i = 0; i < wanted; ++i) {  // the first steps of a Fisher-Yates shuffle
    std::swap(rows[i], rows[i + random.below(static_cast<std::uint32_t>(rows.size() - i))]);
  }
  rows.resize(wanted);
  std::sort(rows.begin(), rows.end());
  return rows;
}

}  // namespace embedscope::base
