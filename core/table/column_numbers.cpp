// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/column_numbers.h"

#include "core/base/parallel.h"
#include "core/base/text.h"

#include <algorithm>
#include <atomic>
#include <limits>

namespace embedscope::table {

namespace {

constexpr std::int64_t kBlockRows = 8192;

}  // namespace

std::optional<std::vector<double>> columnNumbers(const MetadataColumn& column,
                                                 const base::TaskContext& context) {
  const auto n = std::ssize(column.values);
  std::vector<double> numbers(column.values.size(), std::numeric_limits<double>::quiet_NaN());
  std::atomic<bool> isText = false;
  std::atomic<bool> hasValue = false;
  base::parallelBlocks((n + kBlockRows - 1) / kBlockRows, [&](std::int64_t block) {
    const auto end = static_cast<std::size_t>(std::min(n, (block + 1) * kBlockRows));
    for (auto row = static_cast<std::size_t>(block * kBlockRows); row < end; ++row) {
      if (isText || context.stopRequested()) {
        return;
      }
      const std::string& value = column.values[row];
      if (value.empty()) {
        continue;
      }
      const std::optional<double> number = base::parseDouble(value);
      if (!number) {
        isText = true;
        return;
      }
      numbers[row] = *number;
      hasValue = true;
    }
  });
  if (isText || !hasValue || context.stopRequested()) {
    return {};
  }
  return numbers;
}

}  // namespace embedscope::table
