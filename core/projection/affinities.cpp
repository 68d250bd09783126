// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/affinities.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace embedscope::projection {

namespace {

constexpr Eigen::Index kRowsPerBlock = 256;
constexpr int kMostSteps = 100;
constexpr double kTolerance = 1e-7;  ///< of the entropy
constexpr double kLongestStep = 4;   ///< of the logarithm of the precision

/// Sums over likelihoods exp(−precision·excess) of the neighbors.
struct Moments {
  double total = 0;
  double mean = 0;      ///< of the excess
  double variance = 0;  ///< of the excess
};

Moments momentsOf(std::span<const double> excess, double precision) {
  Moments sums;
  for (const double value : excess) {
    const double likelihood = std::exp(-precision * value);
    sums.total += likelihood;
    sums.mean += likelihood * value;
    sums.variance += likelihood * value * value;
  }
  sums.mean /= sums.total;
  sums.variance = std::max(sums.variance / sums.total - sums.mean * sums.mean, 0.0);
  return sums;
}

/// The logarithm of the precision at which the entropy, log(total) + precision·mean, is `wanted`.
/// The entropy falls with it, by precision²·variance for each unit.
double logPrecision(std::span<const double> excess, double wanted) {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  double average = 0;
  for (const double value : excess) {
    average += value / static_cast<double>(excess.size());
  }
  double place = -std::log(average);
  for (int step = 0; step < kMostSteps; ++step) {
    const double precision = std::exp(place);
    const Moments sums = momentsOf(excess, precision);
    const double beyond = std::log(sums.total) + precision * sums.mean - wanted;
    if (std::abs(beyond) < kTolerance) {
      break;
    }
    (beyond > 0 ? low : high) = place;
    const double slope = precision * precision * sums.variance;
    double next = place + std::clamp(beyond / slope, -kLongestStep, kLongestStep);
    if (!(next > low && next < high)) {
      next = std::isinf(low)    ? place - kLongestStep
             : std::isinf(high) ? place + kLongestStep
                                : (low + high) / 2;
    }
    place = next;
  }
  return place;
}

float half(float p, float q) {
  return (p + q) / 2;
}

}  // namespace

void perplexityShares(std::span<const float> squares, double perplexity, std::span<float> out) {
  std::vector<double> excess(squares.size());
  const auto nearest = static_cast<double>(squares.front());
  std::transform(squares.begin(), squares.end(), excess.begin(),
                 [&](float square) { return static_cast<double>(square) - nearest; });
  if (!(excess.back() > 0)) {
    std::fill(out.begin(), out.end(), 1.0F / static_cast<float>(out.size()));
    return;
  }
  const double precision = std::exp(logPrecision(excess, std::log(perplexity)));
  const double total = momentsOf(excess, precision).total;
  std::transform(excess.begin(), excess.end(), out.begin(), [&](double value) {
    return static_cast<float>(std::exp(-precision * value) / total);
  });
}

double possiblePerplexity(double perplexity, Eigen::Index rows) {
  return std::min(perplexity, static_cast<double>(rows - 1) / 3);
}

Eigen::Index perplexityNeighbors(double perplexity, Eigen::Index rows) {
  const double wanted = 3 * possiblePerplexity(perplexity, rows);
  return std::clamp<Eigen::Index>(static_cast<Eigen::Index>(wanted + 1e-9), 1, rows - 1);
}

std::optional<SymmetricEdges> affinities(const neighbors::NeighborGraph& graph,
                                         neighbors::Metric metric, double perplexity,
                                         const base::TaskContext& context) {
  const Eigen::Index n = graph.distances.rows();
  const Eigen::Index k = graph.distances.cols();
  base::RowMatrix shares(n, k);
  base::parallelBlocks((n + kRowsPerBlock - 1) / kRowsPerBlock, [&](std::int64_t block) {
    if (context.stopRequested()) {
      return;
    }
    std::vector<float> squares(static_cast<std::size_t>(k));
    const Eigen::Index end = std::min(n, (block + 1) * kRowsPerBlock);
    for (Eigen::Index row = block * kRowsPerBlock; row < end; ++row) {
      const float* distances = graph.distances.row(row).data();
      std::transform(distances, distances + k, squares.begin(), [&](float distance) {
        return metric == neighbors::Metric::Euclidean ? distance * distance : distance;
      });
      perplexityShares(squares, perplexity, {shares.row(row).data(), squares.size()});
    }
  });
  if (context.stopRequested()) {
    return {};
  }
  return symmetricEdges(graph.rows, shares, half, context);
}

}  // namespace embedscope::projection
