// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/race_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace embedscope::training {

std::string_view metricTitle(const std::string& metricName) {
  return metricName == "rmse" ? std::string_view("RMSE") : std::string_view(metricName);
}

std::string meanText(double mean, double standardError) {
  if (std::isnan(mean)) {
    return "—";
  }
  if (standardError > 0) {
    const int decimals = decimalsFor(standardError);
    return fixedText(mean, decimals) + " ± " + fixedText(standardError, decimals);
  }
  // Five digits of the mean.
  return fixedText(mean, mean == 0 ? 4 : decimalsFor(std::abs(mean) / 1000));
}

std::string differenceText(const PairedDifference& difference) {
  if (difference.pairs == 0) {
    return "—";
  }
  const int decimals = decimalsOf(difference);
  std::string text = fixedText(difference.mean, decimals);
  if (difference.pairs > 1) {
    text += fmt::format(" (95 % interval {} to {})", fixedText(difference.lower, decimals),
                        fixedText(difference.upper, decimals));
  }
  return text;
}

std::string nameInSentence(const std::string& name) {
  const std::size_t comma = name.find(", ");
  return comma == std::string::npos ? name
                                    : name.substr(0, comma) + " (" + name.substr(comma + 2) + ")";
}

std::string capitalized(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') {
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  }
  return text;
}

int decimalsFor(double scale) {
  if (!(scale > 0) || !std::isfinite(scale)) {
    return 4;
  }
  return static_cast<int>(std::clamp(1 - std::floor(std::log10(scale)), 0.0, 8.0));
}

std::string fixedText(double value, int decimals) {
  const std::string text = fmt::format("{:.{}f}", std::abs(value), decimals);
  const bool isZero = text.find_first_not_of("0.") == std::string::npos;
  return (value < 0 && !isZero ? "−" : "") + text;
}

int decimalsOf(const PairedDifference& difference) {
  const double reach = (difference.upper - difference.lower) / 2;
  return decimalsFor(reach > 0 ? reach : std::abs(difference.mean));
}

}  // namespace embedscope::training
