// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>

#include <algorithm>

namespace embedscope::training {

template <typename Scalar>
void copyRow(const Scalar* __restrict from, Eigen::Index size, Scalar* __restrict to) {
  std::copy_n(from, size, to);
}

template <typename Scalar>
void addRow(const Scalar* __restrict from, Eigen::Index size, Scalar* __restrict to) {
  for (Eigen::Index j = 0; j < size; ++j) {
    to[j] += from[j];
  }
}

template <typename Scalar>
void addScaledRow(const Scalar* __restrict from, Scalar scale, Eigen::Index size,
                  Scalar* __restrict to) {
  for (Eigen::Index j = 0; j < size; ++j) {
    to[j] += scale * from[j];
  }
}

}  // namespace embedscope::training
