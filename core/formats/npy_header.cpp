// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/npy_header.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <utility>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;
using namespace std::string_view_literals;

constexpr std::string_view kMagic = "\x93NUMPY"sv;
constexpr std::size_t kVersionEnd = 8;
constexpr std::uint32_t kLongestHeader = 10000;  // numpy's own limit
constexpr std::size_t kMostAxes = 32;            // numpy's own limit
constexpr std::int64_t kLongestText = std::int64_t{1} << 24;

struct TypeCode {
  std::string_view code;  ///< without byte order
  NumberType type;
};

constexpr std::array kTypes = {
    TypeCode{"f8", NumberType::Float64}, TypeCode{"f4", NumberType::Float32},
    TypeCode{"f2", NumberType::Float16}, TypeCode{"i8", NumberType::Int64},
    TypeCode{"i4", NumberType::Int32},   TypeCode{"i2", NumberType::Int16},
    TypeCode{"i1", NumberType::Int8},    TypeCode{"u8", NumberType::UInt64},
    TypeCode{"u4", NumberType::UInt32},  TypeCode{"u2", NumberType::UInt16},
    TypeCode{"u1", NumberType::UInt8},   TypeCode{"b1", NumberType::Bool},
};

/// Where the header text lies.
struct HeaderText {
  std::string_view text;
  std::size_t offset = 0;
  int major = 1;
};

HeaderText locate(std::string_view bytes, const PlaceOfByte& placeOf) {
  const auto fail = [&](const std::string& sentence, std::size_t byte) {
    throw Error(ErrorCode::BadData, sentence, placeOf(byte));
  };
  if (!bytes.starts_with(kMagic)) {
    fail("is not an .npy file: it does not begin with \\x93NUMPY", 0);
  }
  if (bytes.size() < kVersionEnd) {
    fail("the file ends inside the .npy header", bytes.size());
  }
  const int major = static_cast<unsigned char>(bytes[6]);
  const int minor = static_cast<unsigned char>(bytes[7]);
  if (major < 1 || major > 3 || minor != 0) {
    fail(fmt::format(".npy version {}.{} is not supported (1.0, 2.0 and 3.0 are)", major, minor),
         6);
  }
  const std::size_t lengthBytes = major == 1 ? 2 : 4;
  if (bytes.size() < kVersionEnd + lengthBytes) {
    fail("the file ends inside the .npy header", bytes.size());
  }
  std::uint32_t length = 0;
  std::memcpy(&length, bytes.data() + kVersionEnd, lengthBytes);
  if (length > kLongestHeader) {
    fail(fmt::format("header length {} refused: at most {} characters are read", length,
                     kLongestHeader),
         kVersionEnd);
  }
  const std::size_t offset = kVersionEnd + lengthBytes;
  if (bytes.size() - offset < length) {
    fail("the file ends inside the .npy header", bytes.size());
  }
  return {bytes.substr(offset, length), offset, major};
}

/// A parser for the one Python literal that a header is.
class HeaderParser {
 public:
  HeaderParser(const PlaceOfByte& placeOf, const HeaderText& header)
      : m_placeOf(placeOf), m_header(header), m_rest(header.text) {}

  NpyHeader parse() {
    expect('{', "the header is not a dictionary");
    while (!accept('}')) {
      parseEntry();
      if (!accept(',')) {
        expect('}', "the header is not a dictionary");
        break;
      }
    }
    skipBlanks();
    if (!m_rest.empty()) {
      fail("unexpected text after the header's dictionary");
    }
    if (!m_hasDescription || !m_hasOrder || !m_hasShape) {
      fail("the header has to hold the keys descr, fortran_order and shape");
    }
    m_result.dataOffset = m_header.offset + m_header.text.size();
    return std::move(m_result);
  }

 private:
  void parseEntry() {
    const std::string_view key = parseString("the header is not a dictionary with text keys");
    expect(':', "the header is not a dictionary");
    if (key == "descr") {
      once(m_hasDescription, key);
      parseDescription();
    } else if (key == "fortran_order") {
      once(m_hasOrder, key);
      m_result.fortranOrder = parseBool();
    } else if (key == "shape") {
      once(m_hasShape, key);
      parseShape();
    } else {
      fail(fmt::format("unexpected header key {}", base::repairedUtf8(key)));
    }
  }

  void once(bool& seen, std::string_view key) {
    if (std::exchange(seen, true)) {
      fail(fmt::format("the header key {} occurs twice", key));
    }
  }

  void parseDescription() {
    skipBlanks();
    if (m_rest.starts_with('[')) {
      fail("structured elements (records) are not read; save the numbers as a plain array");
    }
    m_result.description =
        base::repairedUtf8(parseString("the element type is not a text such as '<f4'"));
    interpretDescription();
  }

  void interpretDescription() {
    std::string_view text = m_result.description;
    if (!text.empty() && "<>=|"sv.find(text.front()) != std::string_view::npos) {
      m_result.bigEndian = text.front() == '>';
      text.remove_prefix(1);
    }
    if (const auto known = std::ranges::find(kTypes, text, &TypeCode::code);
        known != kTypes.end()) {
      m_result.type = known->type;
      m_result.itemBytes = static_cast<std::int64_t>(bytesOf(known->type));
      return;
    }
    const char kind = text.empty() ? '\0' : text.front();
    const auto length = base::parseInteger(text.substr(text.empty() ? 0 : 1));
    if ((kind != 'U' && kind != 'S') || !length || *length < 1 || *length > kLongestText) {
      fail(fmt::format("element type '{}': {}", m_result.description, refusal(kind)));
    }
    m_result.textKind = kind;
    m_result.itemBytes = kind == 'U' ? 4 * *length : *length;
  }

  static std::string_view refusal(char kind) {
    switch (kind) {
      case 'O':
        return "Python objects are not read, because they may run any program";
      case 'M':
      case 'm':
        return "dates and times, not numbers";
      case 'c':
        return "complex numbers are not read";
      case 'U':
      case 'S':
        return "text of no length, or of too much";
      case 'V':
        return "raw bytes, not numbers";
      default:
        return "not a number type that is read (float16, float32, float64, integers, bool)";
    }
  }

  bool parseBool() {
    skipBlanks();
    for (const bool value : {true, false}) {
      const std::string_view word = value ? "True" : "False";
      if (m_rest.starts_with(word)) {
        m_rest.remove_prefix(word.size());
        return value;
      }
    }
    fail("fortran_order has to be True or False");
  }

  void parseShape() {
    constexpr const char* kBad = "bad shape: it has to be a tuple of whole numbers";
    expect('(', kBad);
    while (!accept(')')) {
      m_result.shape.push_back(parseInteger(kBad));
      if (m_result.shape.size() > kMostAxes) {
        fail("bad shape: too many axes");
      }
      if (!accept(',')) {
        expect(')', kBad);
        break;
      }
    }
  }

  std::int64_t parseInteger(const char* complaint) {
    skipBlanks();
    std::size_t length = m_rest.starts_with('-') ? 1 : 0;
    while (length < m_rest.size() && m_rest[length] >= '0' && m_rest[length] <= '9') {
      ++length;
    }
    const std::string_view digits = m_rest.substr(0, length);
    const auto value = base::parseInteger(digits);
    if (!value) {
      fail(digits.size() > 1 ? "shape too large" : complaint);
    }
    if (*value < 0) {
      fail("bad shape: a negative size");
    }
    m_rest.remove_prefix(length);
    if (m_header.major < 3 && m_rest.starts_with('L')) {  // Python 2
      m_rest.remove_prefix(1);
    }
    return *value;
  }

  /// A quoted text without escapes, which no header of an array of numbers needs.
  std::string_view parseString(const char* complaint) {
    skipBlanks();
    if (m_rest.empty() || (m_rest.front() != '\'' && m_rest.front() != '"')) {
      fail(complaint);
    }
    const std::size_t end = m_rest.find(m_rest.front(), 1);
    if (end == std::string_view::npos) {
      fail(complaint);
    }
    const std::string_view text = m_rest.substr(1, end - 1);
    m_rest.remove_prefix(end + 1);
    return text;
  }

  void skipBlanks() {
    m_rest.remove_prefix(std::min(m_rest.find_first_not_of(" \t\r\n\f"), m_rest.size()));
  }

  bool accept(char c) {
    skipBlanks();
    const bool found = m_rest.starts_with(c);
    m_rest.remove_prefix(found ? 1 : 0);
    return found;
  }

  void expect(char c, const char* complaint) {
    if (!accept(c)) {
      fail(complaint);
    }
  }

  [[noreturn]] void fail(std::string_view sentence) const {
    const std::size_t done = m_header.text.size() - m_rest.size();
    throw Error(ErrorCode::BadData, std::string(sentence), m_placeOf(m_header.offset + done));
  }

  const PlaceOfByte& m_placeOf;
  const HeaderText& m_header;
  std::string_view m_rest;
  NpyHeader m_result;
  bool m_hasDescription = false;
  bool m_hasOrder = false;
  bool m_hasShape = false;
};

}  // namespace

std::string NpyHeader::dtype() const {
  return std::string(type ? nameOf(*type) : "text") +
         (bigEndian && (!type || bytesOf(*type) > 1) ? " (big-endian)" : "");
}

NpyHeader readNpyHeader(std::string_view bytes, const PlaceOfByte& placeOf) {
  const HeaderText header = locate(bytes, placeOf);
  return HeaderParser(placeOf, header).parse();
}

}  // namespace embedscope::formats
