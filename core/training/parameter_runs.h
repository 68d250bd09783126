// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/parameter.h"

namespace embedscope::training {

/// The gradient of numbers that no batch touched.
template <typename Scalar>
struct ZeroGradient {
  Scalar operator[](Eigen::Index /*place*/) const { return Scalar{0}; }
};

/// Calls `visit(offset, count, gradient)` for the runs of numbers that have a gradient: all of
/// them, or the touched rows in the order of the batch. `gradient[i]` belongs to number `offset +
/// i` of the parameter. Cost: these numbers.
template <typename Scalar, typename Visit>
void forEachTouchedRun(const Parameter<Scalar>& parameter, const Visit& visit) {
  if (!parameter.hasRowGradient()) {
    visit(Eigen::Index{0}, parameter.value().size(), parameter.gradient().data());
    return;
  }
  const Eigen::Index columns = parameter.value().cols();
  const auto& rows = parameter.touchedRows();
  for (std::size_t slot = 0; slot < rows.size(); ++slot) {
    visit(rows[slot] * columns, columns, parameter.gradientRow(slot));
  }
}

/// The same for every number but those of fixed rows, in their order: `gradient[i]` is 0 in rows
/// that the batch did not touch. `visit` is called with two types of gradients. Cost: all numbers.
template <typename Scalar, typename Visit>
void forEachRun(const Parameter<Scalar>& parameter, const Visit& visit) {
  if (!parameter.hasRowGradient()) {
    visit(Eigen::Index{0}, parameter.value().size(), parameter.gradient().data());
    return;
  }
  const Eigen::Index columns = parameter.value().cols();
  Eigen::Index untouched = 0;  // rows in front of `row` that are still to be visited
  const auto visitUntouched = [&](Eigen::Index end) {
    if (untouched > 0) {
      visit((end - untouched) * columns, untouched * columns, ZeroGradient<Scalar>{});
      untouched = 0;
    }
  };
  for (Eigen::Index row = 0; row < parameter.value().rows(); ++row) {
    const Scalar* gradient = parameter.touchedGradient(row);
    if (gradient == nullptr && !parameter.isFixed(row)) {
      ++untouched;
      continue;
    }
    visitUntouched(row);
    if (gradient != nullptr) {
      visit(row * columns, columns, gradient);
    }
  }
  visitUntouched(parameter.value().rows());
}

}  // namespace embedscope::training
