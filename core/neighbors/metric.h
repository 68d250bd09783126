// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

namespace embedscope::neighbors {

enum class Metric { Cosine, Dot, Euclidean, Manhattan };

/// "cosine", "dot", "euclidean", "manhattan".
std::string_view metricName(Metric metric);
std::optional<Metric> metricFromName(std::string_view name);

/// True where a larger score means nearer (cosine, dot); distances are the other way round.
bool largerIsNearer(Metric metric);

}  // namespace embedscope::neighbors
