// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/tsne_placing.h"

#include "core/projection/affinities.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace embedscope::projection {

namespace {

constexpr int kSteps = 100;
constexpr float kShareOfStep = 0.7F;

}  // namespace

TsnePlacing::TsnePlacing(const base::RowMatrix& points, const TsneOptions& options)
    : m_points(&points),
      m_perplexity(possiblePerplexity(options.perplexity, points.rows())),
      m_squares(options.metric == neighbors::Metric::Euclidean) {}

std::optional<TsnePlacing> TsnePlacing::begin(const base::RowMatrix& points,
                                              const TsneOptions& options,
                                              const base::TaskContext& context) {
  TsnePlacing placing(points, options);
  Repulsion repulsion;
  if (!placing.m_grid.measure(points, repulsion, context)) {
    return {};
  }
  placing.m_meanSum =
      static_cast<float>(std::max(repulsion.sum / static_cast<double>(points.rows()), 1e-30));
  return placing;
}

Eigen::Index TsnePlacing::neighbors() const {
  return perplexityNeighbors(m_perplexity, m_points->rows());
}

void TsnePlacing::place(std::span<const std::int32_t> rows, std::span<const float> distances,
                        float* place) const {
  std::vector<float> squares(distances.begin(), distances.end());
  if (m_squares) {
    std::ranges::transform(squares, squares.begin(), [](float length) { return length * length; });
  }
  std::vector<float> shares(squares.size());
  perplexityShares(squares, m_perplexity, shares);
  if (m_points->cols() == 2) {
    placeIn<2>(rows, shares, place);
  } else {
    placeIn<3>(rows, shares, place);
  }
}

template <int kDims>
void TsnePlacing::placeIn(std::span<const std::int32_t> rows, std::span<const float> shares,
                          float* place) const {
  using Point = std::array<float, kDims>;
  Point point{};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t axis = 0; axis < kDims; ++axis) {
      point[axis] += shares[i] * (*m_points)(rows[i], static_cast<Eigen::Index>(axis));
    }
  }
  for (int step = 0; step < kSteps; ++step) {
    Point pull{};
    float total = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const float* other = m_points->row(rows[i]).data();
      Point away;
      float squared = 1;
      for (std::size_t axis = 0; axis < kDims; ++axis) {
        away[axis] = point[axis] - other[axis];
        squared += away[axis] * away[axis];
      }
      const float weight = shares[i] / squared;
      total += weight;
      for (std::size_t axis = 0; axis < kDims; ++axis) {
        pull[axis] += weight * away[axis];
      }
    }
    const std::array<float, 3> push = m_grid.pushAt(point.data());
    for (std::size_t axis = 0; axis < kDims; ++axis) {
      point[axis] -= kShareOfStep * (pull[axis] - push[axis] / m_meanSum) / total;
    }
  }
  std::copy(point.begin(), point.end(), place);
}

}  // namespace embedscope::projection
