// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "core/clusters/hdbscan.h"
#include "core/clusters/k_means.h"
#include "core/table/embedding_table.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <variant>

namespace embedscope::explore {

/// What is to be divided into clusters, and how.
struct ClusterQuestion {
  table::TablePtr table;
  /// Of the picture, n × 2: these are divided; null: the vectors are.
  std::shared_ptr<const base::RowMatrix> points;
  std::variant<clusters::KMeansOptions, clusters::HdbscanOptions> options;
};

/// The clusters of a table's rows, as a column of their names; rows in none have no value.
struct ClusterAnswer {
  table::TablePtr table;
  std::shared_ptr<const table::MetadataColumn> names;
  std::int64_t count = 0;    ///< of clusters
  std::int64_t noise = 0;    ///< rows in none, left out ones among them
  std::int64_t leftOut = 0;  ///< rows that hold NaN or infinity
  bool isExact = true;
};

/// Divides all rows that are finite and names each cluster by the three labels nearest to its
/// centre.
///
/// @return nothing when stopped.
/// @throws Error as kMeans and hdbscan; InvalidArgument when no row is finite.
std::optional<ClusterAnswer> clustersOf(const ClusterQuestion& question,
                                        const base::TaskContext& context = {});

}  // namespace embedscope::explore
