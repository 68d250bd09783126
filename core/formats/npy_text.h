// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/npy_header.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope::formats {

/// The texts of a NumPy array of type U (UTF-32) or S (bytes, kept as they are), without the NULs
/// that pad them. Code points that are none become U+FFFD.
///
/// @param bytes  the whole array file, header included.
/// @param most   how many texts are wanted, the first ones; nothing: all.
/// @throws Error BadData as readNpyHeader; also for numbers, other than one axis, and fewer bytes
///         than the shape needs.
std::vector<std::string> readNpyTexts(std::string_view bytes, const PlaceOfByte& placeOf,
                                      std::optional<std::int64_t> most = {});

/// How many texts such an array holds. @throws Error as readNpyTexts.
std::int64_t countNpyTexts(std::string_view bytes, const PlaceOfByte& placeOf);

/// A whole array file of type U with these texts, which are UTF-8; version 1.0, little-endian.
/// @throws Error InvalidArgument when it would take more than 1 GB: every text takes as much room
/// as
///         the longest.
std::string npyOfTexts(const std::vector<std::string>& texts);

/// The header of an array file of version 1.0, its data beginning at a multiple of 64 bytes.
/// @param shape  as Python writes it: "(3, 2)".
std::string npyHeaderText(std::string_view type, std::string_view shape);

}  // namespace embedscope::formats
