// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/unseen_rows.h"

#include "core/training/lookup_options.h"

#include <algorithm>
#include <cstddef>

namespace embedscope::training {

namespace {

bool keepsNumbers(const FeatureRecipe& feature, std::int64_t row, std::int64_t categories) {
  if (std::ranges::find(feature.frozenRows, row) != feature.frozenRows.end()) {
    return true;
  }
  return feature.paddingRow && row == wrappedRow(*feature.paddingRow, categories);
}

bool hasRule(const FeatureRecipe& feature) {
  return feature.unseen == UnseenRule::MeanOfKnown && (!feature.frozen || isOneHotInput(feature));
}

base::RowMatrix& rowsOf(Model<float>& model, std::size_t feature) {
  auto& oneHot = model.oneHot(feature);
  return oneHot ? oneHot->weights().value() : model.embedding(feature)->table().value();
}

}  // namespace

UnseenRows::UnseenRows(const data::Dataset& dataset, std::span<const std::int64_t> trainingRows,
                       const TrainingRecipe& recipe)
    : m_features(recipe.features.size()) {
  for (std::size_t f = 0; f < recipe.features.size(); ++f) {
    const FeatureRecipe& feature = recipe.features[f];
    if (!hasRule(feature)) {
      continue;
    }
    const data::CategoricalColumn& column = dataset.categorical[f];
    const auto categories = static_cast<std::size_t>(column.vocabulary.size());
    std::vector<bool> seen(categories);
    for (const std::int64_t row : trainingRows) {
      seen[static_cast<std::size_t>(column.codes[static_cast<std::size_t>(row)])] = true;
    }
    for (std::size_t i = 0; i < categories; ++i) {
      const auto row = static_cast<std::int64_t>(i);
      if (!keepsNumbers(feature, row, column.vocabulary.size())) {
        (seen[i] ? m_features[f].known : m_features[f].unseen).push_back(row);
      }
    }
  }
}

void UnseenRows::fill(Model<float>& model) const {
  for (std::size_t f = 0; f < m_features.size(); ++f) {
    const Feature& feature = m_features[f];
    if (feature.unseen.empty() || feature.known.empty()) {
      continue;
    }
    base::RowMatrix& rows = rowsOf(model, f);
    Eigen::RowVectorXd sum = Eigen::RowVectorXd::Zero(rows.cols());
    for (const std::int64_t row : feature.known) {
      sum += rows.row(row).cast<double>();
    }
    const Eigen::RowVectorXf mean = (sum / static_cast<double>(feature.known.size())).cast<float>();
    for (const std::int64_t row : feature.unseen) {
      rows.row(row) = mean;
    }
  }
}

}  // namespace embedscope::training
