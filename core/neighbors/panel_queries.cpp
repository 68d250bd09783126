// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/panel_queries.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace embedscope::neighbors {

namespace {

/// More than what doubles lose here, in parts of 1.
constexpr double kOutwards = 1 + 1e-6;
constexpr double kWider = 1 + kPanelRounding;
/// Larger terms might overflow in products with what rows bring; so might limits.
constexpr double kLargestTerm = 1e18;
constexpr double kLargestLimit = 1e30;
/// More than what terms lose where float32 runs out of small numbers.
constexpr double kVanishing = 1e-26;
constexpr float kInfinity = std::numeric_limits<float>::infinity();

}  // namespace

PanelQueries::PanelQueries(Metric metric, std::span<const std::optional<RoundedQuery>> queries,
                           const RoundedRows& rows, int largest)
    : m_metric(metric),
      m_size((rows.centre().size() + kPanelStep - 1) / kPanelStep * kPanelStep),
      m_values(queries.size() * m_size),
      m_queries(queries.size()) {
  base::parallelBlocks(static_cast<std::int64_t>(queries.size()), [&](std::int64_t block) {
    const auto place = static_cast<std::size_t>(block);
    if (queries[place]) {
      add(*queries[place], place, largest);
    }
  });
}

void PanelQueries::add(const RoundedQuery& rounded, std::size_t place, int largest) {
  Query& query = m_queries[place];
  const auto numbers = std::span(rounded.values()).first(m_size);
  int reach = 0;
  for (const std::int16_t number : numbers) {
    reach = std::max(reach, std::abs(int{number}));
  }
  query.scale = reach > 0 ? rounded.scale() * reach / largest : 1;
  const double factor = reach > 0 ? static_cast<double>(largest) / reach : 0;
  double lost = 0;
  double squares = 0;
  std::int32_t sum = 0;
  for (std::size_t i = 0; i < m_size; ++i) {
    const double whole = std::nearbyint(numbers[i] * factor);
    const double rest = rounded.scale() * numbers[i] - query.scale * whole;
    lost += rest * rest;
    squares += whole * whole;
    sum += static_cast<std::int32_t>(whole);
    m_values[place * m_size + i] = static_cast<std::int8_t>(whole);
  }
  query.start = -128 * sum;
  query.error = rounded.error() + std::sqrt(lost) * kOutwards;
  query.lost = rounded.lost();
  query.length = query.scale * std::sqrt(squares);
  if (m_metric != Metric::Euclidean) {
    const double atCentre = rounded.atCentre() + rounded.atCentreError() +
                            kPanelRounding * std::abs(rounded.atCentre());
    query.terms = {atCentre / query.scale, rounded.length() * kWider / query.scale,
                   (query.error * kWider + kPanelRounding * query.length) / query.scale};
  }
}

PanelQuery PanelQueries::asked(std::size_t place, double limit) const {
  const Query& query = m_queries[place];
  PanelQuery asked{query.start, {}, limit > 0 ? kInfinity : -kInfinity};
  if (std::isinf(limit)) {
    return asked;
  }
  std::array<double, kPanelTerms> terms = query.terms;
  double least = limit - query.lost - kPanelRounding * std::abs(limit);
  if (m_metric == Metric::Euclidean) {
    const double reach = (-limit / (1 - query.lost) + query.error) * kOutwards;
    terms = {2 * reach * kWider / query.scale, 1 / query.scale, 0};
    least = query.length * query.length * (1 - kPanelRounding) - reach * reach * kWider;
  }
  least = least / query.scale - kVanishing;
  if (!(std::abs(least) <= kLargestLimit) ||
      std::ranges::any_of(terms, [](double term) { return !(std::abs(term) <= kLargestTerm); })) {
    // What float32 cannot hold excludes no row.
    asked.limit = -kInfinity;
    return asked;
  }
  std::ranges::transform(terms, asked.terms.begin(),
                         [](double term) { return static_cast<float>(term); });
  asked.limit = static_cast<float>(least);
  return asked;
}

}  // namespace embedscope::neighbors
