// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Writes the pickles that no real program writes.
namespace embedscope::formats::pickled {

template <typename Number>
std::string little(Number value) {
  std::string bytes;
  for (std::size_t i = 0; i < sizeof(Number); ++i) {
    bytes += static_cast<char>((static_cast<std::uint64_t>(value) >> (8 * i)) & 0xFFU);
  }
  return bytes;
}

inline std::string text(std::string_view value) {
  return "X" + little(static_cast<std::uint32_t>(value.size())) + std::string(value);
}

inline std::string integer(std::int64_t value) {
  return "\x8A\x08" + little(value);
}

inline std::string global(std::string_view module, std::string_view name) {
  return "c" + std::string(module) + "\n" + std::string(name) + "\n";
}

inline std::string tuple(const std::vector<std::string>& items) {
  std::string bytes = "(";
  for (const std::string& item : items) {
    bytes += item;
  }
  return bytes + "t";
}

inline std::string integers(const std::vector<std::int64_t>& values) {
  std::vector<std::string> items;
  for (const std::int64_t value : values) {
    items.push_back(integer(value));
  }
  return tuple(items);
}

/// keys and values, one after the other
inline std::string dict(const std::vector<std::string>& keysAndValues) {
  std::string bytes = "}(";
  for (const std::string& each : keysAndValues) {
    bytes += each;
  }
  return bytes + "u";
}

inline std::string whole(const std::string& opcodes) {
  return "\x80\x02" + opcodes + ".";
}

}  // namespace embedscope::formats::pickled
