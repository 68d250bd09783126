// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/rounded_distance.h"

#include "core/base/parallel.h"
#include "core/neighbors/rounded_kernels.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace embedscope::neighbors {

namespace {

constexpr std::int64_t kRowsPerBlock = 4096;
constexpr float kLongest = 1e15F;
constexpr float kLargestWeight = 1e15F;
/// Of a row's length: what rounding may lose of a direction without hiding it.
constexpr float kLargestLoss = 0.25F;
constexpr std::size_t kBytesOfLine = 64;

}  // namespace

// With x = c + s·r for the centre c, the scale s and whole numbers r, x·y = c·c + c·(s·r) + c·(t·u)
// + s·t·(r·u): the last product is one of whole numbers, the others belong to one row each.
RoundedDistance::RoundedDistance(Metric metric, std::shared_ptr<const RoundedRows> rows,
                                 const base::TaskContext& context)
    : m_metric(metric),
      m_rows(std::move(rows)),
      m_offsets(static_cast<std::size_t>(m_rows->count())),
      m_weights(m_offsets.size(), 1.0F),
      m_factor(metric == Metric::Euclidean ? -2.0F : -1.0F) {
  if (metric == Metric::Cosine) {
    double squares = 0;
    for (const float number : m_rows->centre()) {
      squares += static_cast<double>(number) * static_cast<double>(number);
    }
    m_fixed = static_cast<float>(-squares);
  }
  base::parallelBlocks((count() + kRowsPerBlock - 1) / kRowsPerBlock, [&](std::int64_t block) {
    const std::int64_t end = std::min(count(), (block + 1) * kRowsPerBlock);
    if (context.stopRequested()) {
      return;
    }
    for (std::int64_t row = block * kRowsPerBlock; row < end; ++row) {
      const auto at = static_cast<std::size_t>(row);
      const float weight = m_metric == Metric::Cosine ? m_rows->inverseLengths()[at] : 1;
      const Point point = derived(m_rows->row(row), m_rows->scales()[at], weight);
      m_offsets[at] = point.offset;
      m_weights[at] = point.weight;
    }
  });
}

RoundedDistance::Point RoundedDistance::derived(const std::int8_t* values, float scale,
                                                float weight) const {
  double sum = 0;
  if (m_metric == Metric::Euclidean) {
    sum = static_cast<double>(scale) *
          static_cast<double>(roundedProduct(values, values, m_rows->stride()));
  } else {
    for (std::size_t i = 0; i < m_rows->centre().size(); ++i) {
      sum -= static_cast<double>(m_rows->centre()[i]) * static_cast<double>(values[i]);
    }
  }
  return {values, scale, static_cast<float>(sum * static_cast<double>(scale)), weight};
}

bool RoundedDistance::isOrdinary(std::int64_t row) const {
  const auto at = static_cast<std::size_t>(row);
  // Comparisons with NaN are false.
  const float error = m_rows->errors()[at];
  const bool hasDirection = m_metric != Metric::Cosine || (m_weights[at] < kLargestWeight &&
                                                           error * m_weights[at] < kLargestLoss);
  return error < kLongest && m_rows->lengths()[at] < kLongest && hasDirection;
}

RoundedDistance::Query RoundedDistance::query(std::span<const float> query) const {
  Query rounded;
  rounded.values.resize(m_rows->stride());
  double largest = 0;
  const auto offset = [&](std::size_t i) {
    return static_cast<double>(query[i]) - static_cast<double>(m_rows->centre()[i]);
  };
  for (std::size_t i = 0; i < query.size(); ++i) {
    largest = std::max(largest, std::abs(offset(i)));
  }
  for (std::size_t i = 0; i < query.size() && largest > 0; ++i) {
    rounded.values[i] = static_cast<std::int8_t>(std::lround(offset(i) * (127 / largest)));
  }
  rounded.point = derived(rounded.values.data(), static_cast<float>(largest / 127), 1);
  return rounded;
}

float RoundedDistance::operator()(const Point& a, const Point& b) const {
  const auto product = static_cast<float>(roundedProduct(a.values, b.values, m_rows->stride()));
  return (a.offset + b.offset + m_fixed + m_factor * a.scale * b.scale * product) * a.weight *
         b.weight;
}

void RoundedDistance::prefetch(std::int64_t row) const {
  const std::int8_t* values = m_rows->row(row);
  for (std::size_t i = 0; i < m_rows->stride(); i += kBytesOfLine) {
    __builtin_prefetch(values + i);
  }
}

}  // namespace embedscope::neighbors
