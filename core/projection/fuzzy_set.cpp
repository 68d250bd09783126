// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/fuzzy_set.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace embedscope::projection {

namespace {

constexpr int kMostHalvings = 64;
constexpr double kTolerance = 1e-5;
constexpr double kSmallestScale = 1e-3;  ///< times the mean distance
constexpr Eigen::Index kRowsPerBlock = 1024;

double membership(float distance, double nearest, double scale) {
  const double beyond = static_cast<double>(distance) - nearest;
  return beyond > 0 ? std::exp(-beyond / scale) : 1;
}

/// By bisection; the sum of memberships rises with the scale.
double scaleForSum(std::span<const float> distances, double nearest, double wanted) {
  double low = 0;
  double high = std::numeric_limits<double>::infinity();
  double scale = 1;
  for (int halving = 0; halving < kMostHalvings; ++halving) {
    double sum = 0;
    for (const float distance : distances) {
      sum += membership(distance, nearest, scale);
    }
    if (std::abs(sum - wanted) < kTolerance) {
      break;
    }
    if (sum > wanted) {
      high = scale;
    } else {
      low = scale;
    }
    scale = std::isinf(high) ? scale * 2 : (low + high) / 2;
  }
  return scale;
}

/// Each row's memberships as it sees them, n × k.
base::RowMatrix memberships(const neighbors::NeighborGraph& graph,
                            const base::TaskContext& context) {
  const Eigen::Index n = graph.distances.rows();
  const Eigen::Index k = graph.distances.cols();
  const double mean =
      graph.distances.cast<double>().sum() / (static_cast<double>(n) * static_cast<double>(k + 1));
  base::RowMatrix out(n, k);
  base::parallelBlocks((n + kRowsPerBlock - 1) / kRowsPerBlock, [&](std::int64_t block) {
    if (context.stopRequested()) {
      return;
    }
    const Eigen::Index end = std::min(n, (block + 1) * kRowsPerBlock);
    for (Eigen::Index row = block * kRowsPerBlock; row < end; ++row) {
      const LocalScale local =
          localScale({graph.distances.row(row).data(), static_cast<std::size_t>(k)}, mean);
      for (Eigen::Index i = 0; i < k; ++i) {
        out(row, i) = static_cast<float>(membership(graph.distances(row, i),
                                                    static_cast<double>(local.nearest),
                                                    static_cast<double>(local.scale)));
      }
    }
  });
  return out;
}

/// Fuzzy union.
float either(float p, float q) {
  return p + q - p * q;
}

}  // namespace

LocalScale localScale(std::span<const float> distances, double mean) {
  const auto first =
      std::find_if(distances.begin(), distances.end(), [](float d) { return d > 0; });
  const double nearest = first == distances.end() ? 0 : static_cast<double>(*first);
  const auto counted = static_cast<double>(distances.size() + 1);
  const double scale = scaleForSum(distances, nearest, std::log2(counted));
  const double own = std::accumulate(distances.begin(), distances.end(), 0.0) / counted;
  const double least = kSmallestScale * (nearest > 0 ? own : mean);
  return {static_cast<float>(nearest), static_cast<float>(std::max(scale, least))};
}

float newRowScale(std::span<const float> distances) {
  const auto counted = static_cast<double>(distances.size());
  const double scale = scaleForSum(distances.subspan(1), 0, std::log2(counted));
  const double mean = std::accumulate(distances.begin(), distances.end(), 0.0) / counted;
  return static_cast<float>(std::max(scale, kSmallestScale * mean));
}

std::optional<SymmetricEdges> fuzzySet(const neighbors::NeighborGraph& graph,
                                       const base::TaskContext& context) {
  return symmetricEdges(graph.rows, memberships(graph, context), either, context);
}

}  // namespace embedscope::projection
