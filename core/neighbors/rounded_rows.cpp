// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/rounded_rows.h"

#include "core/base/error.h"
#include "core/base/large_pages.h"
#include "core/base/parallel.h"
#include "core/neighbors/kernels.h"
#include "core/neighbors/rounded_kernels.h"
#include "core/neighbors/row_rounding.h"
#include "core/neighbors/row_score.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <new>
#include <string>
#include <utility>

namespace embedscope::neighbors {

namespace {

using base::Error;
using base::ErrorCode;

constexpr std::int64_t kMostRowsInSample = 1024;
constexpr std::int64_t kFewestRowsInSample = 32;
constexpr std::int64_t kNumbersInSample = std::int64_t{1} << 20;
constexpr std::int64_t kColumnsPerBlock = 16;
constexpr std::int64_t kNumbersPerBlock = std::int64_t{1} << 18;
/// Lengths outside these have no reciprocal in float32 that keeps all digits.
constexpr double kShortest = 1e-36;
constexpr double kLongest = 1e36;
/// More than everything that doubles and one conversion to float32 lose here.
constexpr double kOutwards = 1 + 1e-6;

constexpr std::size_t kBytesOfFacts = 4 * sizeof(float) + sizeof(std::int32_t);

std::size_t strideFor(std::size_t dimension) {
  return (dimension + kRoundedStep - 1) / kRoundedStep * kRoundedStep;
}

float upwards(double value) {
  return std::nextafter(static_cast<float>(value), std::numeric_limits<float>::infinity());
}

}  // namespace

std::int64_t RoundedRows::bytesFor(const table::EmbeddingTable& table) {
  return table.rowCount() *
         static_cast<std::int64_t>(strideFor(static_cast<std::size_t>(table.dimension())) +
                                   kBytesOfFacts);
}

std::vector<float> RoundedRows::centreOf(const table::EmbeddingTable& table) {
  std::vector<std::int64_t> sample;
  const std::int64_t size =
      std::clamp(kNumbersInSample / std::max<std::int64_t>(table.dimension(), 1),
                 kFewestRowsInSample, kMostRowsInSample);
  const std::int64_t step = std::max<std::int64_t>(1, table.rowCount() / size);
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
    fillRow(static_cast<std::size_t>(row), table.row(first + row));
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
      rounded->fillRow(static_cast<std::size_t>(row), table.row(row));
    }
    context.report(static_cast<double>(++done) / static_cast<double>(blocks));
  });
  return context.stopRequested() ? nullptr : rounded;
}

void RoundedRows::fillRow(std::size_t at, std::span<const float> values) {
  std::int8_t* out = m_values.get() + at * m_stride;
  const RowRounding rounding = roundRow(values, m_centre, out);
  if (!rounding.isFinite) {
    std::fill_n(out, m_stride, std::int8_t{0});
    m_errors[at] = std::numeric_limits<float>::quiet_NaN();
    return;
  }
  std::fill(out + values.size(), out + m_stride, std::int8_t{0});
  const double length = std::sqrt(rounding.squares);
  const bool isExtreme = length > 0 && (length < kShortest || length > kLongest);
  m_scales[at] = rounding.scale;
  m_squares[at] = rounding.roundedSquares;
  m_lengths[at] = upwards(static_cast<double>(rounding.scale) *
                          std::sqrt(static_cast<double>(rounding.roundedSquares)) * kOutwards);
  m_errors[at] =
      isExtreme
          ? std::numeric_limits<float>::infinity()
          : upwards((std::sqrt(rounding.lost) + 2 * sumError(values.size()) * length) * kOutwards);
  m_inverseLengths[at] =
      isExtreme || length == 0 ? (length == 0 ? 0.0F : 1.0F) : static_cast<float>(1 / length);
}

}  // namespace embedscope::neighbors
