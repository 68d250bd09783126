// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/vector_facts.h"

#include "core/base/float_text.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace embedscope::inspector {

VectorFacts vectorFacts(std::span<const float> vector) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  VectorFacts facts{0, kInfinity, -kInfinity, 0, 0};
  double sum = 0;
  double squares = 0;
  for (const float number : vector) {
    if (!std::isfinite(number)) {
      ++facts.nonFinite;
      continue;
    }
    const double value = static_cast<double>(number);
    sum += value;
    squares += value * value;
    facts.least = std::min(facts.least, value);
    facts.greatest = std::max(facts.greatest, value);
  }
  const std::int64_t finite = static_cast<std::int64_t>(vector.size()) - facts.nonFinite;
  if (finite == 0) {
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    return {kNone, kNone, kNone, kNone, facts.nonFinite};
  }
  facts.norm = std::sqrt(squares);
  facts.mean = sum / static_cast<double>(finite);
  return facts;
}

QString vectorAsText(std::span<const float> vector) {
  std::string text;
  for (const float value : vector) {
    text += text.empty() ? "" : ", ";
    base::appendFloat(text, value);
  }
  return QString::fromStdString(text);
}

}  // namespace embedscope::inspector
