// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace embedscope::formats {

/// Reads the decimal number at the beginning of [begin, end).
///
/// Correctly rounded for every input, and equal to base::parseFloat, which it calls for what its
/// fast paths do not cover (exponents, more than 19 digits, "nan", "inf", doubtful roundings).
/// From digits to a float: Clinger, "How to read floating point numbers accurately", PLDI 1990,
/// doi:10.1145/93542.93557; eight digits at once: Lemire, "Number parsing at a gigabyte per
/// second", Software: Practice and Experience 51, 2021, doi:10.1002/spe.2984.
///
/// @return the first byte after the number, which ends at a blank, a tab or `end`; nullptr when
///         the text up to there is no number.
const char* readDecimal(const char* begin, const char* end, float& value);

/// Reads `count` such numbers, each behind blanks or tabs or at the beginning.
///
/// @return the first byte after the last; nullptr when one is no number, or there are not so many.
const char* readDecimals(const char* begin, const char* end, float* values, std::int64_t count);

/// True for a field that is a number spelled with at least one digit ("nan" may be a word).
bool looksNumeric(std::string_view field);

}  // namespace embedscope::formats
