// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/matrix.h"
#include "core/training/row_slots.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
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

  /// Makes room for a gradient, with Gradient::Rows when the first batch comes.
  void makeTrainable() {
    m_isTrainable = m_value.size() > 0;
    if (m_kind == Gradient::Dense) {
      m_gradient.setZero(m_value.rows(), m_value.cols());
    } else {
      m_marks.assign(wordsFor(m_value.rows()), 0);
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
    for (std::size_t slot = 0; slot < touchedRows().size(); ++slot) {
      dense.row(touchedRows()[slot]) = m_gradient.row(static_cast<Eigen::Index>(slot));
    }
    return dense;
  }

  /// Rows with a gradient, in the order in which they were first touched.
  const std::vector<Eigen::Index>& touchedRows() const { return m_slots.rows(); }

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
    const Eigen::Index room = std::min(rows, m_value.rows());
    m_slots.start(m_value.rows(), room);
    if (m_gradient.rows() < room) {
      m_gradient.resize(room, m_value.cols());
    }
  }

  /// The slot of `row` in the stored gradient; its numbers, to be added to, are zeros when it is
  /// touched for the first time. Not for fixed rows.
  std::size_t touch(Eigen::Index row) {
    const std::size_t known = touchedRows().size();
    const std::size_t slot = m_slots.slotOf(row);
    if (slot == known) {
      std::fill_n(gradientRow(slot), m_gradient.cols(), Scalar{0});
    }
    return slot;
  }

  /// The gradient of `row`, or null where it is zero because the batch did not touch the row.
  const Scalar* touchedGradient(Eigen::Index row) const {
    const std::optional<std::size_t> slot = m_slots.knownSlotOf(row);
    return slot ? gradientRow(*slot) : nullptr;
  }

  /// Calls `visit(row)` for touched and fixed rows, ascending. For a trainable parameter with
  /// Gradient::Rows. Cost: these rows, and a look at one bit for each of the others.
  template <typename Visit>
  void forEachMarkedRow(const Visit& visit) {
    for (const Eigen::Index row : touchedRows()) {
      m_marks[wordOf(row)] |= bitOf(row);
    }
    for (std::size_t word = 0; word < m_marks.size(); ++word) {
      std::uint64_t bits = m_marks[word] | (m_fixedRows.empty() ? 0 : m_fixedRows[word]);
      m_marks[word] = 0;
      for (; bits != 0; bits &= bits - 1) {
        visit(static_cast<Eigen::Index>(word * kBits) + std::countr_zero(bits));
      }
    }
  }

  /// Rows of a parameter with Gradient::Rows that no optimizer moves, whatever it does to the
  /// others; they must not be touched. @param rows  numbers of rows; may repeat.
  void fixRows(std::span<const std::int32_t> rows) {
    m_fixedRows.resize(wordsFor(m_value.rows()));
    for (const std::int32_t row : rows) {
      m_fixedRows[wordOf(row)] |= bitOf(row);
    }
  }

  bool isFixed(Eigen::Index row) const {
    return !m_fixedRows.empty() && (m_fixedRows[wordOf(row)] & bitOf(row)) != 0;
  }

 private:
  static constexpr std::size_t kBits = 64;

  static std::size_t wordsFor(Eigen::Index rows) {
    return (static_cast<std::size_t>(rows) + kBits - 1) / kBits;
  }

  static std::size_t wordOf(Eigen::Index row) { return static_cast<std::size_t>(row) / kBits; }

  static std::uint64_t bitOf(Eigen::Index row) {
    return std::uint64_t{1} << (static_cast<std::size_t>(row) % kBits);
  }

  Eigen::Index touchedCount() const { return static_cast<Eigen::Index>(touchedRows().size()); }

  Matrix<Scalar> m_value;
  Matrix<Scalar> m_gradient;  ///< of value's shape, or room for touched rows × columns
  std::string m_name;
  Gradient m_kind;
  Role m_role;
  bool m_isTrainable = false;
  RowSlots m_slots;                        ///< of the touched rows
  std::vector<std::uint64_t> m_fixedRows;  ///< a bit for each row; empty when there are none
  std::vector<std::uint64_t> m_marks;      ///< the same, all 0 outside `forEachMarkedRow`
};

}  // namespace embedscope::training
