// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace embedscope::formats {

/// A value met while going through JSON. Objects and arrays are told where they begin, before their
/// parts.
struct JsonValue {
  enum class Kind { Null, Boolean, Integer, Real, String, Object, Array };

  Kind kind = Kind::Null;
  std::int64_t integer = 0;  ///< of Integer; those beyond 63 bits come as Real
  double real = 0;           ///< of Integer and Real
  std::string_view text;     ///< of String, UTF-8; valid during the call
};

/// The way to a value: the key, or the number of the element as decimal text, at every depth.
using JsonPath = std::span<const std::string>;

/// Goes through a JSON text from front to back and calls `take` for every value. Builds no tree, so
/// that a vocabulary of any size costs its own memory alone.
///
/// @param take  what it throws goes through.
/// @return why it is no JSON: "is not valid JSON (cut off) at byte 12"; nothing when it is.
/// Values nested more than 32 deep are refused.
std::optional<std::string> readJson(
    std::string_view text, const std::function<void(JsonPath path, const JsonValue& value)>& take);

}  // namespace embedscope::formats
