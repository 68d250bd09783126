// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/formats/npy_header.h"

#include <string>
#include <string_view>

namespace embedscope::formats {

/// Puts an array whose bytes come in pieces straight into a table, in C or Fortran order, so that
/// an array that is inflated needs no room beside the table.
class ArrayStream {
 public:
  /// @param header  of numbers, two axes.
  /// @param out     as many columns as the array, and at most as many rows: its first ones.
  ArrayStream(const NpyHeader& header, base::RowMatrix& out);

  /// The next bytes of the array file, its header included. @return false when all rows are there.
  bool add(std::string_view piece);

 private:
  void place(std::string_view values);
  void placeByColumns(std::string_view values);

  NumberLayout m_numbers;
  std::size_t m_itemBytes;
  std::size_t m_toSkip;  ///< of the header
  Eigen::Index m_fileRows;
  bool m_byColumns;
  base::RowMatrix& m_out;
  Eigen::Index m_next = 0;  ///< number of the next value in the file
  Eigen::Index m_end;       ///< number of the first value that is not wanted any more
  std::string m_partial;    ///< of a value whose other bytes are to come
};

}  // namespace embedscope::formats
