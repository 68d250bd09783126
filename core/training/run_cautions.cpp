// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/caution.h"
#include "core/training/caution_text.h"
#include "core/training/learning_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace embedscope::training {

namespace {

using Kind = Caution::Kind;

constexpr double kOutOfProportion =
    10;  // times the usual length; good runs stay below 2, rash ones below 5

struct Longest {
  std::int64_t row = 0;
  double length = 0;  ///< NaN when a number is not finite
};

Longest longestRow(const ConstMatrixRef<float>& table) {
  Longest longest;
  for (Eigen::Index i = 0; i < table.rows(); ++i) {
    const double length = table.row(i).cast<double>().norm();
    if (!std::isfinite(length)) {
      return {i, std::nan("")};
    }
    if (length > longest.length) {
      longest = {i, length};
    }
  }
  return longest;
}

std::optional<std::string> explosion(const FeatureRecipe& feature,
                                     const table::Vocabulary& vocabulary,
                                     const ConstMatrixRef<float>& initial,
                                     const ConstMatrixRef<float>& current) {
  constexpr const char* kRemedy = "Lower the learning rate, clip the gradient, or set a max-norm.";
  const Longest now = longestRow(current);
  const std::string label = inQuotes(vocabulary.label(now.row));
  if (std::isnan(now.length)) {
    return fmt::format("The vector of {} of {} is no longer finite. {}", label,
                       inQuotes(feature.name), kRemedy);
  }
  const double start = longestRow(initial).length;
  const double usual = std::max(start, std::sqrt(static_cast<double>(current.cols())));
  if (!(now.length > kOutOfProportion * usual)) {
    return {};
  }
  return fmt::format(
      "The longest vector of {} ({}) has grown to {:.3g}, from at most {:.3g} at "
      "the start, out of proportion. {}",
      inQuotes(feature.name), label, now.length, start, kRemedy);
}

std::optional<std::string> standstill(const FeatureRecipe& feature,
                                      const table::Vocabulary& vocabulary,
                                      std::span<const std::int64_t> trainingRows,
                                      const ConstMatrixRef<float>& initial,
                                      const ConstMatrixRef<float>& current) {
  const std::vector<bool> learns = learningRows(feature, vocabulary.size());
  std::vector<std::int64_t> dead;
  std::int64_t trained = 0;
  for (Eigen::Index i = 0; i < current.rows(); ++i) {
    const auto row = static_cast<std::size_t>(i);
    if (!learns[row] || trainingRows[row] == 0) {
      continue;
    }
    ++trained;
    if (current.row(i) == initial.row(i)) {
      dead.push_back(i);
    }
  }
  if (dead.empty()) {
    return {};
  }
  const bool one = dead.size() == 1;
  return fmt::format(
      "{} of {} with training rows in {} never moved ({}): no gradient reaches {}. Hidden units "
      "may "
      "be dead, or steps too small to change a number: try another learning rate, or vectors that "
      "start smaller.",
      counted(static_cast<std::int64_t>(dead.size()), "vector", "vectors"),
      counted(trained, "category", "categories"), inQuotes(feature.name),
      examples(vocabulary, dead), one ? "it" : "them");
}

}  // namespace

std::vector<Caution> runCautions(const FeatureRecipe& feature, const table::Vocabulary& vocabulary,
                                 std::span<const std::int64_t> trainingRows,
                                 const ConstMatrixRef<float>& initial,
                                 const ConstMatrixRef<float>& current, std::int64_t epochs) {
  std::vector<Caution> cautions;
  if (isOneHotInput(feature) || feature.frozen || current.rows() == 0) {
    return cautions;
  }
  if (auto text = explosion(feature, vocabulary, initial, current)) {
    cautions.push_back({Kind::ExplodingNorms, feature.name, std::move(*text)});
  }
  if (epochs < 1) {
    return cautions;
  }
  if (auto text = standstill(feature, vocabulary, trainingRows, initial, current)) {
    cautions.push_back({Kind::DeadRows, feature.name, std::move(*text)});
  }
  return cautions;
}

}  // namespace embedscope::training
