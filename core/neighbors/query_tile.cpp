// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/query_tile.h"

#include "core/neighbors/kernels.h"
#include "core/neighbors/row_score.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace embedscope::neighbors {

namespace {

constexpr double kRounding = static_cast<double>(std::numeric_limits<float>::epsilon()) / 2;
constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
/// Rows that are so many times as long as most of their block would spoil its bounds.
constexpr float kOutlier = 64;

/// What a product of d numbers may be off in whatever order a library adds them up, in parts of the
/// lengths (Higham, Accuracy and Stability of Numerical Algorithms, 2002, section 3.1).
double productError(Eigen::Index dimension) {
  const double roundings = static_cast<double>(dimension) * kRounding;
  return roundings / (1 - std::min(roundings, 0.5));
}

}  // namespace

QueryTile::QueryTile(const ExactIndex& index, const base::RowMatrix& queries)
    : m_index(&index),
      m_values(queries),
      m_centre(Eigen::RowVectorXf::Zero(queries.cols())),
      m_lengths(static_cast<std::size_t>(queries.rows())) {
  if (index.metric() == Metric::Euclidean) {
    m_centre = queries.cast<double>().colwise().mean().cast<float>();
    m_values.rowwise() -= m_centre;
  }
  for (Eigen::Index i = 0; i < m_values.rows(); ++i) {
    m_lengths[static_cast<std::size_t>(i)] =
        vectorLength(m_values.row(i).data(), static_cast<std::size_t>(m_values.cols()));
  }
}

bool QueryTile::isExtreme(Eigen::Index query) const {
  const double squares = std::pow(m_lengths[static_cast<std::size_t>(query)], 2);
  const bool isLong = !(squares <= static_cast<double>(kLargestSquares));
  const bool isShort = squares < static_cast<double>(kSmallestSquares);
  // Also a query at the centre has distances.
  return isLong || (isShort && m_index->metric() != Metric::Euclidean);
}

void BlockEstimates::judgeRows(const ExactIndex& index, Eigen::Index first,
                               const Eigen::Ref<const base::RowMatrix>& rows) {
  const Metric metric = index.metric();
  const auto count = static_cast<std::size_t>(rows.rows());
  m_squares.resize(count);
  m_factors.assign(count, metric == Metric::Euclidean ? 2.0F : 1.0F);
  m_offsets.assign(count, 0);
  m_special.clear();
  for (std::size_t i = 0; i < count; ++i) {
    const float* row = rows.row(static_cast<Eigen::Index>(i)).data();
    m_squares[i] = dotProduct(row, row, static_cast<std::size_t>(rows.cols()));
  }
  // NaN would have no place in an order.
  std::vector<float> sorted;
  std::copy_if(m_squares.begin(), m_squares.end(), std::back_inserter(sorted),
               [](float s) { return s <= kLargestSquares; });
  const auto half = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
  if (!sorted.empty()) {
    std::nth_element(sorted.begin(), half, sorted.end());
  }
  const float limit =
      sorted.empty() ? 0 : std::clamp(*half * kOutlier, kSmallestSquares, kLargestSquares);
  float longest = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const auto place = static_cast<Eigen::Index>(i);
    const bool isZero = m_squares[i] == 0 && rows.row(place).isZero(0);
    if (isZero || (m_squares[i] >= kSmallestSquares && m_squares[i] <= limit)) {
      longest = std::max(longest, m_squares[i]);
      if (metric == Metric::Cosine) {
        m_factors[i] = isZero ? 0 : 1 / std::sqrt(m_squares[i]);
      } else if (metric == Metric::Euclidean) {
        m_offsets[i] = -m_squares[i];
      }
      continue;
    }
    m_offsets[i] = kNaN;
    if (allFinite(index.table().row(first + place))) {
      m_special.push_back(place);
    }
  }
  m_longest = std::sqrt(static_cast<double>(longest)) * (1 + 1e-3);
}

void BlockEstimates::combine(Metric metric, const QueryTile& queries) {
  for (Eigen::Index query = 0; query < m_values.rows(); ++query) {
    const double length = queries.lengths()[static_cast<std::size_t>(query)];
    const float own = metric == Metric::Euclidean ? static_cast<float>(length * length) : 0;
    float* values = m_values.row(query).data();
    for (std::size_t i = 0; i < m_factors.size(); ++i) {
      values[i] = values[i] * m_factors[i] + m_offsets[i] - own;
    }
  }
}

void BlockEstimates::compute(const QueryTile& queries, Eigen::Index first, Eigen::Index count) {
  const ExactIndex& index = queries.index();
  const auto rows = index.table().values().middleRows(first, count);
  m_values.resize(queries.values().rows(), count);
  if (index.metric() == Metric::Manhattan) {
    m_special.clear();
    for (Eigen::Index query = 0; query < m_values.rows(); ++query) {
      const std::span<const float> numbers(queries.values().row(query).data(),
                                           static_cast<std::size_t>(queries.values().cols()));
      for (Eigen::Index i = 0; i < count; ++i) {
        m_values(query, i) = -index.score(first + i, numbers);
      }
    }
    return;
  }
  if (index.metric() == Metric::Euclidean) {
    m_centred = rows.rowwise() - queries.centre();
    judgeRows(index, first, m_centred);
    m_values.noalias() = queries.values() * m_centred.transpose();
  } else {
    judgeRows(index, first, rows);
    m_values.noalias() = queries.values() * rows.transpose();
  }
  combine(index.metric(), queries);
}

double BlockEstimates::error(const QueryTile& queries, Eigen::Index query) const {
  const Eigen::Index dimension = queries.values().cols();
  const double scored = sumError(static_cast<std::size_t>(dimension));
  const double length = queries.lengths()[static_cast<std::size_t>(query)];
  switch (queries.index().metric()) {
    case Metric::Cosine:
      return productError(dimension) + 4 * scored + 16 * kRounding;
    case Metric::Dot:
      return (productError(dimension) + 2 * scored) * length * m_longest;
    case Metric::Euclidean:
      return (productError(dimension) + 8 * scored + 16 * kRounding) *
             std::pow(length + m_longest, 2);
    case Metric::Manhattan:
      break;
  }
  return 0;
}

}  // namespace embedscope::neighbors
