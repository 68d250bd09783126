// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace embedscope::formats {

/// Keeps copies of many short texts, which stay where they are until it is gone.
class TextArena {
 public:
  /// A copy of the text. Cost: O(its length), amortized.
  std::string_view keep(std::string_view text) {
    if (text.size() > m_room) {
      m_room = std::max(kBlockBytes, text.size());
      m_blocks.push_back(std::make_unique_for_overwrite<char[]>(m_room));
      m_next = m_blocks.back().get();
    }
    char* copy = m_next;
    std::copy(text.begin(), text.end(), copy);
    m_next += text.size();
    m_room -= text.size();
    return {copy, text.size()};
  }

 private:
  static constexpr std::size_t kBlockBytes = std::size_t{16} << 10U;

  std::vector<std::unique_ptr<char[]>> m_blocks;
  char* m_next = nullptr;
  std::size_t m_room = 0;
};

}  // namespace embedscope::formats
