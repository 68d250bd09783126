// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/byte_reader.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace embedscope::formats {

/// A matrix of a fastText model. Its numbers, or their codes, stay in the file. Immutable.
class FastTextMatrix {
 public:
  virtual ~FastTextMatrix() = default;

  std::int64_t rows() const { return m_rows; }

  std::int64_t columns() const { return m_columns; }

  /// Adds a row to `out`, as fastText adds it.
  /// @param row  0 ≤ row < rows(). @param out  columns() numbers.
  virtual void addRow(std::int64_t row, std::span<float> out) const = 0;

 protected:
  FastTextMatrix(std::int64_t rows, std::int64_t columns) : m_rows(rows), m_columns(columns) {}

 private:
  std::int64_t m_rows;
  std::int64_t m_columns;
};

/// Goes over a matrix: plain float32, or product-quantized with 8 bits for each part of a row and,
/// perhaps, 8 more for its length.
///
/// @param what  names it in messages: "the input matrix".
/// @return valid as long as the reader's bytes.
/// @throws Error BadData with the byte: sizes that contradict each other or the file.
/// Source: fastText, densematrix.cc, quantmatrix.cc, productquantizer.cc.
std::shared_ptr<const FastTextMatrix> readFastTextMatrix(ByteReader& reader, bool isQuantized,
                                                         std::string_view what);

}  // namespace embedscope::formats
