// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/number_rows.h"

#include "core/base/parallel.h"
#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace embedscope::formats {

namespace {

constexpr std::int64_t kValuesPerBlock = std::int64_t{1} << 16;

std::uint16_t rounded(float value, NumberType type) {
  return type == NumberType::Float16 ? halfFromFloat(value) : bfloatFromFloat(value);
}

float widened(std::uint16_t bits, NumberType type) {
  return type == NumberType::Float16 ? floatFromHalf(bits) : floatFromBFloat(bits);
}

/// What rounding does to some numbers.
struct Rounding {
  std::int64_t changed = 0;  ///< finite before and after
  double largest = 0;        ///< of those, in relation to the number
  std::int64_t infinite = 0;
  std::int64_t zero = 0;

  void add(float before, float after) {
    if (before == after || !std::isfinite(before)) {
      return;
    }
    if (!std::isfinite(after)) {
      ++infinite;
    } else if (after == 0) {
      ++zero;
    } else {
      ++changed;
      const auto exact = static_cast<double>(before);
      largest = std::max(largest, std::abs((static_cast<double>(after) - exact) / exact));
    }
  }

  void add(const Rounding& other) {
    changed += other.changed;
    largest = std::max(largest, other.largest);
    infinite += other.infinite;
    zero += other.zero;
  }
};

std::int64_t rowsPerBlock(const table::EmbeddingTable& table) {
  return std::max<std::int64_t>(1, kValuesPerBlock / std::max<std::int64_t>(1, table.dimension()));
}

Rounding roundingOf(const table::EmbeddingTable& table, NumberType type) {
  const std::int64_t step = rowsPerBlock(table);
  const std::int64_t rows = table.rowCount();
  std::vector<Rounding> blocks(static_cast<std::size_t>((rows + step - 1) / step));
  base::parallelBlocks(static_cast<std::int64_t>(blocks.size()), [&](std::int64_t block) {
    Rounding sum;
    for (std::int64_t row = block * step; row < std::min((block + 1) * step, rows); ++row) {
      for (const float value : table.row(row)) {
        sum.add(value, widened(rounded(value, type), type));
      }
    }
    blocks[static_cast<std::size_t>(block)] = sum;
  });
  Rounding all;
  for (const Rounding& block : blocks) {
    all.add(block);
  }
  return all;
}

std::string counted(std::int64_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", base::groupedDigits(count), count == 1 ? one : many);
}

}  // namespace

bool forEachRowBytes(const table::EmbeddingTable& table, NumberType type,
                     const base::TaskContext& context,
                     const std::function<void(std::string_view)>& take) {
  const std::int64_t step = rowsPerBlock(table);
  const std::int64_t rows = table.rowCount();
  std::vector<std::uint16_t> halves;
  for (std::int64_t row = 0; row < rows; row += step) {
    if (context.stopRequested()) {
      return false;
    }
    const auto count = static_cast<std::size_t>(std::min(step, rows - row) * table.dimension());
    const std::span<const float> values(table.row(row).data(), count);
    if (type == NumberType::Float32) {
      take({reinterpret_cast<const char*>(values.data()), values.size_bytes()});  // NOLINT: bytes
    } else {
      halves.resize(values.size());
      std::ranges::transform(values, halves.begin(),
                             [type](float value) { return rounded(value, type); });
      take({reinterpret_cast<const char*>(halves.data()),  // NOLINT: bytes
            halves.size() * sizeof(std::uint16_t)});
    }
    context.report(static_cast<double>(std::min(row + step, rows)) / static_cast<double>(rows));
  }
  return true;
}

std::uint64_t rowBytesOf(const table::EmbeddingTable& table, NumberType type) {
  return static_cast<std::uint64_t>(table.rowCount() * table.dimension()) * bytesOf(type);
}

std::vector<std::string> roundingLosses(const table::EmbeddingTable& table, NumberType type) {
  std::vector<std::string> losses;
  if (type == NumberType::Float32) {
    return losses;
  }
  const Rounding rounding = roundingOf(table, type);
  const std::int64_t all = table.rowCount() * table.dimension();
  if (rounding.changed > 0) {
    losses.push_back(
        fmt::format("numbers are rounded to {}: {} of {} {}, by up to {:.2g} %", nameOf(type),
                    base::groupedDigits(rounding.changed), base::groupedDigits(all),
                    rounding.changed == 1 ? "changes" : "change", 100 * rounding.largest));
  }
  if (rounding.infinite > 0) {
    losses.push_back(fmt::format("{} too large for {} and written as infinity",
                                 counted(rounding.infinite, "number is", "numbers are"),
                                 nameOf(type)));
  }
  if (rounding.zero > 0) {
    losses.push_back(fmt::format("{} too small for {} and written as 0",
                                 counted(rounding.zero, "number is", "numbers are"), nameOf(type)));
  }
  return losses;
}

}  // namespace embedscope::formats
