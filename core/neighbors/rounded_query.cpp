// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/rounded_query.h"

#include "core/neighbors/kernels.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace embedscope::neighbors {

namespace {

constexpr double kLargestRounded = 32767;
/// Sums of products with numbers of up to 127 must stay below 2³¹.
constexpr double kLargestSum = 16'700'000;
/// More than what doubles lose here, in parts of 1.
constexpr double kOutwards = 1 + 1e-6;
/// More than what is lost of a cosine in one conversion of a length to float32 and in doubles.
constexpr double kCosineError = 1e-6;
/// More than what doubles lose of sums over a row, in parts of the lengths that take part.
constexpr double kDoubleError = 1e-12;
/// What one of very many additions loses of such a sum.
constexpr double kDoubleUnit = std::numeric_limits<double>::epsilon() / 2;
/// What a product may lose where float32 runs out of small numbers.
constexpr double kVanishing = 2e-45;
constexpr auto kLargestFloat = static_cast<double>(std::numeric_limits<float>::max());

double lostOfScores(Metric metric, std::size_t size) {
  if (metric == Metric::Dot) {
    return kVanishing * static_cast<double>(size);
  }
  return 2 * sumError(size) + (metric == Metric::Cosine ? kCosineError : 0);
}

}  // namespace

std::optional<RoundedQuery> RoundedQuery::of(Metric metric, const RoundedRows& rows,
                                             std::span<const float> query) {
  if (metric == Metric::Manhattan) {
    return {};
  }
  std::vector<double> numbers(query.begin(), query.end());
  RoundedQuery rounded(metric);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const auto centre = static_cast<double>(rows.centre()[i]);
    rounded.m_atCentre += numbers[i] * centre;
    if (metric == Metric::Euclidean) {
      numbers[i] -= centre;
    }
  }
  double centreSquares = 0;
  for (const float number : rows.centre()) {
    centreSquares += static_cast<double>(number) * static_cast<double>(number);
  }
  double largest = 0;
  double sum = 0;
  for (const double number : numbers) {
    largest = std::max(largest, std::abs(number));
    sum += std::abs(number);
  }
  rounded.m_scale = std::max(largest / kLargestRounded, sum / kLargestSum);
  if (!(rounded.m_scale > 0) && metric != Metric::Euclidean) {
    return {};
  }
  rounded.m_values.resize(rows.stride());
  double squares = 0;
  double lost = 0;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const double whole = rounded.m_scale > 0 ? std::nearbyint(numbers[i] / rounded.m_scale) : 0;
    const double near = whole * rounded.m_scale;
    rounded.m_values[i] = static_cast<std::int16_t>(whole);
    // Whole numbers add up exactly; what double lost of near² would be lost of distances as well.
    squares += metric == Metric::Euclidean ? whole * whole : numbers[i] * numbers[i];
    lost += (numbers[i] - near) * (numbers[i] - near);
  }
  rounded.m_length = std::sqrt(squares) * (metric == Metric::Euclidean ? rounded.m_scale : 1);
  rounded.m_error = std::sqrt(lost) * kOutwards + kDoubleError * rounded.m_length;
  const double sumLoss = kDoubleError + static_cast<double>(numbers.size()) * kDoubleUnit;
  rounded.m_atCentreError = sumLoss * rounded.m_length * std::sqrt(centreSquares);
  rounded.m_lost = lostOfScores(metric, query.size());
  return rounded;
}

void RoundedQuery::bounds(const RoundedRows& rows, std::int64_t first,
                          std::span<const std::int32_t> products, double* least,
                          double* most) const {
  const auto begin = static_cast<std::size_t>(first);
  const float* scales = rows.scales().data() + begin;
  const float* errors = rows.errors().data() + begin;
  const float* lengths = rows.lengths().data() + begin;
  const std::size_t count = products.size();
  if (m_metric == Metric::Euclidean) {
    const std::int32_t* squares = rows.squares().data() + begin;
    const double own = m_length * m_length;
    for (std::size_t i = 0; i < count; ++i) {
      const auto scale = static_cast<double>(scales[i]);
      const double apart = own + scale * scale * static_cast<double>(squares[i]) -
                           2 * m_scale * scale * static_cast<double>(products[i]);
      const double distance = std::sqrt(std::max(apart, 0.0));
      const double error =
          (static_cast<double>(errors[i]) + m_error) * kOutwards +
          1e-7 * (m_length + static_cast<double>(lengths[i]));  // what the sum above cancels
      least[i] = -(distance + error) * (1 + m_lost);
      most[i] = -(distance - error) * (distance > error ? 1 - m_lost : 1.0);
    }
    return;
  }
  const float* inverse = rows.inverseLengths().data() + begin;
  const bool isCosine = m_metric == Metric::Cosine;
  for (std::size_t i = 0; i < count; ++i) {
    const double factor = isCosine ? static_cast<double>(inverse[i]) : 1;
    const double score =
        (m_atCentre + m_scale * static_cast<double>(scales[i]) * static_cast<double>(products[i])) *
        factor;
    double error = (m_atCentreError + m_length * static_cast<double>(errors[i]) +
                    m_error * static_cast<double>(lengths[i])) *
                       factor * kOutwards +
                   m_lost;
    // A row of zeros has score 0, however far the centre is; rows that hold NaN keep theirs.
    error = factor > 0 || std::isnan(errors[i]) ? error : m_lost;
    least[i] = score - error;
    most[i] = score + error;
  }
}

double usableLimit(Metric metric, double least) {
  if (metric == Metric::Cosine) {
    return std::min(least, 1.0);
  }
  const double farthest = -kLargestFloat;
  return least < farthest ? -std::numeric_limits<double>::infinity()
                          : std::min(least, kLargestFloat);
}

}  // namespace embedscope::neighbors
