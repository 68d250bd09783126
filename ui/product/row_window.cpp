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

/// How many rows are shown one under the other from this one on.
std::int64_t shownFrom(std::span<const WindowLine> lines, std::int64_t row) {
  std::int64_t next = row;
  for (const WindowLine& line : lines) {
    if (line.from == next && !line.folded) {
      ++next;
    }
  }
  return std::max<std::int64_t>(1, next - row);
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

std::int64_t openedRows(std::size_t most) {
  return std::max<std::int64_t>(1, static_cast<std::int64_t>(most / 3));
}

std::vector<WindowLine> windowOf(std::int64_t count, const RowRoom& room,
                                 std::span<const std::int64_t> wanted) {
  std::vector<std::int64_t> rows(wanted.begin(), wanted.end());
  if (room.opened) {
    const std::int64_t end = std::min(count, *room.opened + openedRows(room.most));
    for (std::int64_t row = *room.opened; row < end; ++row) {
      rows.push_back(row);
    }
  }
  return windowOf(count, room.most, rows);
}

std::optional<std::int64_t> nextOpened(std::span<const WindowLine> lines,
                                       std::optional<std::int64_t> opened, bool down) {
  const std::int64_t usual = openedRows(lines.size());
  const std::int64_t rows = opened ? std::min(usual, shownFrom(lines, *opened)) : usual;
  std::optional<std::int64_t> above;
  for (const WindowLine& line : lines) {
    if (!line.folded) {
      continue;
    }
    if (down && (!opened || line.from > *opened)) {
      return line.from;
    }
    if (!opened || line.to <= *opened) {
      above = std::max(line.from, line.to - rows);
    }
  }
  return down ? std::nullopt : above;
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
