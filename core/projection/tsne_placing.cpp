// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/tsne_placing.h"

#include "core/projection/affinities.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

namespace embedscope::projection {

namespace {

constexpr Eigen::Index kExactInThePlane = 1'000;
constexpr Eigen::Index kExactInSpace = 10'000;
constexpr int kMostSteps = 100;
constexpr float kSmallestMove = 1e-3F;
constexpr float kSmallestShare = 1e-3F;  ///< of a step

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
  const bool isExact = points.rows() <= (points.cols() == 2 ? kExactInThePlane : kExactInSpace);
  if (!(isExact ? exactRepulsion(points, repulsion, context)
                : placing.m_grid.measure(points, repulsion, context))) {
    return {};
  }
  if (isExact) {
    placing.m_columns = points.array();
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
    placeIn<2>({rows, shares}, place);
  } else {
    placeIn<3>({rows, shares}, place);
  }
}

Push TsnePlacing::pushAt(const float* place) const {
  return m_columns.size() > 0 ? exactPush(m_columns, place) : m_grid.pushAt(place);
}

template <int kDims>
TsnePlacing::Stand<kDims> TsnePlacing::standAt(const Affinities& affinities,
                                               const std::array<float, kDims>& place) const {
  std::array<float, kDims> pull{};
  float total = 0;
  float height = 0;
  for (std::size_t i = 0; i < affinities.rows.size(); ++i) {
    const float* other = m_points->row(affinities.rows[i]).data();
    std::array<float, kDims> away;
    float squared = 1;
    for (std::size_t axis = 0; axis < kDims; ++axis) {
      away[axis] = place[axis] - other[axis];
      squared += away[axis] * away[axis];
    }
    const float weight = affinities.shares[i] / squared;
    total += weight;
    height += affinities.shares[i] * std::log(squared);
    for (std::size_t axis = 0; axis < kDims; ++axis) {
      pull[axis] += weight * away[axis];
    }
  }
  const Push push = pushAt(place.data());
  Stand<kDims> stand{place, {}, height + push.sum / m_meanSum};
  for (std::size_t axis = 0; axis < kDims; ++axis) {
    stand.step[axis] = (push.force[axis] / m_meanSum - pull[axis]) / total;
  }
  return stand;
}

template <int kDims>
TsnePlacing::Stand<kDims> TsnePlacing::lowestFrom(const Affinities& affinities,
                                                  const std::array<float, kDims>& start) const {
  Stand<kDims> lowest = standAt<kDims>(affinities, start);
  float share = 1;
  for (int step = 0; step < kMostSteps && share >= kSmallestShare; ++step) {
    std::array<float, kDims> place;
    float moved = 0;
    for (std::size_t axis = 0; axis < kDims; ++axis) {
      place[axis] = lowest.place[axis] + share * lowest.step[axis];
      moved = std::max(moved, std::abs(share * lowest.step[axis]));
    }
    const Stand<kDims> next = standAt<kDims>(affinities, place);
    if (!(next.height < lowest.height)) {
      share /= 2;
      continue;
    }
    lowest = next;
    share = std::min(1.0F, 2 * share);
    if (moved < kSmallestMove) {
      break;
    }
  }
  return lowest;
}

template <int kDims>
void TsnePlacing::placeIn(const Affinities& affinities, float* place) const {
  std::array<float, kDims> mean{};
  std::array<float, kDims> nearest;
  std::copy_n(m_points->row(affinities.rows.front()).data(), kDims, nearest.begin());
  for (std::size_t i = 0; i < affinities.rows.size(); ++i) {
    for (std::size_t axis = 0; axis < kDims; ++axis) {
      mean[axis] +=
          affinities.shares[i] * (*m_points)(affinities.rows[i], static_cast<Eigen::Index>(axis));
    }
  }
  const Stand<kDims> first = lowestFrom<kDims>(affinities, mean);
  const Stand<kDims> second = lowestFrom<kDims>(affinities, nearest);
  const Stand<kDims>& lower = second.height < first.height ? second : first;
  std::copy(lower.place.begin(), lower.place.end(), place);
}

}  // namespace embedscope::projection
