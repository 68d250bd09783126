// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/json_line.h"

#include "core/formats/json_reader.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace embedscope::formats {

namespace {

using Kind = JsonMember::Kind;

bool isBlankCharacter(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

std::string_view trimmedBlanks(std::string_view text) {
  while (!text.empty() && isBlankCharacter(text.front())) {
    text.remove_prefix(1);
  }
  while (!text.empty() && isBlankCharacter(text.back())) {
    text.remove_suffix(1);
  }
  return text;
}

/// Cuts the tokens of one line. Everything returns false where the line is not as it should be.
class LineScanner {
 public:
  LineScanner(std::string_view line, std::deque<std::string>& made)
      : m_at(line.data()), m_end(line.data() + line.size()), m_made(made) {}

  bool takeCharacter(char c) {
    skipBlanks();
    if (m_at == m_end || *m_at != c) {
      return false;
    }
    ++m_at;
    return true;
  }

  bool isAtEnd() {
    skipBlanks();
    return m_at == m_end;
  }

  bool takeText(std::string_view& text) {
    skipBlanks();
    const char* begin = m_at;
    if (!skipText()) {
      return false;
    }
    text = {begin + 1, static_cast<std::size_t>(m_at - begin - 2)};
    return text.find('\\') == std::string_view::npos || unescape({begin, text.size() + 2}, text);
  }

  bool takeValue(JsonMember& member) {
    skipBlanks();
    if (m_at == m_end) {
      return false;
    }
    const char* begin = m_at;
    switch (*m_at) {
      case '"':
        member.kind = Kind::Text;
        return takeText(member.value);
      case '[':
        member.kind = Kind::Array;
        break;
      case '{':
        member.kind = Kind::Object;
        break;
      default:
        return takeScalar(member);
    }
    if (!skipNested()) {
      return false;
    }
    member.value = {begin, static_cast<std::size_t>(m_at - begin)};
    return true;
  }

 private:
  void skipBlanks() {
    while (m_at != m_end && isBlankCharacter(*m_at)) {
      ++m_at;
    }
  }

  /// From a quote to behind the quote that closes it.
  bool skipText() {
    if (m_at == m_end || *m_at != '"') {
      return false;
    }
    for (++m_at; m_at != m_end; ++m_at) {
      if (*m_at == '"') {
        ++m_at;
        return true;
      }
      if (*m_at == '\\' && ++m_at == m_end) {
        return false;
      }
    }
    return false;
  }

  /// From a bracket to behind the one that closes it.
  bool skipNested() {
    std::size_t depth = 0;
    while (m_at != m_end) {
      const char c = *m_at;
      if (c == '"') {
        if (!skipText()) {
          return false;
        }
        continue;
      }
      ++m_at;
      if (c == '[' || c == '{') {
        ++depth;
      } else if ((c == ']' || c == '}') && --depth == 0) {
        return true;
      }
    }
    return false;
  }

  bool takeScalar(JsonMember& member) {
    const char* begin = m_at;
    m_at = std::find_if(m_at, m_end,
                        [](char c) { return c == ',' || c == '}' || isBlankCharacter(c); });
    member.value = {begin, static_cast<std::size_t>(m_at - begin)};
    if (member.value == "null") {
      member.kind = Kind::Null;
      return true;
    }
    const bool isBoolean = member.value == "true" || member.value == "false";
    member.kind = isBoolean ? Kind::Boolean : Kind::Number;
    return isBoolean || nlohmann::json::accept(member.value);
  }

  bool unescape(std::string_view quoted, std::string_view& text) {
    nlohmann::json value = nlohmann::json::parse(quoted, nullptr, /*allow_exceptions=*/false);
    if (!value.is_string()) {
      return false;
    }
    text = m_made.emplace_back(std::move(value.get_ref<std::string&>()));
    return true;
  }

  const char* m_at;
  const char* m_end;
  std::deque<std::string>& m_made;
};

}  // namespace

bool readJsonLine(std::string_view line, std::deque<std::string>& made,
                  const std::function<void(const JsonMember& member)>& take) {
  LineScanner scanner(line, made);
  if (!scanner.takeCharacter('{')) {
    return false;
  }
  if (scanner.takeCharacter('}')) {
    return scanner.isAtEnd();
  }
  do {
    JsonMember member;
    if (!scanner.takeText(member.key) || !scanner.takeCharacter(':') ||
        !scanner.takeValue(member)) {
      return false;
    }
    take(member);
  } while (scanner.takeCharacter(','));
  return scanner.takeCharacter('}') && scanner.isAtEnd();
}

JsonProblem jsonProblem(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos && line[first] != '{') {
    return {"is no JSON object: every line has to be one, {…}", false};
  }
  const std::optional<std::string> problem = readJson(line, [](JsonPath, const JsonValue&) {});
  if (!problem) {
    return {"is no JSON object that can be read", false};
  }
  return {*problem + " of the line", problem->find("(cut off)") != std::string::npos};
}

JsonElements::JsonElements(std::string_view array)
    : m_rest(trimmedBlanks(array.substr(1, array.size() - 2))), m_ended(m_rest.empty()) {}

std::optional<std::string_view> JsonElements::next() {
  if (m_ended) {
    return {};
  }
  const std::size_t comma = m_rest.find(',');
  const std::string_view element = trimmedBlanks(m_rest.substr(0, comma));
  m_ended = comma == std::string_view::npos;
  m_rest.remove_prefix(m_ended ? m_rest.size() : comma + 1);
  return element;
}

}  // namespace embedscope::formats
