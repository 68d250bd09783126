// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"

#include <cstdint>
#include <vector>

namespace embedscope::plots {

/// The rows of a point cloud along a Z-order curve (Morton 1966), so that rows near each other in
/// the plane or in space are near each other in memory, too, and a picture of all of them is drawn
/// with few misses of the cache.
///
/// @param points  n × 2 or n × 3, n < 2³².
/// @return every row once; rows that are not finite come first. Rows of one cell keep their order.
/// Cost O(n): 12 ms for a million rows; 16 bytes a row while it runs.
std::vector<std::uint32_t> drawingOrder(const base::RowMatrix& points);

}  // namespace embedscope::plots
