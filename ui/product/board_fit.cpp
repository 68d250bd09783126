// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/product/board_fit.h"

#include <algorithm>

namespace embedscope::product {

namespace {

constexpr int kLargestCell = 72;
constexpr int kSmallestNumber = 40;
constexpr int kOneHotCell = 26;  // a single digit needs no more
constexpr std::int64_t kFewRows = 6;
constexpr std::size_t kFewestLines = 3;
constexpr std::size_t kFewestOneHot = 5;
constexpr double kOneHotShare = 0.2;  // of the width, at most, when rows are folded
constexpr double kLabelShare = 0.09;  // of the width, at most
constexpr int kLeastLabels = 56;
constexpr int kMostLabels = 128;
constexpr int kMostNumber = 112;    // wider ones are left to the tooltip
constexpr int kNarrowestMap = 104;  // for its title
constexpr int kResultLines = 3;     // two rows and the words between them

/// The fit with rows of this height; numbers at least this wide.
BoardFit fitWith(const BoardNeeds& needs, int rowHeight, int number) {
  BoardFit fit;
  fit.rowHeight = rowHeight;
  fit.numberWidth = std::max({rowHeight, std::min(number, kMostNumber), kSmallestNumber});
  fit.oneHotCell = needs.rows > kFewRows ? kOneHotCell : rowHeight;
  const int width = needs.room.width();
  const int mostLabels =
      std::clamp(static_cast<int>(kLabelShare * width), kLeastLabels, kMostLabels);
  fit.labels = std::min(needs.labels, mostLabels);
  const auto oneHotRoom = static_cast<int>(kOneHotShare * width) - 2 * kMapMargin;
  fit.oneHot =
      std::max(kFewestOneHot, static_cast<std::size_t>(std::max(0, oneHotRoom / fit.oneHotCell)));
  const auto shown = std::min<std::int64_t>(needs.rows, static_cast<std::int64_t>(fit.oneHot));
  fit.oneHot = static_cast<std::size_t>(shown);
  const int left = width - 2 * kOperatorWidth - fit.oneHotWidth() - 4 * kMapMargin - fit.labels -
                   needs.resultLabels;
  fit.columns = std::clamp<std::int64_t>(left / (2 * fit.numberWidth), 1, needs.columns);
  return fit;
}

/// The largest rows that cost no column.
BoardFit largestFit(const BoardNeeds& needs, int tallest, int number) {
  const BoardFit most = fitWith(needs, kSmallestRow, number);
  for (int rowHeight = tallest; rowHeight > kSmallestRow; --rowHeight) {
    const BoardFit fit = fitWith(needs, rowHeight, number);
    const int used = fit.oneHotWidth() + fit.tableWidth() + fit.resultWidth(needs.resultLabels) +
                     2 * kOperatorWidth;
    if (fit.columns == most.columns && used <= needs.room.width()) {
      return fit;
    }
  }
  return most;
}

}  // namespace

int BoardFit::oneHotWidth() const {
  return std::max(kNarrowestMap, static_cast<int>(oneHot) * oneHotCell + 2 * kMapMargin);
}

int BoardFit::tableWidth() const {
  return std::max(kNarrowestMap, labels + static_cast<int>(columns) * numberWidth + 2 * kMapMargin);
}

int BoardFit::resultWidth(int resultLabels) const {
  return std::max(kNarrowestMap,
                  resultLabels + static_cast<int>(columns) * numberWidth + 2 * kMapMargin);
}

BoardFit fitBoard(const BoardNeeds& needs) {
  const int body = std::max(kSmallestRow, needs.room.height() - needs.head);
  const std::size_t lines = std::max(kFewestLines, static_cast<std::size_t>(body / kSmallestRow));
  const auto shown =
      static_cast<int>(std::min<std::int64_t>(needs.rows, static_cast<std::int64_t>(lines)));
  const int tallest = std::clamp(body / std::max(kResultLines, shown), kSmallestRow, kLargestCell);
  BoardFit fit = largestFit(needs, tallest, needs.longNumber);
  if (fit.columns < needs.columns && needs.shortNumber < needs.longNumber) {
    const BoardFit shorter = largestFit(needs, tallest, needs.shortNumber);
    if (shorter.columns > fit.columns) {
      fit = shorter;
      fit.shortNumbers = true;
    }
  }
  fit.lines = lines;
  return fit;
}

}  // namespace embedscope::product
