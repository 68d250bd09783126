// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/base/task_context.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace embedscope::neighbors {

/// An order in which rows that are near each other stand together.
///
/// Groups are joined by the mean nearness of their members (average linkage, UPGMA), found along
/// chains of nearest neighbors (Murtagh 1983, doi:10.1093/comjnl/26.4.354). Every group stands in
/// one piece; two groups are laid side by side with those of their ends together that are nearest.
///
/// @param nearness        m × m, symmetric; NaN counts as farthest.
/// @param largerIsNearer  as for a metric.
/// @return all m places, each once; nothing when stopped. Ties: smaller place first.
/// Cost O(m²), memory m² doubles. On one thread.
std::optional<std::vector<std::int64_t>> groupedOrder(
    const Eigen::Ref<const base::RowMatrix>& nearness, bool largerIsNearer,
    const base::TaskContext& context = {});

}  // namespace embedscope::neighbors
