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
base::RowMatrix memberships(const neighbors::NeighborGraph& graph) {
  const Eigen::Index n = graph.distances.rows();
  const Eigen::Index k = graph.distances.cols();
  const double mean =
      graph.distances.cast<double>().sum() / (static_cast<double>(n) * static_cast<double>(k + 1));
  base::RowMatrix out(n, k);
  base::parallelBlocks((n + kRowsPerBlock - 1) / kRowsPerBlock, [&](std::int64_t block) {
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

/// One end's view of an edge.
struct View {
  std::int32_t other;
  float weight;
};

/// For every row its own views and those of the rows that list it, by the other end.
std::vector<std::vector<View>> viewsOfBothEnds(const neighbors::NeighborGraph& graph) {
  const base::RowMatrix seen = memberships(graph);
  std::vector<std::vector<View>> views(static_cast<std::size_t>(seen.rows()));
  for (Eigen::Index row = 0; row < seen.rows(); ++row) {
    for (Eigen::Index i = 0; i < seen.cols(); ++i) {
      const std::int32_t other = graph.rows(row, i);
      views[static_cast<std::size_t>(row)].push_back({other, seen(row, i)});
      views[static_cast<std::size_t>(other)].push_back(
          {static_cast<std::int32_t>(row), seen(row, i)});
    }
  }
  return views;
}

/// Joins the two views of an edge, where there are two.
void unite(std::vector<View>& views) {
  std::sort(views.begin(), views.end(),
            [](const View& a, const View& b) { return a.other < b.other; });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < views.size(); ++i) {
    if (kept > 0 && views[kept - 1].other == views[i].other) {
      float& weight = views[kept - 1].weight;
      weight = weight + views[i].weight - weight * views[i].weight;
    } else {
      views[kept++] = views[i];
    }
  }
  views.resize(kept);
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

FuzzySet fuzzySet(const neighbors::NeighborGraph& graph) {
  std::vector<std::vector<View>> views = viewsOfBothEnds(graph);
  const auto n = static_cast<std::int64_t>(views.size());
  base::parallelBlocks((n + kRowsPerBlock - 1) / kRowsPerBlock, [&](std::int64_t block) {
    const std::int64_t end = std::min(n, (block + 1) * kRowsPerBlock);
    for (std::int64_t row = block * kRowsPerBlock; row < end; ++row) {
      unite(views[static_cast<std::size_t>(row)]);
    }
  });
  FuzzySet set;
  set.begins.push_back(0);
  for (const std::vector<View>& row : views) {
    for (const View& view : row) {
      if (view.weight > 0) {
        set.others.push_back(view.other);
        set.weights.push_back(view.weight);
      }
    }
    set.begins.push_back(set.others.size());
  }
  return set;
}

}  // namespace embedscope::projection
