// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace embedscope::base {

/// Some of n rows, rising, each at most once.
///
/// @param count  all rows if it is n or more.
/// Cost O(n). The same rows for the same seed everywhere.
std::vector<std::int32_t> sampledRows(std::int64_t n, std::int64_t count, std::uint64_t seed);

}  // namespace embedscope::base
