// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/npy_text.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;

constexpr std::uint32_t kReplacement = 0xFFFD;
constexpr std::size_t kHeaderAlignment = 64;
constexpr std::size_t kBeforeHeader = 10;  // magic, version and length
constexpr std::size_t kMostBytes = std::size_t{1} << 30;

void appendUtf8(std::string& out, std::uint32_t point) {
  const auto byte = [&](std::uint32_t value) { out += static_cast<char>(value); };
  const auto tail = [&](unsigned shift) { byte(0x80U | ((point >> shift) & 0x3FU)); };
  if (point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) {
    point = kReplacement;
  }
  if (point < 0x80) {
    byte(point);
  } else if (point < 0x800) {
    byte(0xC0U | point >> 6U);
    tail(0);
  } else if (point < 0x10000) {
    byte(0xE0U | point >> 12U);
    tail(6);
    tail(0);
  } else {
    byte(0xF0U | point >> 18U);
    tail(12);
    tail(6);
    tail(0);
  }
}

std::vector<std::uint32_t> codePoints(std::string_view utf8) {
  std::vector<std::uint32_t> points;
  for (const char c : utf8) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) == 0x80U && !points.empty()) {
      points.back() = points.back() << 6U | (byte & 0x3FU);
    } else {
      const std::uint32_t mask = byte < 0x80   ? 0x7F
                                 : byte < 0xE0 ? 0x1F
                                 : byte < 0xF0 ? 0x0F
                                               : 0x07;
      points.push_back(byte & mask);
    }
  }
  return points;
}

std::string fromUtf32(std::string_view bytes, bool isBigEndian) {
  std::string out;
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 4) {
    std::uint32_t point = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      const auto byte = static_cast<unsigned char>(bytes[at + i]);
      point |= std::uint32_t{byte} << 8U * static_cast<unsigned>(isBigEndian ? 3 - i : i);
    }
    appendUtf8(text, point);
    if (point != 0) {
      out += text;
      text.clear();
    }
  }
  return out;  // without the NULs at its end
}

/// The header of an array that holds all the texts it promises.
NpyHeader textHeader(std::string_view bytes, const PlaceOfByte& placeOf) {
  const NpyHeader header = readNpyHeader(bytes, placeOf);
  const auto fail = [&](const std::string& sentence) {
    throw Error(ErrorCode::BadData, sentence, placeOf(0));
  };
  if (header.type || header.shape.size() != 1) {
    fail("labels have to be an array of texts with one axis");
  }
  const auto needed = base::checkedProduct(header.shape[0], header.itemBytes);
  if (!needed || *needed > static_cast<std::int64_t>(bytes.size() - header.dataOffset)) {
    fail(fmt::format("{} texts of {} bytes are promised; the array is cut off", header.shape[0],
                     header.itemBytes));
  }
  return header;
}

}  // namespace

std::vector<std::string> readNpyTexts(std::string_view bytes, const PlaceOfByte& placeOf,
                                      std::optional<std::int64_t> most) {
  const NpyHeader header = textHeader(bytes, placeOf);
  const auto count =
      static_cast<std::size_t>(std::min(header.shape[0], most.value_or(header.shape[0])));
  const auto item = static_cast<std::size_t>(header.itemBytes);
  std::vector<std::string> texts;
  texts.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view text = bytes.substr(header.dataOffset + i * item, item);
    texts.push_back(header.textKind == 'U'
                        ? fromUtf32(text, header.bigEndian)
                        : std::string(text.substr(0, text.find_last_not_of('\0') + 1)));
  }
  return texts;
}

std::int64_t countNpyTexts(std::string_view bytes, const PlaceOfByte& placeOf) {
  return textHeader(bytes, placeOf).shape[0];
}

std::string npyOfTexts(const std::vector<std::string>& texts) {
  std::size_t longest = 1;
  for (const std::string& text : texts) {
    longest = std::max(longest, codePoints(text).size());
  }
  if (!texts.empty() && longest > kMostBytes / 4 / texts.size()) {
    throw Error(ErrorCode::InvalidArgument,
                fmt::format("labels of up to {} characters would take {} as a NumPy array; write "
                            ".npy, whose labels stand in a text file",
                            longest,
                            base::byteSize(4.0 * static_cast<double>(longest) *
                                           static_cast<double>(texts.size()))));
  }
  std::string out = npyHeaderText(fmt::format("<U{}", longest), fmt::format("({},)", texts.size()));
  out.reserve(out.size() + 4 * longest * texts.size());
  for (const std::string& text : texts) {
    std::vector<std::uint32_t> points = codePoints(text);
    points.resize(longest);
    for (const std::uint32_t point : points) {
      for (const unsigned shift : {0U, 8U, 16U, 24U}) {
        out += static_cast<char>((point >> shift) & 0xFFU);
      }
    }
  }
  return out;
}

std::string npyHeaderText(std::string_view type, std::string_view shape) {
  std::string header =
      fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': {}, }}", type, shape);
  const std::size_t unpadded = kBeforeHeader + header.size() + 1;
  header.append((kHeaderAlignment - unpadded % kHeaderAlignment) % kHeaderAlignment, ' ');
  header += '\n';
  std::string out("\x93NUMPY\x01\x00", 8);
  out += static_cast<char>(header.size() & 0xFFU);
  out += static_cast<char>(header.size() >> 8U);
  return out + header;
}

}  // namespace embedscope::formats
