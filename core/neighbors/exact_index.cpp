// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/exact_index.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/neighbors/kernels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

namespace embedscope::neighbors {

namespace {

using base::Error;
using base::ErrorCode;

constexpr std::int64_t kRowsPerBlock = 2048;
constexpr std::array<std::string_view, 4> kMetricNames = {"cosine", "dot", "euclidean",
                                                          "manhattan"};
/// Squared lengths outside these bounds could overflow or lose digits in float32.
constexpr float kSmallestSquares = 1e-30F;
constexpr float kLargestSquares = 1e30F;
constexpr float kExtremeLength = -1;

std::int64_t blockCount(std::int64_t rows) {
  return (rows + kRowsPerBlock - 1) / kRowsPerBlock;
}

bool allFinite(std::span<const float> values) {
  return std::all_of(values.begin(), values.end(), [](float v) { return std::isfinite(v); });
}

float inverseLength(std::span<const float> row) {
  const float squares = dotProduct(row.data(), row.data(), row.size());
  if (squares >= kSmallestSquares && squares <= kLargestSquares) {
    return 1 / std::sqrt(squares);
  }
  const bool zero = std::all_of(row.begin(), row.end(), [](float v) { return v == 0.0F; });
  return zero ? 0.0F : kExtremeLength;
}

/// The query scaled to length 1; zeros stay zeros.
std::vector<float> normalized(std::span<const float> query) {
  std::vector<float> unit(query.begin(), query.end());
  const double length = vectorLength(query.data(), query.size());
  if (length > 0) {
    for (float& value : unit) {
      value = static_cast<float>(static_cast<double>(value) / length);
    }
  }
  return unit;
}

/// Cosine in double, for rows of extreme length; NaN when the row is not finite.
float carefulCosine(std::span<const float> row, std::span<const float> unitQuery) {
  double dot = 0;
  for (std::size_t i = 0; i < row.size(); ++i) {
    dot += static_cast<double>(row[i]) * static_cast<double>(unitQuery[i]);
  }
  return static_cast<float>(dot / vectorLength(row.data(), row.size()));
}

}  // namespace

std::string_view metricName(Metric metric) {
  return kMetricNames.at(static_cast<std::size_t>(metric));
}

std::optional<Metric> metricFromName(std::string_view name) {
  const auto found = std::find(kMetricNames.begin(), kMetricNames.end(), name);
  if (found == kMetricNames.end()) {
    return {};
  }
  return static_cast<Metric>(found - kMetricNames.begin());
}

bool largerIsNearer(Metric metric) {
  return metric == Metric::Cosine || metric == Metric::Dot;
}

ExactIndex::ExactIndex(table::TablePtr table, Metric metric)
    : m_table(std::move(table)), m_metric(metric) {
  if (metric != Metric::Cosine) {
    return;
  }
  m_inverseNorms.resize(static_cast<std::size_t>(m_table->rowCount()));
  base::parallelBlocks(blockCount(m_table->rowCount()), [this](std::int64_t block) {
    const std::int64_t end = std::min(m_table->rowCount(), (block + 1) * kRowsPerBlock);
    for (std::int64_t row = block * kRowsPerBlock; row < end; ++row) {
      m_inverseNorms[static_cast<std::size_t>(row)] = inverseLength(m_table->row(row));
    }
  });
}

float ExactIndex::score(std::int64_t row, std::span<const float> query) const {
  const std::span<const float> values = m_table->row(row);
  switch (m_metric) {
    case Metric::Cosine: {
      const float inverse = m_inverseNorms[static_cast<std::size_t>(row)];
      const float cosine = inverse == kExtremeLength
                               ? carefulCosine(values, query)
                               : dotProduct(values.data(), query.data(), query.size()) * inverse;
      return std::clamp(cosine, -1.0F, 1.0F);
    }
    case Metric::Dot:
      return dotProduct(values.data(), query.data(), query.size());
    case Metric::Euclidean:
      return std::sqrt(squaredDistance(values.data(), query.data(), query.size()));
    case Metric::Manhattan:
      break;
  }
  return absoluteDistance(values.data(), query.data(), query.size());
}

std::vector<Neighbor> ExactIndex::nearest(std::span<const float> query, std::int64_t k,
                                          std::span<const std::int64_t> exclude,
                                          const base::TaskContext& context) const {
  if (static_cast<Eigen::Index>(query.size()) != m_table->dimension()) {
    throw Error(ErrorCode::InvalidArgument,
                "a query of " + std::to_string(query.size()) + " numbers does not fit a table of " +
                    std::to_string(m_table->dimension()) + " dimensions");
  }
  if (k < 1) {
    throw Error(ErrorCode::InvalidArgument, "at least one neighbor must be asked for");
  }
  if (!allFinite(query)) {
    throw Error(ErrorCode::NonFinite, "the query holds NaN or infinity");
  }
  std::vector<float> unit;
  if (m_metric == Metric::Cosine) {
    unit = normalized(query);
    query = unit;
  }
  const Ranking ranking{m_table->rowCount(), k, largerIsNearer(m_metric), exclude};
  const auto scores = [&](std::int64_t row, std::span<float> out) {
    for (float& value : out) {
      value = score(row++, query);
    }
  };
  return bestRows(ranking, scores, context);
}

std::vector<Neighbor> ExactIndex::nearestOfRow(std::int64_t row, std::int64_t k,
                                               const base::TaskContext& context) const {
  if (row < 0 || row >= m_table->rowCount()) {
    throw Error(ErrorCode::InvalidArgument, "there is no row " + std::to_string(row));
  }
  const std::array<std::int64_t, 1> self = {row};
  return nearest(m_table->row(row), k, self, context);
}

}  // namespace embedscope::neighbors
