// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/matrix.h"

#include <cstdint>
#include <vector>

namespace embedscope::training {

/// The examples of one step. The buffers have room for the largest batch; the first `size` entries
/// of each count.
template <typename Scalar>
struct Batch {
  Eigen::Index size = 0;
  std::vector<std::vector<std::int32_t>> codes;  ///< one list for each feature
  Matrix<Scalar> numeric;                        ///< capacity × m, standardized
  std::vector<Scalar> values;                    ///< regression: the standardized target
  std::vector<std::int32_t> classes;             ///< classification

  Eigen::Index capacity() const { return numeric.rows(); }

  void allocate(std::size_t features, Eigen::Index numericColumns, Eigen::Index capacity) {
    const auto room = static_cast<std::size_t>(capacity);
    codes.assign(features, std::vector<std::int32_t>(room));
    numeric.setZero(capacity, numericColumns);
    values.assign(room, Scalar{0});
    classes.assign(room, 0);
  }
};

}  // namespace embedscope::training
