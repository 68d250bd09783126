// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/base/task_context.h"

#include <optional>

namespace embedscope::projection {

/// The mean of those rows that hold neither NaN nor infinity.
struct FiniteMean {
  Eigen::RowVectorXd mean;  ///< 1 × d; zeros when there is no such row
  Eigen::Index count = 0;   ///< of those rows
};

/// @param rows  n × d, n ≥ 1, d ≥ 1. Summed in double.
/// @return nothing when stopped. The same bits for any thread count. Cost O(n·d), parallel.
std::optional<FiniteMean> meanOfFiniteRows(const Eigen::Ref<const base::RowMatrix>& rows,
                                           const base::TaskContext& context = {});

}  // namespace embedscope::projection
