// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/row_lengths.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <cmath>

namespace embedscope::table {

namespace {

constexpr std::int64_t kBlockRows = 1024;

}  // namespace

double lengthOf(std::span<const float> vector) {
  double squares = 0;
  for (const float number : vector) {
    squares += static_cast<double>(number) * static_cast<double>(number);
  }
  return std::sqrt(squares);
}

std::vector<double> rowLengths(const EmbeddingTable& table, const base::TaskContext& context) {
  const std::int64_t n = table.rowCount();
  std::vector<double> lengths(static_cast<std::size_t>(n));
  std::atomic<std::int64_t> done = 0;
  base::parallelBlocks((n + kBlockRows - 1) / kBlockRows, [&](std::int64_t block) {
    if (context.stopRequested()) {
      return;
    }
    const std::int64_t end = std::min(n, (block + 1) * kBlockRows);
    for (std::int64_t row = block * kBlockRows; row < end; ++row) {
      lengths[static_cast<std::size_t>(row)] = lengthOf(table.row(row));
    }
    context.report(static_cast<double>(done += kBlockRows) / static_cast<double>(n));
  });
  return context.stopRequested() ? std::vector<double>() : lengths;
}

}  // namespace embedscope::table
