// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/base/task_context.h"
#include "core/neighbors/graph_rows.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace embedscope::clusters {

/// Rows to begin k-means with: the greedy k-means++ of Arthur, Vassilvitskii, SODA 2007.
///
/// Every next row is drawn by its squared distance to those chosen; of 2 + ⌊ln k⌋ drawn ones the
/// one is kept that leaves the least sum of squared distances.
///
/// @return at most k rows, fewer when fewer differ; nothing when stopped. The same rows for any
///         thread count. Cost O(n·d·k·log k), parallel.
std::optional<std::vector<Eigen::Index>> kMeansStart(const neighbors::GraphRows& rows,
                                                     Eigen::Index k, base::RandomStream& random,
                                                     const base::TaskContext& context);

}  // namespace embedscope::clusters
