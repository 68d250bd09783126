// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/embedding_table.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace embedscope::explain {

/// The product one-hot × table, taken apart into the steps a person would write on a board.
///
/// Step i adds coefficient · row i to the partial sum; the coefficient is 1 for the chosen row and
/// 0 for every other. All arithmetic is float32, in row order, starting from +0.
///
/// Construction is O(1). The whole product is multiplied out once, O(n·d), by the first call that
/// needs it, and is shared by copies; everything after that is O(d). (Tables that hold NaN or
/// infinity cost one more pass at their first step: NaN and infinity times zero are NaN.)
/// Where two NaNs meet, the payload that survives is unspecified, as in IEEE 754.
/// Threads: concurrent calls are safe.
class OneHotProduct {
 public:
  struct Step {
    std::int64_t row = 0;
    float coefficient = 0;
    std::vector<float> product;     ///< d, coefficient × row
    std::vector<float> partialSum;  ///< d, after this step
  };

  /// @param index  the chosen category, 0 ≤ index < table->rowCount().
  /// @throws Error InvalidArgument when the index is outside the table.
  OneHotProduct(table::TablePtr table, std::int64_t index);

  const table::EmbeddingTable& table() const { return *m_table; }

  std::int64_t index() const { return m_index; }

  /// n: one step for each row.
  std::int64_t stepCount() const { return m_table->rowCount(); }

  float coefficient(std::int64_t row) const { return row == m_index ? 1.0F : 0.0F; }

  /// @param row  0 ≤ row < stepCount(). @throws Error InvalidArgument when it is not.
  Step step(std::int64_t row) const;

  /// The partial sum before step `row`; `row == stepCount()` gives the result.
  ///
  /// @param row  0 ≤ row ≤ stepCount(). @throws Error InvalidArgument when it is not.
  std::vector<float> partialSumBefore(std::int64_t row) const;

  /// d numbers: the whole product, really multiplied and added row by row. Cost O(n·d) once,
  /// little more than reading the table; see tests/bench/RESULTS.md.
  const std::vector<float>& result() const;

  /// d numbers: the row, copied.
  std::span<const float> lookup() const { return m_table->row(m_index); }

  /// Whether result() and lookup() agree in every bit. Checked, not assumed: a table with −0, NaN
  /// or infinity in it can differ.
  bool bitEqual() const;

  std::int64_t multiplications() const { return stepCount() * m_table->dimension(); }

  std::int64_t copies() const { return m_table->dimension(); }

 private:
  struct Computed;

  table::TablePtr m_table;
  std::int64_t m_index;
  std::shared_ptr<Computed> m_computed;
};

}  // namespace embedscope::explain
