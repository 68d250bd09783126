// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/format.h"
#include "core/formats/npy_header.h"
#include "core/formats/tensor.h"

#include <array>

namespace embedscope::formats {

/// NumPy arrays of two axes: float16, float32, float64, integers and bool, either byte order, C and
/// Fortran order. Labels come from a file beside it (label_file.h).
///
/// Little-endian float32 in C order stays in the mapped file; everything else is converted to
/// float32, in parallel and rounded to nearest. Refused: other than two axes, no rows, a file that
/// is shorter than its shape.
///
/// Written as version 1.0, little-endian float32 or float16, with the labels beside it as
/// `stem.labels.txt`.
extern const Format kNpyFormat;

/// The numbers that an array can be written in; bfloat16 is none of NumPy's.
inline constexpr std::array kNpyNumbers = {NumberType::Float32, NumberType::Float16};

/// One of them as a header has it: "<f4".
std::string_view npyTypeText(NumberType numbers);

/// The shape of a table as a header has it: "(3, 2)".
std::string npyShapeText(const table::EmbeddingTable& table);

/// Checks that an array fits into so many bytes, header included; more than it needs is a warning.
/// @throws Error BadData: fewer bytes than the shape needs, or a shape that cannot be counted.
void checkNpySize(const NpyHeader& header, std::uint64_t bytes, const PlaceOfByte& placeOf,
                  std::vector<Warning>& warnings);

/// The array that an .npy file holds, its header and size checked.
///
/// @param bytes  the whole file, or the member of an archive; kept alive by the caller, or by
///               `owner`.
/// @throws Error BadData as readNpyHeader, also when there are fewer bytes than the shape needs.
Tensor npyTensor(std::string name, std::string_view bytes, const PlaceOfByte& placeOf,
                 std::vector<Warning>& warnings, std::shared_ptr<const void> owner = {});

}  // namespace embedscope::formats
