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

/// A neighbor, and how often it draws.
struct Pull {
  const float* point;
  std::uint32_t rate;
};

std::int64_t epochsOf(const UmapOptions& options) {
  return options.epochs == 0 ? kUsualEpochs
                             : std::max<std::int64_t>(options.epochs / kShareOfEpochs, 1);
}

}  // namespace

UmapPlacing::UmapPlacing(const base::RowMatrix& points, const UmapOptions& options)
    : m_points(points),
      m_neighbors(std::min(options.neighbors, points.rows())),
      m_epochs(epochsOf(options)),
      m_negativeSamples(options.negativeSamples),
      m_learningRate(options.learningRate * kShareOfRate),
      m_seed(options.seed),
      m_forces(fitUmapCurve(options.spread, options.minDist)) {}

void UmapPlacing::place(std::span<const std::int32_t> rows, std::span<const float> distances,
                        float* place) const {
  if (m_points.cols() == 2) {
    placeIn<2>(rows, distances, place);
  } else {
    placeIn<3>(rows, distances, place);
  }
}

template <int kDims>
void UmapPlacing::placeIn(std::span<const std::int32_t> rows, std::span<const float> distances,
                          float* place) const {
  const auto scale = static_cast<double>(newRowScale(distances));
  const auto nearest = static_cast<double>(distances.front());
  const double least = 1 / static_cast<double>(m_epochs);
  UmapPoint<kDims> sum{};
  float total = 0;
  std::vector<Pull> pulls;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    // Closeness over that of the nearest: the mean does not mind, and so sampling counts.
    const double share = std::exp((nearest - static_cast<double>(distances[i])) / scale);
    const float* point = m_points.row(rows[i]).data();
    for (std::size_t axis = 0; axis < kDims; ++axis) {
      sum[axis] += static_cast<float>(share) * point[axis];
    }
    total += static_cast<float>(share);
    if (share >= least) {
      pulls.push_back({point, umapRate(share)});
    }
  }
  UmapPoint<kDims> point;
  std::transform(sum.begin(), sum.end(), point.begin(), [&](float part) { return part / total; });
  const auto count = static_cast<std::uint32_t>(m_points.rows());
  for (std::int64_t epoch = 0; epoch < m_epochs; ++epoch) {
    const auto rate = static_cast<float>(
        m_learningRate * (1 - static_cast<double>(epoch) / static_cast<double>(m_epochs)));
    // By the nearest row and not by its own number, which depends on what is placed with it.
    base::SplitMix random(m_seed, static_cast<std::uint64_t>(epoch),
                          static_cast<std::uint64_t>(rows.front()));
    for (const Pull& pull : pulls) {
      if (!isSampled(pull.rate, epoch)) {
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
