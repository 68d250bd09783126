// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/caution.h"

#include "core/base/text.h"
#include "core/training/caution_text.h"
#include "core/training/column_check.h"
#include "core/training/target_leakage.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace embedscope::training {

namespace {

using base::groupedDigits;
using Kind = Caution::Kind;

constexpr std::int64_t kFewestValidationRows = 100;

constexpr std::array<std::pair<Kind, std::string_view>, 9> kNames = {
    {{Kind::NoTrainingRow, "no-training-row"},
     {Kind::OneTrainingRow, "one-training-row"},
     {Kind::NotInValidation, "not-in-validation"},
     {Kind::TargetLeakage, "target-leakage"},
     {Kind::ConstantColumn, "constant-column"},
     {Kind::Identifier, "identifier"},
     {Kind::ExplodingNorms, "exploding-norms"},
     {Kind::DeadRows, "dead-rows"},
     {Kind::SmallValidation, "small-validation"}}};

const FeatureRecipe& recipeOf(const TrainingRecipe& recipe, std::size_t column) {
  static const FeatureRecipe usual;
  return column < recipe.features.size() ? recipe.features[column] : usual;
}

void checkNumbers(const data::Dataset& dataset, const RowSplit& split, const CodedValues& target,
                  std::vector<Caution>& cautions) {
  for (Eigen::Index j = 0; j < dataset.numeric.cols(); ++j) {
    const std::string& name = dataset.numericNames[static_cast<std::size_t>(j)];
    const Eigen::VectorXd column = dataset.numeric.col(j);
    const std::span<const double> values(column.data(), static_cast<std::size_t>(column.size()));
    const CodedValues coded = codedValues(values);
    if (isSameUpToScale(values, dataset.target.values)) {
      cautions.push_back({Kind::TargetLeakage, name,
                          fmt::format("{} is the target {} in another unit: one is the other times "
                                      "a number, plus a number. Leave it out.",
                                      inQuotes(name), inQuotes(dataset.target.name))});
    } else if (const auto leakage = leakageOf(coded.codes, coded.distinct, target)) {
      cautions.push_back(
          {Kind::TargetLeakage, name,
           fmt::format(
               "{} decides the target {}: for each of its {} the target is always the same. "
               "Leave it out if it is known only with the target.",
               inQuotes(name), inQuotes(dataset.target.name),
               counted(leakage->categories, "value", "values"))});
    }
    const bool constant = std::all_of(
        split.training.begin(), split.training.end(),
        [&](std::int64_t row) { return column(row) == column(split.training.front()); });
    if (constant && !split.training.empty()) {
      cautions.push_back(
          {Kind::ConstantColumn, name,
           fmt::format("{} is {} in all training rows: it tells nothing. Leave it out.",
                       inQuotes(name), column(split.training.front()))});
    }
  }
}

/// Standard errors for v rows: an accuracy of one half has 0.5 / √v, a root mean square error of
/// normal errors 1 / √(2v) of itself.
void checkValidation(const data::Dataset& dataset, const RowSplit& split,
                     std::vector<Caution>& cautions) {
  const auto rows = static_cast<std::int64_t>(split.validation.size());
  if (rows >= kFewestValidationRows) {
    return;
  }
  if (rows == 0) {
    cautions.push_back({Kind::SmallValidation,
                        {},
                        "There are no validation rows: nothing tells how good the model is on rows "
                        "it has not seen. Set a share for validation."});
    return;
  }
  const bool regression = dataset.target.kind == data::TargetKind::Regression;
  const auto v = static_cast<double>(rows);
  const std::string error =
      regression ? fmt::format("the error of one run is only known to about ±{:.0f} % of itself",
                               100 / std::sqrt(2 * v))
                 : fmt::format(
                       "the accuracy of one run is only known to about ±{:.0f} percentage "
                       "points",
                       50 / std::sqrt(v));
  cautions.push_back(
      {Kind::SmallValidation,
       {},
       fmt::format("{}: {} (one standard error), so small differences between approaches mean "
                   "little. Take a larger share for validation, and several seeds.",
                   rows == 1 ? "There is 1 validation row"
                             : fmt::format("There are {} validation rows", groupedDigits(rows)),
                   error)});
}

}  // namespace

std::string_view cautionName(Caution::Kind kind) {
  const auto found = std::find_if(kNames.begin(), kNames.end(),
                                  [&](const auto& entry) { return entry.first == kind; });
  return found == kNames.end() ? std::string_view{} : found->second;
}

std::vector<std::int64_t> rowsPerCategory(const data::CategoricalColumn& column,
                                          std::span<const std::int64_t> rows) {
  std::vector<std::int64_t> counts(static_cast<std::size_t>(column.vocabulary.size()), 0);
  for (const std::int64_t row : rows) {
    ++counts[static_cast<std::size_t>(column.codes[static_cast<std::size_t>(row)])];
  }
  return counts;
}

std::vector<Caution> dataCautions(const data::Dataset& dataset, const TrainingRecipe& recipe,
                                  const RowSplit& split) {
  const CodedValues target = codedTarget(dataset.target);
  std::vector<Caution> cautions;
  for (std::size_t i = 0; i < dataset.categorical.size(); ++i) {
    std::vector<Caution> found =
        ColumnCheck(dataset.categorical[i], recipeOf(recipe, i), split, dataset.target, target)
            .run();
    std::move(found.begin(), found.end(), std::back_inserter(cautions));
  }
  checkNumbers(dataset, split, target, cautions);
  if (!target.codes.empty()) {
    checkValidation(dataset, split, cautions);
  }
  return cautions;
}

}  // namespace embedscope::training
