// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/byte_reader.h"
#include "core/formats/number_type.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope::formats {

/// What the header of an .npy file says.
struct NpyHeader {
  std::optional<NumberType> type;  ///< nothing: text
  char textKind = 0;               ///< of text: 'U' (UTF-32) or 'S' (bytes), padded with NUL
  std::int64_t itemBytes = 0;      ///< of an element
  bool bigEndian = false;
  bool fortranOrder = false;
  std::vector<std::int64_t> shape;
  std::size_t dataOffset = 0;
  std::string description;  ///< the element type as written: "<f4"

  /// "float32", "int8 (big-endian)", …
  std::string dtype() const;
};

/// Reads the header of an .npy file, versions 1.0, 2.0 and 3.0.
///
/// Accepts what numpy's own reader accepts (lib/format.py, numpy 1.24) and nothing else: a literal
/// with the keys descr, fortran_order and shape in any order, single or double quotes, long
/// integers of Python 2. Nothing is evaluated.
///
/// @throws Error BadData with the byte: no .npy file, an unknown version, a header that is cut off
///         or too long, an element type that is neither number nor text.
NpyHeader readNpyHeader(std::string_view bytes, const PlaceOfByte& placeOf);

}  // namespace embedscope::formats
