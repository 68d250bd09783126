// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/umap_placing.h"

#include "core/base/split_mix.h"
#include "core/projection/fuzzy_set.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace embedscope::projection {

namespace {

constexpr std::int64_t kUsualEpochs = 100;
constexpr std::int64_t kShareOfEpochs = 3;
constexpr double kShareOfRate = 0.25;
constexpr float kPulls = 2;  ///< of an edge for its random pushes

std::int64_t epochsOf(const UmapOptions& options) {
  return options.epochs == 0 ? kUsualEpochs
                             : std::max<std::int64_t>(options.epochs / kShareOfEpochs, 1);
}

/// How much points of a picture at this squared distance belong together.
ForceTable closenessOf(const UmapCurve& curve) {
  return ForceTable(
      [a = curve.a, b = curve.b](double squared) { return 1 / (1 + a * std::pow(squared, b)); });
}

}  // namespace

UmapPlacing::UmapPlacing(const base::RowMatrix& points, const UmapOptions& options)
    : m_points(points),
      m_neighbors(std::min(options.neighbors, points.rows())),
      m_epochs(epochsOf(options)),
      m_negativeSamples(options.negativeSamples),
      m_learningRate(options.learningRate * kShareOfRate),
      m_seed(options.seed),
      m_forces(fitUmapCurve(options.spread, options.minDist)),
      m_closeness(closenessOf(fitUmapCurve(options.spread, options.minDist))) {}

void UmapPlacing::place(std::span<const std::int32_t> rows, std::span<const float> distances,
                        float* place) const {
  if (m_points.cols() == 2) {
    placeIn<2>(rows, distances, place);
  } else {
    placeIn<3>(rows, distances, place);
  }
}

std::vector<UmapPlacing::Pull> UmapPlacing::pullsOf(std::span<const std::int32_t> rows,
                                                    std::span<const float> distances) const {
  const auto scale = static_cast<double>(newRowScale(distances));
  const auto nearest = static_cast<double>(distances.front());
  std::vector<Pull> pulls;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const double share = std::exp((nearest - static_cast<double>(distances[i])) / scale);
    pulls.push_back({m_points.row(rows[i]).data(), static_cast<float>(share)});
  }
  return pulls;
}

/// How much of the row's neighborhood is near a place.
template <int kDims>
float UmapPlacing::closenessAt(const float* place, const std::vector<Pull>& pulls) const {
  float sum = 0;
  for (const Pull& pull : pulls) {
    float squared = 0;
    for (std::size_t axis = 0; axis < kDims; ++axis) {
      const float away = place[axis] - pull.point[axis];
      squared += away * away;
    }
    sum += pull.share * m_closeness(squared);
  }
  return sum;
}

/// The mean of the neighbors' points, or that one of them that has more of the others near.
template <int kDims>
UmapPoint<kDims> UmapPlacing::startOf(const std::vector<Pull>& pulls) const {
  UmapPoint<kDims> start{};
  float total = 0;
  for (const Pull& pull : pulls) {
    for (std::size_t axis = 0; axis < kDims; ++axis) {
      start[axis] += pull.share * pull.point[axis];
    }
    total += pull.share;
  }
  for (float& part : start) {
    part /= total;
  }
  float most = closenessAt<kDims>(start.data(), pulls);
  for (const Pull& pull : pulls) {
    if (const float own = closenessAt<kDims>(pull.point, pulls); own > most) {
      most = own;
      std::copy_n(pull.point, kDims, start.begin());
    }
  }
  return start;
}

template <int kDims>
void UmapPlacing::placeIn(std::span<const std::int32_t> rows, std::span<const float> distances,
                          float* place) const {
  const std::vector<Pull> pulls = pullsOf(rows, distances);
  UmapPoint<kDims> point = startOf<kDims>(pulls);
  const auto count = static_cast<std::uint32_t>(m_points.rows());
  for (std::int64_t epoch = 0; epoch < m_epochs; ++epoch) {
    const auto rate = static_cast<float>(
        m_learningRate * (1 - static_cast<double>(epoch) / static_cast<double>(m_epochs)));
    // By the nearest row and not by its own number, which depends on what is placed with it.
    base::SplitMix random(m_seed, static_cast<std::uint64_t>(epoch),
                          static_cast<std::uint64_t>(rows.front()));
    for (const Pull& pull : pulls) {
      if (!isSampled(umapRate(static_cast<double>(pull.share)), epoch)) {
        continue;
      }
      addTo<kDims>(point, umapForce<kDims>(point, pull.point, m_forces.attraction), kPulls * rate);
      for (int sample = 0; sample < m_negativeSamples; ++sample) {
        const float* other = m_points.data() + std::size_t{random.below(count)} * kDims;
        addTo<kDims>(point, umapForce<kDims>(point, other, m_forces.repulsion), rate);
      }
    }
  }
  std::copy(point.begin(), point.end(), place);
}

}  // namespace embedscope::projection
