// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/correlation.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace embedscope::evaluation {

namespace {

bool isConstant(std::span<const double> x) {
  return std::ranges::all_of(x, [&](double value) { return value == x.front(); });
}

double meanOf(std::span<const double> x) {
  return std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size());
}

/// Ranks from 1; equal numbers share the mean of theirs.
std::vector<double> ranksOf(std::span<const double> x) {
  std::vector<std::size_t> order(x.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return x[i]; });
  std::vector<double> ranks(x.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t end = first + 1;
    while (end < order.size() && x[order[end]] == x[order[first]]) {
      ++end;
    }
    const double rank = static_cast<double>(first + 1 + end) / 2;
    for (; first < end; ++first) {
      ranks[order[first]] = rank;
    }
  }
  return ranks;
}

}  // namespace

std::optional<double> pearsonCorrelation(std::span<const double> x, std::span<const double> y) {
  if (x.size() < 2 || isConstant(x) || isConstant(y)) {
    return {};
  }
  const double meanX = meanOf(x);
  const double meanY = meanOf(y);
  double products = 0;
  double squaresX = 0;
  double squaresY = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double dx = x[i] - meanX;
    const double dy = y[i] - meanY;
    products += dx * dy;
    squaresX += dx * dx;
    squaresY += dy * dy;
  }
  return std::clamp(products / std::sqrt(squaresX) / std::sqrt(squaresY), -1.0, 1.0);
}

std::optional<double> spearmanCorrelation(std::span<const double> x, std::span<const double> y) {
  const std::vector<double> ranksX = ranksOf(x);
  const std::vector<double> ranksY = ranksOf(y);
  return pearsonCorrelation(ranksX, ranksY);
}

}  // namespace embedscope::evaluation
