// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/row_score.h"

#include "core/neighbors/kernels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace embedscope::neighbors {

namespace {

/// True where float32 neither overflowed nor lost digits.
bool isOrdinary(float squares) {
  return squares >= kSmallestSquares && squares <= kLargestSquares;
}

/// The score in double, for the rare rows that float32 is too narrow for.
float carefulScore(Metric metric, std::span<const float> row, std::span<const float> query) {
  if (!allFinite(row)) {
    return std::numeric_limits<float>::quiet_NaN();
  }
  double products = 0;
  double squares = 0;
  double differences = 0;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const auto x = static_cast<double>(row[i]);
    const auto y = static_cast<double>(query[i]);
    products += x * y;
    squares += metric == Metric::Euclidean ? (x - y) * (x - y) : x * x;
    differences += std::abs(x - y);
  }
  switch (metric) {
    case Metric::Cosine:
      return squares > 0
                 ? std::clamp(static_cast<float>(products / std::sqrt(squares)), -1.0F, 1.0F)
                 : 0.0F;
    case Metric::Dot:
      return static_cast<float>(products);
    case Metric::Euclidean:
      return static_cast<float>(std::sqrt(squares));
    case Metric::Manhattan:
      break;
  }
  return static_cast<float>(differences);
}

}  // namespace

bool allFinite(std::span<const float> values) {
  // Zero times a number is zero, unless it is NaN or infinite: a sum without branches.
  std::array<float, 8> sums{};
  std::size_t i = 0;
  for (; i + sums.size() <= values.size(); i += sums.size()) {
    for (std::size_t lane = 0; lane < sums.size(); ++lane) {
      sums[lane] += values[i + lane] * 0.0F;
    }
  }
  float sum = std::accumulate(sums.begin(), sums.end(), 0.0F);
  for (; i < values.size(); ++i) {
    sum += values[i] * 0.0F;
  }
  return sum == 0;
}

std::vector<float> preparedQuery(Metric metric, std::span<const float> query) {
  std::vector<float> prepared(query.begin(), query.end());
  const double length = vectorLength(query.data(), query.size());
  if (metric == Metric::Cosine && length > 0) {
    for (float& value : prepared) {
      value = static_cast<float>(static_cast<double>(value) / length);
    }
  }
  return prepared;
}

float rowScore(Metric metric, std::span<const float> row, std::span<const float> query) {
  const std::size_t size = row.size();
  switch (metric) {
    case Metric::Cosine: {
      const ProductAndSquares sums = productAndSquares(row.data(), query.data(), size);
      return isOrdinary(sums.squares)
                 ? std::clamp(sums.product * (1 / std::sqrt(sums.squares)), -1.0F, 1.0F)
                 : carefulScore(metric, row, query);
    }
    case Metric::Dot: {
      const float product = dotProduct(row.data(), query.data(), size);
      return std::isfinite(product) ? product : carefulScore(metric, row, query);
    }
    case Metric::Euclidean: {
      const float squares = squaredDistance(row.data(), query.data(), size);
      return isOrdinary(squares) ? std::sqrt(squares) : carefulScore(metric, row, query);
    }
    case Metric::Manhattan:
      break;
  }
  const float sum = absoluteDistance(row.data(), query.data(), size);
  return std::isfinite(sum) ? sum : carefulScore(metric, row, query);
}

}  // namespace embedscope::neighbors
