// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/npy_header.h"
#include "core/formats/pickle_array.h"

namespace embedscope::formats {

/// The rows of an array of two axes, read one by one wherever they lie.
class ArrayRows {
 public:
  /// @throws Error BadData without a place: not two axes of numbers.
  explicit ArrayRows(const PickledArray& array);

  /// @param file  a whole .npy file; stays mapped as long as the rows are used.
  /// @throws Error BadData as readNpyHeader and checkNpySize; as above.
  explicit ArrayRows(std::shared_ptr<const base::MappedFile> file);

  std::int64_t rowCount() const { return m_shape[0]; }

  std::int64_t dimension() const { return m_shape[1]; }

  /// @param row  0 ≤ row < rowCount(). @param out  has dimension() numbers. Thread-safe.
  void read(std::int64_t row, std::span<float> out) const {
    readNumbers(m_rows.first + row * m_rows.rowStride, m_rows.numbers, out);
  }

 private:
  void setStrides(NumberType type, bool isBigEndian, bool isFortran);

  std::vector<std::int64_t> m_shape;
  StridedRows m_rows;
  std::shared_ptr<const void> m_owner;
};

}  // namespace embedscope::formats
