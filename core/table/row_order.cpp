// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/row_order.h"

#include "core/base/parallel.h"
#include "core/base/parallel_sort.h"
#include "core/base/text_case.h"

#include <bit>
#include <cmath>
#include <limits>
#include <string>

namespace embedscope::table {

namespace {

constexpr std::int64_t kBlockRows = 16'384;
constexpr double kKeysPart = 0.4;  // of the work, where texts are folded
constexpr std::uint64_t kNone = std::numeric_limits<std::uint64_t>::max();

/// What is sorted: as much of the key as a register holds.
struct Entry {
  std::uint64_t key;
  std::int64_t row;
};

/// Whole numbers in the order of the numbers; no number gives `kNone`.
std::uint64_t sortable(double number) {
  const auto bits = std::bit_cast<std::uint64_t>(number + 0.0);  // no −0
  constexpr std::uint64_t kSign = std::uint64_t{1} << 63U;
  return (bits & kSign) != 0 ? ~bits : bits | kSign;
}

/// The first eight bytes as a whole number in the order of the texts.
std::uint64_t beginningOf(std::string_view text) {
  std::uint64_t key = 0;
  for (std::size_t i = 0; i < sizeof key; ++i) {
    key = key << 8U | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
  }
  return key;
}

/// Calls `body(row)` for all rows in parallel blocks.
template <typename Body>
void forAllRows(std::int64_t rows, const base::TaskContext& context, const Body& body) {
  base::parallelBlocks((rows + kBlockRows - 1) / kBlockRows, [&](std::int64_t block) {
    const std::int64_t end = std::min(rows, (block + 1) * kBlockRows);
    for (std::int64_t row = block * kBlockRows; row < end && !context.stopRequested(); ++row) {
      body(row);
    }
  });
}

RowOrder rowsOf(const std::vector<Entry>& entries) {
  RowOrder order(entries.size());
  std::ranges::transform(entries, order.begin(), &Entry::row);
  return order;
}

/// The folded texts of all rows, the characters of each block of rows in one piece.
class FoldedTexts {
 public:
  FoldedTexts(std::int64_t rows, const std::function<std::string_view(std::int64_t)>& text,
              const base::TaskContext& context)
      : m_blocks(static_cast<std::size_t>((rows + kBlockRows - 1) / kBlockRows)),
        m_ends(static_cast<std::size_t>(rows)) {
    forAllRows(rows, context, [&](std::int64_t row) {
      std::string& bytes = m_blocks[static_cast<std::size_t>(row / kBlockRows)];
      bytes += base::caseFolded(text(row));
      m_ends[static_cast<std::size_t>(row)] = bytes.size();
    });
  }

  std::string_view of(std::int64_t row) const {
    const auto place = static_cast<std::size_t>(row);
    const std::size_t begin = row % kBlockRows == 0 ? 0 : m_ends[place - 1];
    return std::string_view(m_blocks[static_cast<std::size_t>(row / kBlockRows)])
        .substr(begin, m_ends[place] - begin);
  }

 private:
  std::vector<std::string> m_blocks;
  std::vector<std::size_t> m_ends;  ///< of the row's text in its block
};

}  // namespace

std::optional<RowOrder> orderByNumbers(std::span<const double> keys, Sorting sorting,
                                       const base::TaskContext& context) {
  std::vector<Entry> entries(keys.size());
  forAllRows(std::ssize(keys), context, [&](std::int64_t row) {
    const double number = keys[static_cast<std::size_t>(row)];
    const std::uint64_t key = sortable(number);
    entries[static_cast<std::size_t>(row)] = {std::isnan(number)           ? kNone
                                              : sorting == Sorting::Rising ? key
                                                                           : ~key,
                                              row};
  });
  const auto less = [](const Entry& a, const Entry& b) {
    return a.key != b.key ? a.key < b.key : a.row < b.row;
  };
  if (context.stopRequested() || !base::parallelSort(entries, less, context)) {
    return {};
  }
  return rowsOf(entries);
}

std::optional<RowOrder> orderByText(std::int64_t rows,
                                    const std::function<std::string_view(std::int64_t row)>& text,
                                    Sorting sorting, const base::TaskContext& context) {
  const FoldedTexts folded(rows, text, context);
  if (context.stopRequested()) {
    return {};
  }
  context.report(kKeysPart);
  const bool rising = sorting == Sorting::Rising;
  std::vector<Entry> entries(static_cast<std::size_t>(rows));
  forAllRows(rows, context, [&](std::int64_t row) {
    const std::string_view own = folded.of(row);
    const std::uint64_t key = beginningOf(own);
    entries[static_cast<std::size_t>(row)] = {own.empty() ? kNone : rising ? key : ~key, row};
  });
  const auto less = [&](const Entry& a, const Entry& b) {
    if (a.key != b.key) {
      return a.key < b.key;
    }
    const std::string_view first = folded.of(a.row);
    const std::string_view second = folded.of(b.row);
    if (first.empty() != second.empty()) {
      return second.empty();
    }
    const int order = first.compare(second);
    return order == 0 ? a.row < b.row : rising ? order < 0 : order > 0;
  };
  if (!base::parallelSort(entries, less, context.part(kKeysPart, 1))) {
    return {};
  }
  return rowsOf(entries);
}

}  // namespace embedscope::table
