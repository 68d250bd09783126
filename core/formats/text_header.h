// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/source.h"

#include <optional>

namespace embedscope::formats {

/// The line "<rows> <dimension>" that begins word2vec files, text and binary.
struct CountHeader {
  std::int64_t rows = 0;
  std::int64_t dimension = 0;
  std::size_t end = 0;  ///< offset of the first byte after the line
};

/// The file's bytes after a UTF-8 byte order mark, if there is one.
std::string_view withoutByteOrderMark(std::string_view text);

/// Reads a first line of two integers, whatever follows; nothing when the line is anything else.
///
/// A number that does not fit into 63 bits is taken as the largest that does.
std::optional<CountHeader> findCountHeader(std::string_view text);

/// The same for text, where two integers may also be a row of one dimension: they are one when the
/// next line, too, is a word and a single number (and the header would not say so).
std::optional<CountHeader> findTextHeader(std::string_view text);

/// Refuses a header with impossible numbers, or with more dimensions than the file has room for.
///
/// @param bytesPerValue  the least a value takes in this format.
/// @throws Error BadData at line 1.
void checkCountHeader(const Source& source, const CountHeader& header, std::int64_t bytesPerValue);

}  // namespace embedscope::formats
