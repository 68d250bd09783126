// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/base/task_context.h"
#include "core/neighbors/exact_index.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace embedscope::projection {

/// How far the neighborhoods on a picture are those of the table. All in [0, 1], 1 is best.
struct Faithfulness {
  double trustworthiness = 1;  ///< how near the k nearest points of a point are in the table
  double neighborsKept = 1;    ///< share of the k true neighbors among the k nearest points
  Eigen::Index k = 0;          ///< the one used
  bool isSampled = false;  ///< measured on some rows; each was compared with all rows all the same

  std::vector<std::int32_t> rows;      ///< the m measured rows, rising
  Eigen::VectorXf rowTrustworthiness;  ///< m, one for each of them
  Eigen::VectorXf rowNeighborsKept;    ///< m
};

struct FaithfulnessOptions {
  Eigen::Index k = 15;  ///< 1 or more; clipped below n / 2, where the measure ends
  neighbors::Metric metric = neighbors::Metric::Cosine;  ///< of the table, or Euclidean
  Eigen::Index exactUpTo = 3'000;                        ///< all rows are measured up to so many
  Eigen::Index sample = 500;                             ///< rows measured beyond
  std::uint64_t seed = 1;                                ///< of the sample
};

/// Measures a picture against the table it shows.
///
/// Trustworthiness is that of Venna, Kaski, "Neighborhood preservation in nonlinear projection
/// methods", ICANN 2001, doi:10.1007/3-540-44668-0_68, and of scikit-learn's `trustworthiness`: on
/// a sample it is the mean over the sampled rows, each ranked among all rows.
///
/// @param rows    n × d, n ≥ 3, finite.
/// @param points  n × 2 or any other number of dimensions, finite; distances are Euclidean.
/// @return nothing when stopped. Equal distances rank by row. The same bits for any thread count.
/// @throws Error InvalidArgument: fewer than 3 rows, sizes that differ, k < 1, sample < 1, another
///         metric. NonFinite.
/// Cost O(m·n·(d + k)) for m measured rows, parallel; polls the stop request once per row.
std::optional<Faithfulness> faithfulness(const Eigen::Ref<const base::RowMatrix>& rows,
                                         const Eigen::Ref<const base::RowMatrix>& points,
                                         const FaithfulnessOptions& options,
                                         const base::TaskContext& context = {});

/// The rows that are finite in the table and in the picture, in their order: those that are drawn.
/// @param rows, points  n × d and n × 2 or n × 3. Cost O(n·d).
std::vector<Eigen::Index> drawnRows(const Eigen::Ref<const base::RowMatrix>& rows,
                                    const Eigen::Ref<const base::RowMatrix>& points);

/// The same among those rows alone that are finite in the table and in the picture: the others are
/// not drawn, and are no neighbors of any.
///
/// @return `rows` are numbers of all n rows; `isSampled` also when some were left out.
/// @throws Error as faithfulness, but for NonFinite; fewer than 3 such rows are too few.
/// Cost as faithfulness, and memory for a copy of the rows when some are left out.
std::optional<Faithfulness> drawnFaithfulness(const Eigen::Ref<const base::RowMatrix>& rows,
                                              const Eigen::Ref<const base::RowMatrix>& points,
                                              const FaithfulnessOptions& options,
                                              const base::TaskContext& context = {});

}  // namespace embedscope::projection
