// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "core/table/embedding_table.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace embedscope::neighbors {

/// A copy of a table's rows in 8 bits a number, with what is lost by that: a quarter of the bytes
/// to read for a first look at every row.
///
/// Row i is centre() + scale(i)·row(i) up to a vector whose length is at most error(i). The centre
/// is about where the rows lie, so that rows far from zero but near to each other keep their
/// differences. Whole numbers are rounded row by row, so the bits do not depend on the threads.
class RoundedRows {
 public:
  /// Tables of more dimensions are not rounded: sums of products must fit 32 bits.
  static constexpr Eigen::Index kMostDimensions = 100'000;

  /// The memory that a copy of a table takes.
  static std::int64_t bytesFor(const table::EmbeddingTable& table);

  /// @return null when stopped.
  /// @throws Error InvalidArgument: more than kMostDimensions, or too large for this machine.
  /// Cost: one pass over the table, parallel; polls the stop request every few milliseconds.
  static std::shared_ptr<const RoundedRows> of(const table::EmbeddingTable& table,
                                               const base::TaskContext& context = {});

  /// Some rows of a table, from `first` on, rounded about any centre; row 0 is the first of them.
  /// With centreOf(table) they are rounded as of() does it, on the calling thread; the table has at
  /// most kMostDimensions.
  RoundedRows(const table::EmbeddingTable& table, std::vector<float> centre, std::int64_t first,
              std::int64_t count);

  /// About where the rows lie: the median of every column over an even sample of the finite rows,
  /// so that a few wild rows do not move it.
  static std::vector<float> centreOf(const table::EmbeddingTable& table);

  std::int64_t count() const { return static_cast<std::int64_t>(m_scales.size()); }

  /// Bytes of a row: the dimension, rounded up to kRoundedStep.
  std::size_t stride() const { return m_stride; }

  const std::int8_t* row(std::int64_t row) const {
    return m_values.get() + static_cast<std::size_t>(row) * m_stride;
  }

  /// d numbers.
  const std::vector<float>& centre() const { return m_centre; }

  // One number for each row; all bounds are rounded outwards.

  const std::vector<float>& scales() const { return m_scales; }

  /// ‖row − (centre + scale·rounded)‖ at most, and what float32 may lose in a score of the row, see
  /// sumError. NaN for rows that hold NaN or infinity; infinity for rows of extreme length.
  const std::vector<float>& errors() const { return m_errors; }

  /// ‖scale·rounded‖ at most.
  const std::vector<float>& lengths() const { return m_lengths; }

  /// Σ of the rounded numbers' squares.
  const std::vector<std::int32_t>& squares() const { return m_squares; }

  /// 1 / ‖row‖; 0 for rows of zeros, 1 for those of extreme length.
  const std::vector<float>& inverseLengths() const { return m_inverseLengths; }

 private:
  RoundedRows(std::vector<float> centre, std::int64_t count);
  void fillRow(std::size_t at, std::span<const float> values);

  std::size_t m_stride;
  std::vector<float> m_centre;
  std::unique_ptr<std::int8_t[]> m_values;  ///< n × stride
  std::vector<float> m_scales;
  std::vector<float> m_errors;
  std::vector<float> m_lengths;
  std::vector<std::int32_t> m_squares;
  std::vector<float> m_inverseLengths;
};

}  // namespace embedscope::neighbors
