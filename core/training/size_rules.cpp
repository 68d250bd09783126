// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/size_rules.h"

#include <algorithm>
#include <cmath>

namespace embedscope::training {

namespace {

constexpr std::int64_t kFastaiMost = 600;
constexpr std::int64_t kHalfMost = 50;
constexpr std::int64_t kForecastingMost = 100;
constexpr double kAutoGluonLeast = 2;
constexpr double kAutoGluonMost = 100;
constexpr std::int64_t kAutoGluonFewest = 4;  // categories that are embedded

std::int64_t atLeastOne(std::int64_t dimension) {
  return std::max<std::int64_t>(1, dimension);
}

/// What fastai, pytorch-forecasting and AutoGluon round and limit, each in its own way.
double powerLaw(std::int64_t n) {
  return 1.6 * std::pow(static_cast<double>(n), 0.56);
}

SizeRule fastai(std::int64_t n) {
  return {"fastai", "min(600, round(1.6 · n^0.56))",
          "fastai, tabular/model.py: found by trial and error", powerLaw(n),
          atLeastOne(std::min<std::int64_t>(kFastaiMost, std::llround(powerLaw(n))))};
}

SizeRule olderFastai(std::int64_t n) {
  return {"older fastai", "min(50, (n + 1) // 2)",
          "fastai before 1.0 (forums.fast.ai/t/50691), still the rule of pytorch_tabular",
          static_cast<double>(n + 1) / 2, atLeastOne(std::min(kHalfMost, (n + 1) / 2))};
}

SizeRule forecasting(std::int64_t n) {
  const std::int64_t rounded =
      n > 2 ? std::min<std::int64_t>(kForecastingMost, std::llround(powerLaw(n))) : 1;
  return {"pytorch-forecasting", "min(100, round(1.6 · n^0.56)), but 1 for n ≤ 2",
          "pytorch-forecasting and darts, source: fastai's rule with another limit", powerLaw(n),
          atLeastOne(rounded)};
}

SizeRule autoGluon(std::int64_t n) {
  const double limited = std::clamp(powerLaw(n), kAutoGluonLeast, kAutoGluonMost);
  return {"AutoGluon",
          "int(max(2, min(100, 1.6 · n^0.56))), one-hot for n < 4",
          "AutoGluon, neural network for tables, source; its comment lists 3, 4, 10, 100 and 1,000 "
          "as possible switches",
          powerLaw(n),
          static_cast<std::int64_t>(limited),
          n < kAutoGluonFewest ? SizeRule::Meaning::OneHot : SizeRule::Meaning::Size};
}

SizeRule fourthRoot(std::int64_t n) {
  const double exact = std::pow(static_cast<double>(n), 0.25);
  return {"Google, fourth root", "n^0.25",
          "Google Developers Blog, 20 November 2017, “Introducing TensorFlow Feature Columns”: "
          "just a general guideline",
          exact, atLeastOne(std::llround(exact))};
}

SizeRule guoBerkhahn(std::int64_t n) {
  return {
      "Guo & Berkhahn",
      "1 ≤ d ≤ n − 1; start with n − 1",
      "Guo and Berkhahn 2016, arXiv 1604.06737: a bound, the size is to be tuned. Start with the "
      "number of aspects that describe a category, with n − 1 when none come to mind. Their own "
      "choices for shop sales: store 1,115 → 50, day of month 31 → 10, month 12 → 6, state 12 → 6, "
      "weekday 7 → 6, year 3 → 2; the promotion, yes or no, is not embedded",
      static_cast<double>(n - 1),
      atLeastOne(n - 1),
      SizeRule::Meaning::UpperBound};
}

}  // namespace

std::vector<SizeRule> sizeRules(std::int64_t categories) {
  const std::int64_t n = categories;
  return {fastai(n), olderFastai(n), forecasting(n), autoGluon(n), fourthRoot(n), guoBerkhahn(n)};
}

SizePrinciple sizePrinciple() {
  return {"Yin & Shen",
          "An optimal size exists: too small a table loses structure of the data, too large a one "
          "learns its noise. Where it lies depends on the data and not on n alone, so it has to be "
          "measured.",
          "Yin and Shen, NeurIPS 2018, arXiv 1812.04224: the pairwise inner product loss "
          "‖E₁E₁ᵀ − E₂E₂ᵀ‖ of word vectors, as bias and variance"};
}

double breakEvenDimension(std::int64_t categories, std::int64_t hidden) {
  const auto n = static_cast<double>(categories);
  const auto h = static_cast<double>(hidden);
  return n * h / (n + h);
}

}  // namespace embedscope::training
