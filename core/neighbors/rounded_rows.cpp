// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/rounded_rows.h"

#include "core/base/error.h"
#include "core/base/large_pages.h"
#include "core/base/parallel.h"
#include "core/neighbors/kernels.h"
#include "core/neighbors/rounded_kernels.h"
#include "core/neighbors/row_score.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <limits>
#include <new>
#include <numeric>
#include <string>
#include <utility>

namespace embedscope::neighbors {

namespace {

using base::Error;
using base::ErrorCode;

constexpr std::int64_t kRowsInSample = 1024;
constexpr std::int64_t kColumnsPerBlock = 16;
constexpr std::int64_t kNumbersPerBlock = std::int64_t{1} << 18;
constexpr double kLargestRounded = 127;
/// Adding and subtracting this rounds a small double to a whole number.
constexpr double kRounder = 6755399441055744.0;
/// Lengths outside these have no reciprocal in float32 that keeps all digits.
constexpr double kShortest = 1e-36;
constexpr double kLongest = 1e36;
/// More than everything that doubles and one conversion to float32 lose here.
constexpr double kOutwards = 1 + 1e-6;

constexpr std::size_t kLanes = 8;
constexpr std::size_t kBytesOfFacts = 4 * sizeof(float) + sizeof(std::int32_t);

std::size_t strideFor(std::size_t dimension) {
  return (dimension + kRoundedStep - 1) / kRoundedStep * kRoundedStep;
}

float upwards(double value) {
  return std::nextafter(static_cast<float>(value), std::numeric_limits<float>::infinity());
}

/// Calls `body(i, lane)` for every number of a row. Sums that are kept per lane need no order of
/// their own, so that the compiler may take several numbers at once.
template <typename Body>
void forEachLane(std::size_t size, const Body& body) {
  std::size_t i = 0;
  for (; i + kLanes <= size; i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      body(i + lane, lane);
    }
  }
  for (; i < size; ++i) {
    body(i, 0);
  }
}

template <typename Number>
using Lanes = std::array<Number, kLanes>;

/// How far a row reaches.
struct Extent {
  double largest = 0;  ///< magnitude of the numbers, from the centre on
  double squares = 0;  ///< sum, from zero on
};

Extent extentOf(std::span<const float> row, const std::vector<float>& centre) {
  Lanes<double> largest{};
  Lanes<double> squares{};
  forEachLane(row.size(), [&](std::size_t i, std::size_t lane) {
    const auto value = static_cast<double>(row[i]);
    const double offset = std::abs(value - static_cast<double>(centre[i]));
    largest[lane] = largest[lane] > offset ? largest[lane] : offset;
    squares[lane] += value * value;
  });
  return {*std::max_element(largest.begin(), largest.end()),
          std::accumulate(squares.begin(), squares.end(), 0.0)};
}

struct Rounding {
  std::int32_t squares = 0;  ///< sum over the whole numbers
  double lost = 0;           ///< sum of the squared differences
};

/// Writes the whole numbers that, times `scale`, are nearest to a row from the centre on.
Rounding rounded(std::span<const float> row, const std::vector<float>& centre, double factor,
                 float scale, std::int8_t* out) {
  Lanes<std::int32_t> squares{};
  Lanes<double> lost{};
  forEachLane(row.size(), [&](std::size_t i, std::size_t lane) {
    const double offset = static_cast<double>(row[i]) - static_cast<double>(centre[i]);
    const double whole = (offset * factor + kRounder) - kRounder;
    const double rest = offset - whole * static_cast<double>(scale);
    const auto kept = static_cast<std::int32_t>(whole);
    out[i] = static_cast<std::int8_t>(kept);
    squares[lane] += kept * kept;
    lost[lane] += rest * rest;
  });
  return {std::accumulate(squares.begin(), squares.end(), 0),
          std::accumulate(lost.begin(), lost.end(), 0.0)};
}

}  // namespace

std::int64_t RoundedRows::bytesFor(const table::EmbeddingTable& table) {
  return table.rowCount() *
         static_cast<std::int64_t>(strideFor(static_cast<std::size_t>(table.dimension())) +
                                   kBytesOfFacts);
}

std::vector<float> RoundedRows::centreOf(const table::EmbeddingTable& table) {
  std::vector<std::int64_t> sample;
  const std::int64_t step = std::max<std::int64_t>(1, table.rowCount() / kRowsInSample);
  for (std::int64_t row = 0; row < table.rowCount(); row += step) {
    if (allFinite(table.row(row))) {
      sample.push_back(row);
    }
  }
  std::vector<float> centre(static_cast<std::size_t>(table.dimension()));
  if (sample.empty()) {
    return centre;
  }
  const std::int64_t columns = table.dimension();
  base::parallelBlocks((columns + kColumnsPerBlock - 1) / kColumnsPerBlock, [&](std::int64_t b) {
    std::vector<float> column(sample.size());
    const std::int64_t end = std::min(columns, (b + 1) * kColumnsPerBlock);
    for (std::int64_t j = b * kColumnsPerBlock; j < end; ++j) {
      const auto place = static_cast<std::size_t>(j);
      std::transform(sample.begin(), sample.end(), column.begin(),
                     [&](std::int64_t row) { return table.row(row)[place]; });
      const auto half = column.begin() + static_cast<std::ptrdiff_t>(column.size() / 2);
      std::nth_element(column.begin(), half, column.end());
      centre[place] = *half;
    }
  });
  return centre;
}

RoundedRows::RoundedRows(std::vector<float> centre, std::int64_t count)
    : m_stride(strideFor(centre.size())), m_centre(std::move(centre)) {
  const auto rows = static_cast<std::size_t>(count);
  // Written whole by roundRow; zeros would only touch the memory twice.
  m_values = std::make_unique_for_overwrite<std::int8_t[]>(rows * m_stride);
  base::preferLargePages(m_values.get(), rows * m_stride);
  m_scales.resize(rows);
  m_errors.resize(rows);
  m_lengths.resize(rows);
  m_squares.resize(rows);
  m_inverseLengths.resize(rows);
}

RoundedRows::RoundedRows(const table::EmbeddingTable& table, std::vector<float> centre,
                         std::int64_t first, std::int64_t count)
    : RoundedRows(std::move(centre), count) {
  for (std::int64_t row = 0; row < count; ++row) {
    roundRow(table.row(first + row), static_cast<std::size_t>(row));
  }
}

std::shared_ptr<const RoundedRows> RoundedRows::of(const table::EmbeddingTable& table,
                                                   const base::TaskContext& context) {
  if (table.dimension() > kMostDimensions) {
    throw Error(ErrorCode::InvalidArgument,
                "rows of more than 100,000 dimensions are not rounded, these have " +
                    std::to_string(table.dimension()));
  }
  std::shared_ptr<RoundedRows> rounded;
  try {
    rounded.reset(new RoundedRows(centreOf(table), table.rowCount()));
  } catch (const std::bad_alloc&) {
    throw Error(ErrorCode::InvalidArgument, "a rounded copy of the rows takes " +
                                                std::to_string(bytesFor(table) >> 20) +
                                                " MB, which this machine does not have");
  }
  const std::int64_t rowsPerBlock = std::clamp<std::int64_t>(
      kNumbersPerBlock / std::max<std::int64_t>(table.dimension(), 1), 1, 4096);
  const std::int64_t blocks = (table.rowCount() + rowsPerBlock - 1) / rowsPerBlock;
  std::atomic<std::int64_t> done{0};
  base::parallelBlocks(blocks, [&](std::int64_t block) {
    if (context.stopRequested()) {
      return;
    }
    const std::int64_t end = std::min(table.rowCount(), (block + 1) * rowsPerBlock);
    for (std::int64_t row = block * rowsPerBlock; row < end; ++row) {
      rounded->roundRow(table.row(row), static_cast<std::size_t>(row));
    }
    context.report(static_cast<double>(++done) / static_cast<double>(blocks));
  });
  return context.stopRequested() ? nullptr : rounded;
}

void RoundedRows::roundRow(std::span<const float> values, std::size_t at) {
  std::int8_t* out = m_values.get() + at * m_stride;
  if (!allFinite(values)) {
    std::fill_n(out, m_stride, std::int8_t{0});
    m_errors[at] = std::numeric_limits<float>::quiet_NaN();
    return;
  }
  const Extent extent = extentOf(values, m_centre);
  const auto scale = static_cast<float>(extent.largest / kLargestRounded);
  const double factor = scale > 0 ? kLargestRounded / extent.largest : 0;
  const Rounding rounding = rounded(values, m_centre, factor, scale, out);
  std::fill(out + values.size(), out + m_stride, std::int8_t{0});
  const double length = std::sqrt(extent.squares);
  const bool isExtreme = length > 0 && (length < kShortest || length > kLongest);
  m_scales[at] = scale;
  m_squares[at] = rounding.squares;
  m_lengths[at] = upwards(static_cast<double>(scale) * std::sqrt(rounding.squares) * kOutwards);
  m_errors[at] =
      isExtreme
          ? std::numeric_limits<float>::infinity()
          : upwards((std::sqrt(rounding.lost) + 2 * sumError(values.size()) * length) * kOutwards);
  m_inverseLengths[at] =
      isExtreme || length == 0 ? (length == 0 ? 0.0F : 1.0F) : static_cast<float>(1 / length);
}

}  // namespace embedscope::neighbors
