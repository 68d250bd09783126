// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace embedscope::formats {

/// One member of the object on a line of JSON.
struct JsonMember {
  enum class Kind { Text, Number, Boolean, Null, Array, Object };

  std::string_view key;
  Kind kind = Kind::Null;
  std::string_view value;  ///< of Text without quotes and escapes, otherwise as it stands
};

/// Goes through the members of the object that a line holds. What arrays and objects hold is
/// skipped, but for their brackets.
///
/// @param made  keeps texts that had escapes.
/// @param take  what it throws goes through.
/// @return false when the line is no JSON object: jsonProblem() tells why.
bool readJsonLine(std::string_view line, std::deque<std::string>& made,
                  const std::function<void(const JsonMember& member)>& take);

/// Why a line is no JSON object, in words.
struct JsonProblem {
  std::string sentence;
  bool cutShort = false;  ///< it ends too early
};

JsonProblem jsonProblem(std::string_view line);

/// The elements of an array of numbers, one after the other.
class JsonElements {
 public:
  /// @param array  with its brackets.
  explicit JsonElements(std::string_view array);

  /// The text of the next element; nothing at the end. Only right when there is no array inside.
  std::optional<std::string_view> next();

 private:
  std::string_view m_rest;
  bool m_ended;
};

}  // namespace embedscope::formats
