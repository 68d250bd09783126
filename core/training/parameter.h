// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/matrix.h"

#include <string>
#include <utility>
#include <vector>

namespace embedscope::training {

/// A matrix of numbers that training may change, with the gradient of the loss at them.
///
/// A parameter of which a batch touches only some rows (a table) lists them: every other row of
/// the gradient is zero then, and an optimizer that leaves a row without a gradient alone need not
/// look at it.
template <typename Scalar>
class Parameter {
 public:
  enum class Gradient {
    Dense,  ///< every row may get a gradient
    Rows,   ///< only the rows that `touch` was called with
  };

  /// All zeros.
  Parameter(std::string name, Eigen::Index rows, Eigen::Index columns, Gradient kind)
      : m_value(Matrix<Scalar>::Zero(rows, columns)), m_name(std::move(name)), m_kind(kind) {}

  const std::string& name() const { return m_name; }

  Matrix<Scalar>& value() { return m_value; }

  const Matrix<Scalar>& value() const { return m_value; }

  /// Same shape as value(); empty until `allocateGradient`.
  Matrix<Scalar>& gradient() { return m_gradient; }

  const Matrix<Scalar>& gradient() const { return m_gradient; }

  /// A parameter is trainable once it has room for a gradient.
  void allocateGradient() {
    m_gradient = Matrix<Scalar>::Zero(m_value.rows(), m_value.cols());
    if (m_kind == Gradient::Rows) {
      m_isTouched.assign(static_cast<std::size_t>(m_value.rows()), false);
    }
  }

  bool isTrainable() const { return m_gradient.size() == m_value.size() && m_value.size() > 0; }

  bool hasRowGradient() const { return m_kind == Gradient::Rows; }

  /// Rows with a gradient, in the order in which they were first touched.
  const std::vector<Eigen::Index>& touchedRows() const { return m_touchedRows; }

  /// Row `row` of the gradient, to be added to.
  Scalar* touch(Eigen::Index row) {
    if (!m_isTouched[static_cast<std::size_t>(row)]) {
      m_isTouched[static_cast<std::size_t>(row)] = true;
      m_touchedRows.push_back(row);
    }
    return m_gradient.data() + row * m_gradient.cols();
  }

  /// Zeroes the touched rows and forgets them. Cost: the touched rows only.
  void clearTouchedRows() {
    for (const Eigen::Index row : m_touchedRows) {
      m_gradient.row(row).setZero();
      m_isTouched[static_cast<std::size_t>(row)] = false;
    }
    m_touchedRows.clear();
  }

 private:
  Matrix<Scalar> m_value;
  Matrix<Scalar> m_gradient;
  std::string m_name;
  Gradient m_kind;
  std::vector<Eigen::Index> m_touchedRows;
  std::vector<bool> m_isTouched;
};

}  // namespace embedscope::training
