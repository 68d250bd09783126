// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/chosen_axis.h"

#include "core/base/error.h"
#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace embedscope::projection {

namespace {

using base::Error;
using base::ErrorCode;

constexpr std::int64_t kRowsInBlock = 4096;

std::vector<double> meanOf(const table::EmbeddingTable& table, std::span<const std::int64_t> rows) {
  if (rows.empty()) {
    throw Error(ErrorCode::InvalidArgument, "an axis needs rows at both of its ends");
  }
  std::vector<double> mean(static_cast<std::size_t>(table.dimension()), 0.0);
  for (const std::int64_t row : rows) {
    if (row < 0 || row >= table.rowCount()) {
      throw Error(ErrorCode::InvalidArgument, "an axis goes through a row that the table lacks");
    }
    const std::span<const float> values = table.row(row);
    for (std::size_t j = 0; j < mean.size(); ++j) {
      mean[j] += static_cast<double>(values[j]) / static_cast<double>(rows.size());
    }
  }
  if (!std::ranges::all_of(mean, [](double number) { return std::isfinite(number); })) {
    throw Error(ErrorCode::NonFinite, "an axis goes through a row that holds NaN or infinity");
  }
  return mean;
}

}  // namespace

float ChosenAxis::coordinate(std::span<const float> x) const {
  double along = 0;
  double length = 0;
  for (std::size_t j = 0; j < direction.size(); ++j) {
    const auto step = static_cast<double>(direction[j]);
    along += (static_cast<double>(x[j]) - static_cast<double>(origin[j])) * step;
    length += step * step;
  }
  return static_cast<float>(along / length);
}

ChosenAxis axisBetween(const table::EmbeddingTable& table, std::span<const std::int64_t> from,
                       std::span<const std::int64_t> to) {
  const std::vector<double> start = meanOf(table, from);
  const std::vector<double> end = meanOf(table, to);
  ChosenAxis axis;
  for (std::size_t j = 0; j < start.size(); ++j) {
    axis.origin.push_back(static_cast<float>(start[j]));
    axis.direction.push_back(static_cast<float>(end[j] - start[j]));
  }
  if (std::ranges::all_of(axis.direction, [](float number) { return number == 0; })) {
    throw Error(ErrorCode::InvalidArgument,
                "an axis has no direction: the rows at its two ends have the same mean");
  }
  return axis;
}

std::optional<std::vector<float>> coordinatesAlong(const table::EmbeddingTable& table,
                                                   const ChosenAxis& axis,
                                                   const base::TaskContext& context) {
  const std::int64_t n = table.rowCount();
  std::vector<float> coordinates(static_cast<std::size_t>(n));
  base::parallelBlocks((n + kRowsInBlock - 1) / kRowsInBlock, [&](std::int64_t block) {
    if (context.stopRequested()) {
      return;
    }
    const std::int64_t end = std::min(n, (block + 1) * kRowsInBlock);
    for (std::int64_t row = block * kRowsInBlock; row < end; ++row) {
      coordinates[static_cast<std::size_t>(row)] = axis.coordinate(table.row(row));
    }
  });
  if (context.stopRequested()) {
    return {};
  }
  return coordinates;
}

}  // namespace embedscope::projection
