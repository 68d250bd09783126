// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/base/task_context.h"

#include <memory>

namespace embedscope::train {

/// How the vectors of a table lie in the plane.
struct VectorFrame {
  std::shared_ptr<const base::RowMatrix> points;  ///< n × 2; null when there is nothing to show
  Eigen::MatrixXd basis;                          ///< d × 2 with d > 2, orthonormal; else empty
  double explained = 1;                           ///< share of the variance that the plane shows
};

/// Lays vectors into the plane: as they are for d = 2; for d = 1 the number across and the row
/// downwards; for more dimensions in the plane of the two leading axes of a centred PCA.
///
/// @param values    n × d, d ≥ 1. Rows that are not finite stay out of the fit.
/// @param previous  basis of the frame before (or empty). Within its plane the new frame is turned
///                  or mirrored so that it lies as near to that basis as it can (orthogonal
///                  Procrustes, Schönemann 1966, doi:10.1007/BF02289451): pictures in a row neither
///                  flip nor spin.
/// @return no points when stopped, or when there is no finite row. Never throws.
/// Cost O(n·d² + d³) for d > 2, else O(n).
VectorFrame vectorFrame(const Eigen::Ref<const base::RowMatrix>& values,
                        const Eigen::MatrixXd& previous, const base::TaskContext& context = {});

}  // namespace embedscope::train
