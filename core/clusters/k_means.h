// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "core/clusters/clustering.h"
#include "core/neighbors/exact_index.h"

#include <cstdint>
#include <optional>

namespace embedscope::clusters {

struct KMeansOptions {
  Eigen::Index clusters = 8;  ///< 1 ≤ k ≤ n
  neighbors::Metric metric =
      neighbors::Metric::Euclidean;  ///< or Cosine: spherical k-means over rows of length 1
  int restarts = 1;                  ///< ≥ 1; the one with the least inertia is kept
  int iterations = 300;              ///< ≥ 1, at most so many in each
  double tolerance = 1e-4;  ///< ≥ 0: the centres are taken to rest when the sum of their squared
                            ///< moves is below this share of the rows' mean variance
  std::uint64_t seed = 1;
};

struct KMeansResult {
  Clustering clustering;    ///< of k clusters, fewer when fewer rows differ
  base::RowMatrix centers;  ///< c × d, the means of their rows; Cosine: those of length 1, scaled
                            ///< to length 1 themselves
  double inertia = 0;       ///< sum of squared distances to the centres; Cosine: of 1 − cosine
  int iterations = 0;       ///< of the run that was kept
  bool rests = false;       ///< it ended because the centres rested
};

/// Divides all rows into k clusters around means, as Lloyd (1982), doi:10.1109/TIT.1982.1056489.
///
/// The start is the greedy k-means++ of Arthur, Vassilvitskii, SODA 2007, with 2 + ⌊ln k⌋ rows to
/// choose each centre from, as scikit-learn has it. Rows whose centre cannot have changed are not
/// compared again, by the bounds of Hamerly, SDM 2010, doi:10.1137/1.9781611972801.12; the others
/// by blocked products in float32, so that of centres whose distances agree to about 6 digits
/// either may be taken. A cluster that lost all its rows goes on from the row farthest from its
/// centre. Cosine: Dhillon, Modha 2001, doi:10.1023/A:1007612920971; rows of zeros are as far from
/// one centre as from another.
///
/// @param rows     n × d, finite.
/// @param context  polled every few milliseconds.
/// @return nothing when stopped. The same bits for any thread count.
/// @throws Error InvalidArgument: options out of their ranges, no columns, another metric.
///         NonFinite: a row holds NaN or infinity.
/// Cost O(n·d·k) for the start and for each of the first iterations, less for later ones; memory
/// one copy of the rows.
std::optional<KMeansResult> kMeans(const Eigen::Ref<const base::RowMatrix>& rows,
                                   const KMeansOptions& options,
                                   const base::TaskContext& context = {});

}  // namespace embedscope::clusters
