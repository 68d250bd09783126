// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "core/clusters/clustering.h"
#include "core/neighbors/exact_index.h"
#include "core/table/vocabulary.h"

#include <string>
#include <vector>

namespace embedscope::clusters {

/// The rows of each cluster that are nearest to its centre, the mean of its rows; nearest first,
/// equally near ones by row.
///
/// @param rows    n × d, those that were clustered, finite.
/// @param metric  Euclidean, or Cosine: rows and centres count as of length 1.
/// @param count   ≥ 1; fewer where a cluster has fewer rows.
/// @return fewer clusters when stopped. Cost O(n·d), parallel, the same for any thread count.
std::vector<std::vector<std::int64_t>> centralRows(const Eigen::Ref<const base::RowMatrix>& rows,
                                                   const Clustering& clustering,
                                                   neighbors::Metric metric, std::size_t count,
                                                   const base::TaskContext& context = {});

/// Names of clusters by the labels of their most central rows: "king, queen, prince". Where the
/// same name would come twice, the later ones get a number: "king (2)". Each label stands once in a
/// name.
std::vector<std::string> clusterNames(const table::Vocabulary& labels,
                                      const std::vector<std::vector<std::int64_t>>& central);

}  // namespace embedscope::clusters
