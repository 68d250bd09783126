// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>

namespace embedscope::base {

/// Row-major float32, the shape of every table: row i is the vector of category i.
using RowMatrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Keeps the linear algebra library on the calling thread.
///
/// Results must not depend on how many cores a library grabs, and its threads would fight ours.
/// Call before the first product; calling again costs nothing. Thread-safe.
void useOneBlasThread();

}  // namespace embedscope::base
