// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/base/task_context.h"
#include "core/projection/layout.h"
#include "core/table/embedding_table.h"

#include <cstdint>
#include <optional>

namespace embedscope::projection {

/// Places new rows into a picture that is there.
///
/// Each goes by its nearest rows of the table, found exactly, whose points stay where they are: as
/// UmapPlacing and TsnePlacing have it. New rows do not see each other, so where one lies does not
/// depend on which others are placed with it. One that equals a row of the table (by cosine: that
/// points in its direction) lies on that row's point; by cosine a row of zeros, which points
/// nowhere, has no place and gets NaN.
///
/// @param table    n × d, finite: the rows that the picture shows.
/// @param points   n × 2 or n × 3, finite: the picture, a layout of that table by `options`.
/// @param options  what the layout was made with: metric, neighbors or perplexity, seed, and so on.
/// @param rows     m × d, finite.
/// @return m × as many columns as `points`; nothing when stopped. The same bits for any thread
///         count.
/// @throws Error InvalidArgument: sizes that differ, another metric. NonFinite: a point or a new
///         row holds NaN or infinity (the message names the first).
/// Cost O(m·n·d) at the speed of matrix products, parallel, and up to 0.2 ms a row; memory O(n) and
/// that of a few thousand neighbor lists.
std::optional<base::RowMatrix> placeRows(const table::TablePtr& table,
                                         const base::RowMatrix& points,
                                         const LayoutOptions& options,
                                         const Eigen::Ref<const base::RowMatrix>& rows,
                                         const base::TaskContext& context = {});

struct PlacedKeptOptions {
  Eigen::Index k = 15;                                   ///< 1 or more; clipped to n
  neighbors::Metric metric = neighbors::Metric::Cosine;  ///< of the table
  Eigen::Index sample = 500;                             ///< rows measured, 1 or more
  std::uint64_t seed = 1;                                ///< of the sample
};

/// How faithful places are: the share of the k rows of the table nearest to a new row whose points
/// are among the k nearest to its place, the mean over new rows.
///
/// @param table, points, rows  as for placeRows.
/// @param places               m × as many columns as `points`. Rows without a place are left out.
/// @return in [0, 1]; nothing when stopped, or when no row has a place.
/// Cost O(sample·n·d), parallel, the same bits for any thread count.
std::optional<double> placedNeighborsKept(const table::TablePtr& table,
                                          const base::RowMatrix& points,
                                          const Eigen::Ref<const base::RowMatrix>& rows,
                                          const base::RowMatrix& places,
                                          const PlacedKeptOptions& options,
                                          const base::TaskContext& context = {});

}  // namespace embedscope::projection
