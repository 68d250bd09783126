// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace embedscope::base {

/// A decimal number, independent of the locale and correctly rounded.
///
/// @param text  the whole of it must be the number: "1", "-0.5", "+1", "1.", ".5", "1E5", "nan",
///              "inf"; not "0x10", "1_000", "1d3", and no blanks.
/// @return nothing when `text` is something else. Too large a number gives infinity, too small
/// zero.
std::optional<float> parseFloat(std::string_view text);
std::optional<double> parseDouble(std::string_view text);

/// A decimal integer, the whole text; nothing when it is something else or does not fit.
std::optional<std::int64_t> parseInteger(std::string_view text);

/// "1,234,567"
std::string groupedDigits(std::int64_t value);

/// "1.02 GB", "480 MB", "17 bytes": decimal units, three digits.
std::string byteSize(double bytes);

/// True when every byte belongs to a well-formed UTF-8 sequence (RFC 3629).
bool isUtf8(std::string_view bytes);

/// The text with every ill-formed sequence replaced by U+FFFD.
std::string repairedUtf8(std::string_view bytes);

/// The text with every byte of an ill-formed sequence shown as \xNN: "caf\xE9". Well-formed text
/// stays as it is, so this is for people, not for reading back.
std::string shownUtf8(std::string_view bytes);

/// Product of two sizes; nothing when it does not fit into 63 bits or a factor is negative.
std::optional<std::int64_t> checkedProduct(std::int64_t a, std::int64_t b);

}  // namespace embedscope::base
