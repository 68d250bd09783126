// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/metric.h"

#include <algorithm>
#include <array>

namespace embedscope::neighbors {

namespace {

constexpr std::array<std::string_view, 4> kMetricNames = {"cosine", "dot", "euclidean",
                                                          "manhattan"};

}  // namespace

std::string_view metricName(Metric metric) {
  return kMetricNames.at(static_cast<std::size_t>(metric));
}

std::optional<Metric> metricFromName(std::string_view name) {
  const auto found = std::find(kMetricNames.begin(), kMetricNames.end(), name);
  if (found == kMetricNames.end()) {
    return {};
  }
  return static_cast<Metric>(found - kMetricNames.begin());
}

bool largerIsNearer(Metric metric) {
  return metric == Metric::Cosine || metric == Metric::Dot;
}

}  // namespace embedscope::neighbors
