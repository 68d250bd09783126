// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/product/row_window.h"

#include <algorithm>
#include <set>

namespace embedscope::product {

namespace {

std::vector<WindowLine> linesOf(std::int64_t count, const std::set<std::int64_t>& rows) {
  std::vector<WindowLine> lines;
  std::int64_t next = 0;
  const auto close = [&](std::int64_t end) {
    if (end > next) {
      lines.push_back({next, end, end - next > 1});
    }
  };
  for (const std::int64_t row : rows) {
    close(row);
    lines.push_back({row, row + 1, false});
    next = row + 1;
  }
  close(count);
  return lines;
}

}  // namespace

std::vector<WindowLine> windowOf(std::int64_t count, std::size_t most,
                                 std::span<const std::int64_t> wanted) {
  std::set<std::int64_t> rows;
  if (count <= static_cast<std::int64_t>(most)) {
    for (std::int64_t row = 0; row < count; ++row) {
      rows.insert(row);
    }
    return linesOf(count, rows);
  }
  rows.insert(wanted.begin(), wanted.end());
  const auto tryRow = [&](std::int64_t row) {
    if (row < 0 || row >= count || !rows.insert(row).second) {
      return;
    }
    if (linesOf(count, rows).size() > most) {
      rows.erase(row);
    }
  };
  tryRow(0);
  tryRow(count - 1);
  const auto reach = static_cast<std::int64_t>(most);
  for (std::int64_t distance = 1; distance <= reach; ++distance) {
    for (const std::int64_t center : wanted) {
      tryRow(center - distance);
      tryRow(center + distance);
    }
  }
  return linesOf(count, rows);
}

std::optional<std::size_t> lineOf(std::span<const WindowLine> lines, std::int64_t row) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (row >= lines[i].from && row < lines[i].to) {
      return i;
    }
  }
  return {};
}

}  // namespace embedscope::product
