// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/base/task_context.h"

#include <optional>

namespace embedscope::projection {

/// A principal component analysis: the basis, and how much of the spread each axis carries.
struct PcaModel {
  Eigen::RowVectorXd mean;     ///< 1 × d, subtracted before projecting
  Eigen::MatrixXd components;  ///< d × k, orthonormal columns, falling variance
  Eigen::VectorXd variance;    ///< d, falling, along each component, also those beyond k (divided
                               ///< by n − 1)
  double totalVariance = 0;    ///< sum over all d dimensions

  /// n × k coordinates of n × d rows, in the model's fixed basis; a row that holds NaN or infinity
  /// gets such coordinates. Parallel, the same bits for any thread count.
  ///
  /// @throws Error InvalidArgument when the rows do not have d columns.
  base::RowMatrix project(const Eigen::Ref<const base::RowMatrix>& rows) const;
};

/// Centred PCA of all rows, exact: covariance accumulated in double over blocks of rows of fixed
/// size, then a symmetric eigen-solver.
///
/// @param rows  n × d, n ≥ 1, d ≥ 1, finite. Rows holding NaN or infinity are left out of the fit.
/// @param k     1 ≤ k; clipped to d.
/// @return nothing when stopped. Signs: in every component the entry of largest magnitude (the
///         first of equals) is positive, so pictures do not flip. One finite row or none gives zero
///         variance and an arbitrary orthonormal basis.
/// @throws Error InvalidArgument: empty input or k < 1.
/// Cost O(n·d² + d³). The same bits for any thread count.
std::optional<PcaModel> fitPca(const Eigen::Ref<const base::RowMatrix>& rows, Eigen::Index k,
                               const base::TaskContext& context = {});

}  // namespace embedscope::projection
