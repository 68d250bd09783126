// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/column_check.h"

#include "core/base/text.h"
#include "core/training/caution_text.h"
#include "core/training/learning_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace embedscope::training {

namespace {

using base::groupedDigits;
using Kind = Caution::Kind;

constexpr std::int64_t kFewestRowsForIdentifier = 20;
constexpr double kIdentifierShare = 0.8;  // of the rows, alone in their category

}  // namespace

ColumnCheck::ColumnCheck(const data::CategoricalColumn& column, const FeatureRecipe& feature,
                         const RowSplit& split, const data::Target& target,
                         const CodedValues& coded)
    : m_column(column),
      m_feature(feature),
      m_target(target),
      m_coded(coded),
      m_training(rowsPerCategory(column, split.training)),
      m_validation(rowsPerCategory(column, split.validation)),
      m_hasValidation(!split.validation.empty()) {}

std::vector<Caution> ColumnCheck::run() {
  if (isIdentifier()) {
    tellIdentifier();
    return std::move(m_cautions);
  }
  tellRareCategories();
  tellNotInValidation();
  tellLeakage();
  tellConstant();
  return std::move(m_cautions);
}

void ColumnCheck::tell(Kind kind, std::string text) {
  m_cautions.push_back({kind, m_column.name, std::move(text)});
}

std::string ColumnCheck::name() const {
  return inQuotes(m_column.name);
}

std::string ColumnCheck::share(std::size_t some) const {
  return fmt::format("{} of {} of {}", groupedDigits(static_cast<std::int64_t>(some)),
                     counted(m_column.vocabulary.size(), "category", "categories"), name());
}

bool ColumnCheck::isIdentifier() const {
  const auto rows = static_cast<std::int64_t>(m_column.codes.size());
  std::int64_t alone = 0;
  for (std::size_t i = 0; i < m_training.size(); ++i) {
    alone += m_training[i] + m_validation[i] == 1 ? 1 : 0;
  }
  return rows >= kFewestRowsForIdentifier &&
         static_cast<double>(alone) > kIdentifierShare * static_cast<double>(rows);
}

void ColumnCheck::tellIdentifier() {
  tell(Kind::Identifier,
       fmt::format("{} has {} in {} rows: nearly every row has its own, so nothing is learned "
                   "that holds for other rows. Leave it out, or cut it into parts that repeat (a "
                   "month, an hour, a prefix).",
                   name(), counted(m_column.vocabulary.size(), "category", "categories"),
                   groupedDigits(static_cast<std::int64_t>(m_column.codes.size()))));
}

void ColumnCheck::tellRareCategories() {
  const std::vector<bool> learns = learningRows(m_feature, m_column.vocabulary.size());
  std::vector<std::int64_t> none;
  std::vector<std::int64_t> one;
  for (std::size_t i = 0; i < m_training.size(); ++i) {
    if (learns[i] && m_training[i] <= 1) {
      (m_training[i] == 0 ? none : one).push_back(static_cast<std::int64_t>(i));
    }
  }
  if (!none.empty()) {
    tell(Kind::NoTrainingRow,
         fmt::format("{} {} no training row ({}): {}. Merge rare categories, or get more rows.",
                     share(none.size()), none.size() == 1 ? "has" : "have",
                     examples(m_column.vocabulary, none), untrainedFate(none.size() == 1)));
  }
  if (!one.empty()) {
    tell(Kind::OneTrainingRow,
         fmt::format("{} {} a single training row ({}): what is learned for {} is one example "
                     "with its noise. Merge rare categories, or choose a smaller size.",
                     share(one.size()), one.size() == 1 ? "has" : "have",
                     examples(m_column.vocabulary, one), one.size() == 1 ? "it" : "them"));
  }
}

std::string ColumnCheck::untrainedFate(bool single) const {
  if (m_feature.unseen == UnseenRule::MeanOfKnown) {
    return single ? "it is judged by the mean of the trained ones"
                  : "they are judged by the mean of the trained ones";
  }
  if (isOneHotInput(m_feature)) {
    return single ? "its weights stay as they start" : "their weights stay as they start";
  }
  return single ? "its vector stays as it starts" : "their vectors stay as they start";
}

void ColumnCheck::tellNotInValidation() {
  if (!m_hasValidation) {
    return;
  }
  std::vector<std::int64_t> missing;
  for (std::size_t i = 0; i < m_training.size(); ++i) {
    if (m_validation[i] == 0 && m_training[i] > 0) {
      missing.push_back(static_cast<std::int64_t>(i));
    }
  }
  if (!missing.empty()) {
    tell(Kind::NotInValidation,
         fmt::format("{} {} in no validation row ({}): validation says nothing about {}. Take "
                     "a larger share for validation, or several seeds.",
                     share(missing.size()), missing.size() == 1 ? "is" : "are",
                     examples(m_column.vocabulary, missing), missing.size() == 1 ? "it" : "them"));
  }
}

void ColumnCheck::tellLeakage() {
  const auto leakage = leakageOf(m_column.codes, m_column.vocabulary.size(), m_coded,
                                 m_column.vocabulary.find(data::kMissingLabel));
  if (!leakage) {
    return;
  }
  const std::string value =
      m_coded.values.empty()
          ? inQuotes(m_target.classes.label(leakage->value))
          : fmt::format("{}", m_coded.values[static_cast<std::size_t>(leakage->value)]);
  const std::string example =
      fmt::format("{} → {}", inQuotes(m_column.vocabulary.label(leakage->category)), value);
  tell(Kind::TargetLeakage,
       leakage->oneToOne
           ? fmt::format("{} is the target {} under other names: each of its {} stands for one "
                         "value ({}). Leave it out.",
                         name(), inQuotes(m_target.name),
                         counted(leakage->categories, "category", "categories"), example)
           : fmt::format("{} decides the target {}: in each of its {} the target is always the "
                         "same ({}). Leave it out if it is known only with the target.",
                         name(), inQuotes(m_target.name),
                         counted(leakage->categories, "category", "categories"), example));
}

void ColumnCheck::tellConstant() {
  const auto present =
      std::count_if(m_training.begin(), m_training.end(), [](auto rows) { return rows > 0; });
  if (present == 1) {
    const auto only =
        std::find_if(m_training.begin(), m_training.end(), [](auto rows) { return rows > 0; });
    tell(Kind::ConstantColumn,
         fmt::format("{} is {} in all training rows: it tells nothing. Leave it out.", name(),
                     inQuotes(m_column.vocabulary.label(only - m_training.begin()))));
  }
}

}  // namespace embedscope::training
