// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/text_proto.h"

#include "core/base/error.h"

#include <fmt/format.h>

#include <algorithm>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;

constexpr int kMostDepth = 32;

bool isWordCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.' || c == '-' || c == '+';
}

int hexDigit(char c) {
  return c >= '0' && c <= '9'   ? c - '0'
         : c >= 'a' && c <= 'f' ? c - 'a' + 10
         : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                : -1;
}

class Parser {
 public:
  Parser(std::string_view text, const std::filesystem::path& path) : m_text(text), m_path(path) {}

  std::vector<ProtoField> run() {
    std::vector<ProtoField> fields = message('\0', 0);
    return fields;
  }

 private:
  /// Fields up to a closing bracket, or to the end of the text.
  std::vector<ProtoField> message(char close, int depth) {
    if (depth > kMostDepth) {
      fail(fmt::format("is nested too deeply: more than {} messages", kMostDepth));
    }
    std::vector<ProtoField> fields;
    for (;;) {
      skipBlanks(/*alsoSeparators=*/true);
      if (m_at == m_text.size()) {
        if (close != '\0') {
          fail(fmt::format("the file ends before the closing {}", close));
        }
        return fields;
      }
      if (close != '\0' && m_text[m_at] == close) {
        ++m_at;
        return fields;
      }
      field(fields, depth);
    }
  }

  void field(std::vector<ProtoField>& fields, int depth) {
    const std::string name = word();
    if (name.empty()) {
      fail("the name of a field is expected");
    }
    skipBlanks(false);
    if (take(':')) {
      skipBlanks(false);
    }
    if (!take('[')) {
      fields.push_back(value(name, depth));
      return;
    }
    for (;;) {
      skipBlanks(true);
      if (take(']')) {
        return;
      }
      fields.push_back(value(name, depth));
    }
  }

  ProtoField value(const std::string& name, int depth) {
    ProtoField field;
    field.name = name;
    if (take('{')) {
      field.isMessage = true;
      field.fields = message('}', depth + 1);
    } else if (take('<')) {
      field.isMessage = true;
      field.fields = message('>', depth + 1);
    } else if (m_at < m_text.size() && (m_text[m_at] == '"' || m_text[m_at] == '\'')) {
      field.isText = true;
      while (m_at < m_text.size() && (m_text[m_at] == '"' || m_text[m_at] == '\'')) {
        field.value += quotedText();
        skipBlanks(false);
      }
    } else {
      field.value = word();
      if (field.value.empty()) {
        fail("a value is expected");
      }
    }
    return field;
  }

  std::string word() {
    const std::size_t begin = m_at;
    while (m_at < m_text.size() && isWordCharacter(m_text[m_at])) {
      ++m_at;
    }
    return std::string(m_text.substr(begin, m_at - begin));
  }

  std::string quotedText() {
    const char quote = m_text[m_at++];
    std::string out;
    while (m_at < m_text.size() && m_text[m_at] != quote && m_text[m_at] != '\n') {
      const char c = m_text[m_at++];
      out += c == '\\' ? escaped() : c;
    }
    if (!take(quote)) {
      fail("a quoted text is never closed");
    }
    return out;
  }

  char escaped() {
    if (m_at == m_text.size()) {
      fail("a quoted text is never closed");
    }
    const char c = m_text[m_at++];
    switch (c) {
      case 'n':
        return '\n';
      case 't':
        return '\t';
      case 'r':
        return '\r';
      case 'x':
        return static_cast<char>(digits(16, 2));
      default:
        break;
    }
    if (c >= '0' && c <= '7') {
      --m_at;
      return static_cast<char>(digits(8, 3));
    }
    return c;
  }

  int digits(int base, int most) {
    int number = 0;
    for (int i = 0; i < most && m_at < m_text.size(); ++i) {
      const int digit = hexDigit(m_text[m_at]);
      if (digit < 0 || digit >= base) {
        break;
      }
      number = number * base + digit;
      ++m_at;
    }
    return number & 0xFF;
  }

  void skipBlanks(bool alsoSeparators) {
    while (m_at < m_text.size()) {
      const char c = m_text[m_at];
      if (c == '#') {
        m_at = std::min(m_text.find('\n', m_at), m_text.size());
      } else if (c == ' ' || (c >= '\t' && c <= '\r') ||
                 (alsoSeparators && (c == ',' || c == ';'))) {
        ++m_at;
      } else {
        return;
      }
    }
  }

  bool take(char c) {
    const bool found = m_at < m_text.size() && m_text[m_at] == c;
    m_at += found ? 1 : 0;
    return found;
  }

  [[noreturn]] void fail(const std::string& sentence) const {
    const auto line =
        1 + std::count(m_text.begin(), m_text.begin() + static_cast<std::ptrdiff_t>(m_at), '\n');
    throw Error(ErrorCode::BadData, "is no text form of a protocol buffer: " + sentence,
                base::Place::ofLine(m_path, line));
  }

  std::string_view m_text;
  const std::filesystem::path& m_path;
  std::size_t m_at = 0;
};

void append(std::string& out, std::span<const ProtoField> fields, std::size_t indent) {
  for (const ProtoField& field : fields) {
    out.append(indent, ' ');
    out += field.name;
    if (field.isMessage) {
      out += " {\n";
      append(out, field.fields, indent + 2);
      out.append(indent, ' ');
      out += "}\n";
      continue;
    }
    out += ": ";
    if (!field.isText) {
      out += field.value + "\n";
      continue;
    }
    out += '"';
    for (const char c : field.value) {
      if (c == '"' || c == '\\') {
        out += '\\';
        out += c;
      } else if (static_cast<unsigned char>(c) < 0x20) {
        out += fmt::format("\\{:03o}", static_cast<unsigned char>(c));
      } else {
        out += c;
      }
    }
    out += "\"\n";
  }
}

}  // namespace

std::vector<ProtoField> parseTextProto(std::string_view text, const std::filesystem::path& path) {
  return Parser(text, path).run();
}

std::string textProto(std::span<const ProtoField> fields) {
  std::string out;
  append(out, fields, 0);
  return out;
}

}  // namespace embedscope::formats
