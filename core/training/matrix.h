// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>

namespace embedscope::training {

/// Row-major, one row for each example of a batch or each category of a table. Models are built
/// for float; double is for checks of gradients.
template <typename Scalar>
using Matrix = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

template <typename Scalar>
using MatrixRef = Eigen::Ref<Matrix<Scalar>>;

template <typename Scalar>
using ConstMatrixRef = Eigen::Ref<const Matrix<Scalar>>;

}  // namespace embedscope::training
