// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/parameter.h"
#include "core/training/row_kernels.h"

#include <cstddef>
#include <utility>

namespace embedscope::training {

/// The gradient of numbers that no batch touched.
template <typename Scalar>
struct ZeroGradient {
  Scalar operator[](Eigen::Index /*place*/) const { return Scalar{0}; }
};

/// Calls `visit(offset, count, gradient)` for the runs of numbers that have a gradient: all of
/// them, or the touched rows in the order of the batch. `gradient[i]` belongs to number `offset +
/// i` of the parameter. Cost: these numbers.
///
/// @param prefetch  called with the offset of a touched row some rows before `visit`.
template <typename Scalar, typename Visit, typename Prefetch>
void forEachTouchedRun(const Parameter<Scalar>& parameter, const Visit& visit,
                       const Prefetch& prefetch) {
  if (!parameter.hasRowGradient()) {
    visit(Eigen::Index{0}, parameter.value().size(), parameter.gradient().data());
    return;
  }
  const Eigen::Index columns = parameter.value().cols();
  const auto& rows = parameter.touchedRows();
  for (std::size_t slot = 0; slot < rows.size(); ++slot) {
    if (slot + kRowsAhead < rows.size()) {
      prefetch(rows[slot + kRowsAhead] * columns);
    }
    visit(rows[slot] * columns, columns, parameter.gradientRow(slot));
  }
}

/// The same for numbers that the batch has just read.
template <typename Scalar, typename Visit>
void forEachTouchedRun(const Parameter<Scalar>& parameter, const Visit& visit) {
  forEachTouchedRun(parameter, visit, [](Eigen::Index /*offset*/) {});
}

/// The same for every number but those of fixed rows, in their order: `gradient[i]` is 0 in rows
/// that the batch did not touch. `visit` is called with two types of gradients. Cost: all numbers.
template <typename Scalar, typename Visit>
void forEachRun(Parameter<Scalar>& parameter, const Visit& visit) {
  const Eigen::Index columns = parameter.value().cols();
  if (!parameter.hasRowGradient()) {
    visit(Eigen::Index{0}, parameter.value().size(), std::as_const(parameter).gradient().data());
    return;
  }
  Eigen::Index next = 0;  // the first row that has not been visited
  const auto visitUntouched = [&](Eigen::Index end) {
    if (next < end) {
      visit(next * columns, (end - next) * columns, ZeroGradient<Scalar>{});
    }
  };
  parameter.forEachMarkedRow([&](Eigen::Index row) {
    visitUntouched(row);
    if (const Scalar* gradient = parameter.touchedGradient(row)) {
      visit(row * columns, columns, gradient);
    }
    next = row + 1;
  });
  visitUntouched(parameter.value().rows());
}

}  // namespace embedscope::training
