// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/size_rules.h"

#include <algorithm>
#include <cmath>

namespace embedscope::training {

namespace {

constexpr std::int64_t kFastaiMost = 600;
constexpr std::int64_t kHalfMost = 50;

std::int64_t atLeastOne(std::int64_t dimension) {
  return std::max<std::int64_t>(1, dimension);
}

SizeRule fastai(double n) {
  const double exact = 1.6 * std::pow(n, 0.56);
  return {"fastai", "min(600, round(1.6 · n^0.56))",
          "fastai, tabular/model.py: found by trial and error", exact,
          atLeastOne(std::min<std::int64_t>(kFastaiMost, std::llround(exact)))};
}

SizeRule half(std::int64_t n) {
  return {"half, at most 50", "min(50, (n + 1) / 2)",
          "Older fastai, still the rule of pytorch_tabular", static_cast<double>(n + 1) / 2,
          atLeastOne(std::min(kHalfMost, (n + 1) / 2))};
}

SizeRule fourthRoot(double n) {
  const double exact = std::pow(n, 0.25);
  return {"fourth root", "n^¼",
          "Google Developers Blog, 20 November 2017, “Introducing TensorFlow Feature Columns”: "
          "just a general guideline",
          exact, atLeastOne(std::llround(exact))};
}

SizeRule guoBerkhahn(std::int64_t n) {
  return {"Guo & Berkhahn", "1 ≤ d ≤ n − 1",
          "Guo and Berkhahn 2016, arXiv 1604.06737: a bound, not a recommendation; start here when "
          "nothing is known about the categories",
          static_cast<double>(n - 1), atLeastOne(n - 1)};
}

}  // namespace

std::vector<SizeRule> sizeRules(std::int64_t categories) {
  const auto n = static_cast<double>(categories);
  return {fastai(n), half(categories), fourthRoot(n), guoBerkhahn(categories)};
}

double breakEvenDimension(std::int64_t categories, std::int64_t hidden) {
  const auto n = static_cast<double>(categories);
  const auto h = static_cast<double>(hidden);
  return n * h / (n + h);
}

}  // namespace embedscope::training
