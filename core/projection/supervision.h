// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "core/projection/symmetric_edges.h"

#include <cstdint>
#include <optional>
#include <span>

namespace embedscope::projection {

/// The number of a row whose category is not known; any number below 0 says so.
inline constexpr std::int32_t kUnknownCategory = -1;

/// Lets what is known of the rows speak in a fuzzy set: edges between rows of different categories
/// fade, so that a picture draws the categories apart and rows of unknown ones by their vectors.
///
/// McInnes, Healy, Melville 2018, arXiv:1802.03426, section 5 tells of it; the numbers are those of
/// umap-learn with target_metric "categorical". A weight is multiplied by exp(−2.5 / (1 − weight))
/// where both ends are known and differ (by 0 at weight 1), and by exp(−1) where one is unknown.
/// Then each row counts its strongest edge as 1 once more, and the two views of an edge are united,
/// p + q − p·q.
///
/// @param set         of n rows.
/// @param categories  n numbers; equal ones belong together.
/// @param weight      in [0, 1]: how much the categories count.
/// @return nothing when stopped. At weight 1 a row may be left without an edge.
/// Cost O(edges), parallel, the same bits for any thread count.
std::optional<SymmetricEdges> supervised(SymmetricEdges set,
                                         std::span<const std::int32_t> categories, double weight,
                                         const base::TaskContext& context = {});

}  // namespace embedscope::projection
