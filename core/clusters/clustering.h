// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"

#include <cstdint>
#include <string>
#include <vector>

namespace embedscope::clusters {

/// Which cluster each of n rows belongs to. The largest cluster is 0; of equally large ones the one
/// with the smallest row comes first.
struct Clustering {
  static constexpr std::int32_t kNoise = -1;

  std::vector<std::int32_t> clusters;  ///< n; kNoise for rows that belong to none
  std::vector<std::int64_t> sizes;     ///< of each cluster, falling, none empty

  std::int64_t count() const { return static_cast<std::int64_t>(sizes.size()); }

  /// Rows that belong to no cluster.
  std::int64_t noise() const;
};

/// Numbers clusters by falling size and leaves empty ones out.
///
/// @param clusters  n; any numbers from 0 on, and kNoise.
Clustering orderedBySize(std::vector<std::int32_t> clusters);

/// The rows of each cluster, rising. Cost O(n).
std::vector<std::vector<std::int64_t>> membersOf(const Clustering& clustering);

/// The mean of the rows of each cluster, c × d, summed in double.
///
/// @param rows  n × d, those that were clustered.
/// Parallel over clusters, the same bits for any thread count. Cost O(n·d).
base::RowMatrix centersOf(const Eigen::Ref<const base::RowMatrix>& rows,
                          const Clustering& clustering);

/// @throws Error NonFinite, naming the first row that holds NaN or infinity: such a row is near
///         nothing.
void requireFiniteRows(const Eigen::Ref<const base::RowMatrix>& rows);

}  // namespace embedscope::clusters
