// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/latin1.h"

namespace embedscope::formats {

namespace {

constexpr unsigned char kFirstOfTwo = 0xC2;  ///< U+0080 to U+00BF; the next one up to U+00FF
constexpr unsigned char kLastOfTwo = 0xC3;

bool isAscii(char byte) {
  return static_cast<unsigned char>(byte) < 0x80;
}

}  // namespace

std::optional<std::size_t> latin1Size(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i, ++count) {
    if (isAscii(text[i])) {
      continue;
    }
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < kFirstOfTwo || lead > kLastOfTwo || i + 1 == text.size() ||
        (static_cast<unsigned char>(text[i + 1]) & 0xC0U) != 0x80U) {
      return {};
    }
    ++i;
  }
  return count;
}

void takeLatin1(std::string_view& text, std::size_t count, std::string& out) {
  std::size_t at = 0;
  for (; count > 0; --count) {
    if (isAscii(text[at])) {
      out += text[at++];
      continue;
    }
    const auto lead = static_cast<unsigned char>(text[at]);
    const auto next = static_cast<unsigned char>(text[at + 1]);
    out += static_cast<char>(((lead & 0x03U) << 6U) | (next & 0x3FU));
    at += 2;
  }
  text.remove_prefix(at);
}

std::string textFromLatin1(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) {
    if (isAscii(byte)) {
      text += byte;
      continue;
    }
    const auto code = static_cast<unsigned char>(byte);
    text += static_cast<char>(0xC0U | (code >> 6U));
    text += static_cast<char>(0x80U | (code & 0x3FU));
  }
  return text;
}

}  // namespace embedscope::formats
