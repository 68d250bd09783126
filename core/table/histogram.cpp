// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/histogram.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace embedscope::table {

namespace {

/// Numbers this near to each other, by their size, are one number in float32.
constexpr double kRounding = 1e-6;
constexpr double kEdgeRounding = 1e-9;  // of a bin, how far the last edge may be off
constexpr double kOneBinPart = 0.1;     // of the number, the width of a bin around it

std::vector<double> finiteOnes(std::span<const double> values) {
  std::vector<double> out;
  out.reserve(values.size());
  std::ranges::copy_if(values, std::back_inserter(out), [](double v) { return std::isfinite(v); });
  return out;
}

/// The quantile by linear interpolation; reorders the values. @param part  in [0, 1].
double quantile(std::vector<double>& values, double part) {
  const double place = part * static_cast<double>(values.size() - 1);
  const auto low = static_cast<std::ptrdiff_t>(place);
  std::nth_element(values.begin(), values.begin() + low, values.end());
  const double at = values[static_cast<std::size_t>(low)];
  if (static_cast<std::size_t>(low) + 1 == values.size()) {
    return at;
  }
  const double next = *std::min_element(values.begin() + low + 1, values.end());
  return at + (next - at) * (place - static_cast<double>(low));
}

}  // namespace

std::int64_t Bins::binOf(double value) const {
  const double place = (value - start) / width;
  if (!(place >= 0) || count == 0 || place > static_cast<double>(count) + kEdgeRounding) {
    return -1;
  }
  return std::min(static_cast<std::int64_t>(place), count - 1);
}

Bins freedmanDiaconisBins(std::span<const double> values, std::int64_t most) {
  std::vector<double> numbers = finiteOnes(values);
  if (numbers.empty()) {
    return {};
  }
  const auto [least, greatest] = std::ranges::minmax(numbers);
  const double range = greatest - least;
  const double size = std::max(std::abs(least), std::abs(greatest));
  if (range <= kRounding * size) {
    const double width = size > 0 ? kOneBinPart * size : 1;
    return {(least + greatest - width) / 2, width, 1};
  }
  const auto n = static_cast<double>(numbers.size());
  const double spread = quantile(numbers, 0.75) - quantile(numbers, 0.25);
  const double wanted =
      spread > 0 ? std::ceil(range * std::cbrt(n) / (2 * spread)) : std::ceil(std::log2(n)) + 1;
  const std::int64_t count =
      wanted >= static_cast<double>(most) ? most : std::max<std::int64_t>(1, std::llround(wanted));
  return {least, range / static_cast<double>(count), count};
}

std::vector<std::int64_t> binCounts(std::span<const double> values, const Bins& bins) {
  std::vector<std::int64_t> counts(static_cast<std::size_t>(bins.count));
  for (const double value : values) {
    if (const std::int64_t bin = bins.binOf(value); bin >= 0) {
      ++counts[static_cast<std::size_t>(bin)];
    }
  }
  return counts;
}

std::vector<std::int64_t> binCounts(std::span<const double> values, const Bins& bins,
                                    const RowSet& rows) {
  std::vector<std::int64_t> counts(static_cast<std::size_t>(bins.count));
  for (const std::int64_t row : rows.rows()) {
    if (const std::int64_t bin = bins.binOf(values[static_cast<std::size_t>(row)]); bin >= 0) {
      ++counts[static_cast<std::size_t>(bin)];
    }
  }
  return counts;
}

SpreadFacts spreadFacts(std::span<const double> values) {
  std::vector<double> numbers = finiteOnes(values);
  SpreadFacts facts;
  facts.finite = std::ssize(numbers);
  facts.nonFinite = std::ssize(values) - facts.finite;
  if (numbers.empty()) {
    return facts;
  }
  double sum = 0;
  for (const double value : numbers) {
    sum += value;
    facts.zeros += value == 0 ? 1 : 0;
  }
  facts.mean = sum / static_cast<double>(numbers.size());
  const auto [least, greatest] = std::ranges::minmax(numbers);
  facts.least = least;
  facts.greatest = greatest;
  facts.median = quantile(numbers, 0.5);
  return facts;
}

}  // namespace embedscope::table
