// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/matrix.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace embedscope::training {

/// A matrix of numbers that training may change, with the gradient of the loss at them.
///
/// A parameter of which a batch touches only some rows (a table) stores the gradient of those rows
/// alone: row `s` of the stored gradient belongs to row `touchedRows()[s]`, and every other row of
/// the gradient is zero. A step then costs no time and no gradient memory for rows outside the
/// batch, unless the optimizer moves them on its own (momentum, moments, weight decay).
template <typename Scalar>
class Parameter {
 public:
  enum class Gradient {
    Dense,  ///< every row may get a gradient
    Rows,   ///< only the rows that `touch` was called with
  };

  enum class Role {
    Weights,  ///< of a layer; optimizers with a lazy rule for tables treat them as any other
    Table,    ///< rows are looked up, as in PyTorch's nn.Embedding
  };

  /// All zeros, and not trainable yet.
  Parameter(std::string name, Eigen::Index rows, Eigen::Index columns, Gradient kind,
            Role role = Role::Weights)
      : m_value(Matrix<Scalar>::Zero(rows, columns)),
        m_name(std::move(name)),
        m_kind(kind),
        m_role(role) {}

  const std::string& name() const { return m_name; }

  Role role() const { return m_role; }

  Matrix<Scalar>& value() { return m_value; }

  const Matrix<Scalar>& value() const { return m_value; }

  /// Makes room for a gradient: that of every number, or four bytes for each row.
  void makeTrainable() {
    m_isTrainable = m_value.size() > 0;
    if (m_kind == Gradient::Dense) {
      m_gradient.setZero(m_value.rows(), m_value.cols());
    } else {
      m_slots.assign(static_cast<std::size_t>(m_value.rows()), 0);
    }
  }

  bool isTrainable() const { return m_isTrainable; }

  bool hasRowGradient() const { return m_kind == Gradient::Rows; }

  /// The gradient of a parameter with Gradient::Dense, same shape as value().
  Matrix<Scalar>& gradient() { return m_gradient; }

  const Matrix<Scalar>& gradient() const { return m_gradient; }

  /// The numbers of the gradient that are stored, one after the other: all, or the touched rows.
  std::span<Scalar> storedGradient() {
    const Eigen::Index rows = hasRowGradient() ? touchedCount() : m_gradient.rows();
    return {m_gradient.data(), static_cast<std::size_t>(rows * m_gradient.cols())};
  }

  /// A copy of the gradient in the shape of value(), for looking at it. O(value), allocates.
  Matrix<Scalar> denseGradient() const {
    if (!hasRowGradient()) {
      return m_gradient;
    }
    Matrix<Scalar> dense = Matrix<Scalar>::Zero(m_value.rows(), m_value.cols());
    for (std::size_t slot = 0; slot < m_touchedRows.size(); ++slot) {
      dense.row(m_touchedRows[slot]) = m_gradient.row(static_cast<Eigen::Index>(slot));
    }
    return dense;
  }

  /// Rows with a gradient, in the order in which they were first touched.
  const std::vector<Eigen::Index>& touchedRows() const { return m_touchedRows; }

  /// Row `slot` of the stored gradient, that of row `touchedRows()[slot]`.
  Scalar* gradientRow(std::size_t slot) {
    return m_gradient.data() + static_cast<Eigen::Index>(slot) * m_gradient.cols();
  }

  const Scalar* gradientRow(std::size_t slot) const {
    return m_gradient.data() + static_cast<Eigen::Index>(slot) * m_gradient.cols();
  }

  /// Forgets the row gradient and makes room for that of a batch. Allocates only for a batch that
  /// is larger than all before.
  ///
  /// @param rows  how many rows will be touched at most.
  void startRowGradient(Eigen::Index rows) {
    m_touchedRows.clear();
    const Eigen::Index room = std::min(rows, m_value.rows());
    if (m_gradient.rows() < room) {
      m_gradient.resize(room, m_value.cols());
      m_touchedRows.reserve(static_cast<std::size_t>(room));
    }
  }

  /// The slot of `row` in the stored gradient; its numbers, to be added to, are zeros when it is
  /// touched for the first time. Not for fixed rows.
  std::size_t touch(Eigen::Index row) {
    std::uint32_t& slot = m_slots[static_cast<std::size_t>(row)];
    if (!isSlotOf(slot, row)) {
      slot = static_cast<std::uint32_t>(m_touchedRows.size());
      m_touchedRows.push_back(row);
      std::fill_n(gradientRow(slot), m_gradient.cols(), Scalar{0});
    }
    return slot;
  }

  /// The gradient of `row`, or null where it is zero because the batch did not touch the row.
  const Scalar* touchedGradient(Eigen::Index row) const {
    const std::uint32_t slot = m_slots[static_cast<std::size_t>(row)];
    return isSlotOf(slot, row) ? gradientRow(slot) : nullptr;
  }

  /// Rows of a trainable parameter with Gradient::Rows that no optimizer moves, whatever it does to
  /// the others; they must not be touched. @param rows  numbers of rows; may repeat.
  void fixRows(std::span<const std::int32_t> rows) {
    for (const std::int32_t row : rows) {
      m_slots[static_cast<std::size_t>(row)] = kFixed;
    }
    m_hasFixedRows = m_hasFixedRows || !rows.empty();
  }

  bool hasFixedRows() const { return m_hasFixedRows; }

  bool isFixed(Eigen::Index row) const {
    return m_hasFixedRows && m_slots[static_cast<std::size_t>(row)] == kFixed;
  }

 private:
  static constexpr std::uint32_t kFixed = std::numeric_limits<std::uint32_t>::max();

  Eigen::Index touchedCount() const { return static_cast<Eigen::Index>(m_touchedRows.size()); }

  /// A slot left over from an earlier batch names a place that is free now or another row's, so
  /// slots need no clearing.
  bool isSlotOf(std::uint32_t slot, Eigen::Index row) const {
    return slot < m_touchedRows.size() && m_touchedRows[slot] == row;
  }

  Matrix<Scalar> m_value;
  Matrix<Scalar> m_gradient;  ///< of value's shape, or room for touched rows × columns
  std::string m_name;
  Gradient m_kind;
  Role m_role;
  bool m_isTrainable = false;
  bool m_hasFixedRows = false;
  std::vector<Eigen::Index> m_touchedRows;
  std::vector<std::uint32_t> m_slots;  ///< one for each row of a parameter with Gradient::Rows
};

}  // namespace embedscope::training
