// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/recipe_json.h"

#include "core/training/row_split.h"
#include "core/training/target_loss.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <optional>

namespace embedscope::training {

namespace {

using Json = nlohmann::ordered_json;

/// JSON has no NaN: a value that there is not becomes null.
Json numberOrNull(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

template <typename Value>
Json valueOrNull(const std::optional<Value>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json textOrNull(const std::vector<std::string>& texts, std::size_t place) {
  return place < texts.size() && !texts[place].empty() ? Json(texts[place]) : Json(nullptr);
}

Json featuresJson(const TrainingRecipe& recipe, const data::Dataset& dataset,
                  const RecipeSources& sources) {
  Json features = Json::array();
  for (std::size_t f = 0; f < recipe.features.size(); ++f) {
    const FeatureRecipe& feature = recipe.features[f];
    const data::DatasetSelection::Categorical& column = sources.selection.categorical[f];
    const bool ownRow = column.unknown == data::UnknownLabels::OwnRow;
    const std::int64_t categories = dataset.categorical[f].vocabulary.size();
    features.push_back({{"name", feature.name},
                        {"approach", approachName(feature.approach)},
                        {"categories", categories},
                        {"dimension", tableDimension(feature, categories)},
                        {"initialization", initializationName(tableInitialization(feature))},
                        {"pretrained", textOrNull(sources.pretrained, f)},
                        {"frozen", feature.frozen},
                        {"frozenRows", feature.frozenRows},
                        {"paddingRow", valueOrNull(feature.paddingRow)},
                        {"maxNorm", valueOrNull(feature.maxNorm)},
                        {"normType", numberOrNull(feature.normType)},
                        {"scaleGradientByFrequency", feature.scaleGradientByFrequency},
                        {"denseOneHot", feature.denseOneHot},
                        {"unseen", unseenRuleName(feature.unseen)},
                        {"vocabulary", textOrNull(sources.vocabularies, f)},
                        {"unknown", ownRow ? "own-row" : "refuse"},
                        {"rareBelow", column.rareBelow}});
  }
  return features;
}

}  // namespace

std::string recipeJson(const TrainingRecipe& recipe, const data::Dataset& dataset,
                       const RecipeSources& sources) {
  const auto rows = static_cast<std::int64_t>(dataset.tableRows.size());
  const std::int64_t validationRows = validationRowCount(rows, recipe.validationShare);
  const bool regression = dataset.target.kind == data::TargetKind::Regression;
  const LossKind loss = lossOf(recipe, dataset.target);
  const bool huber = loss == LossKind::Huber;
  const Json object = {{"data", sources.data.empty() ? Json(nullptr) : Json(sources.data)},
                       {"target", dataset.target.name},
                       {"task", regression ? "regression" : "classification"},
                       {"features", featuresJson(recipe, dataset, sources)},
                       {"numeric", dataset.numericNames},
                       {"hidden", recipe.hidden},
                       {"dropout", recipe.dropout},
                       {"loss", lossName(loss)},
                       {"huberDelta", huber ? Json(recipe.huberDelta) : Json(nullptr)},
                       {"optimizer", optimizerName(recipe.optimizer.kind)},
                       {"learningRate", recipe.optimizer.learningRate},
                       {"momentum", recipe.optimizer.momentum},
                       {"weightDecay", recipe.optimizer.weightDecay},
                       {"schedule", scheduleName(recipe.optimizer.schedule)},
                       {"clip", valueOrNull(recipe.optimizer.clipNorm)},
                       {"batch", recipe.batchSize},
                       {"epochs", recipe.epochs},
                       {"patience", recipe.patience},
                       {"validation", recipe.validationShare},
                       {"trainRows", rows - validationRows},
                       {"validationRows", validationRows},
                       {"skippedRows", dataset.skippedRows}};
  return object.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace embedscope::training
