// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace embedscope::base {

/// "1,5" → "1.5" and "-1.234.567,8" → "-1234567.8"; nothing for every other text.
///
/// Accepted: an optional sign, digits (whole or in groups of three parted by points), one comma,
/// digits, an optional exponent.
std::optional<std::string> withDecimalPoint(std::string_view cell);

}  // namespace embedscope::base
