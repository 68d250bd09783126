// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/train_report.h"

#include "core/base/text.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace embedscope::cli {

namespace {

using Json = nlohmann::ordered_json;
using training::EpochRecord;
using training::Trainer;

constexpr std::size_t kMostEpochLines = 20;

/// JSON has no NaN: a value that there is not becomes null.
Json numberOrNull(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

Json epochsJson(const Trainer& trainer) {
  Json epochs = Json::array();
  for (const EpochRecord& epoch : trainer.epochs()) {
    epochs.push_back({{"epoch", epoch.epoch},
                      {"trainLoss", numberOrNull(epoch.trainLoss)},
                      {"validationLoss", numberOrNull(epoch.validationLoss)},
                      {"validationMetric", numberOrNull(epoch.validationMetric)},
                      {"seconds", epoch.seconds}});
  }
  return epochs;
}

Json featuresJson(const Trainer& trainer) {
  Json features = Json::array();
  for (std::size_t f = 0; f < trainer.recipe().features.size(); ++f) {
    const training::FeatureRecipe& feature = trainer.recipe().features[f];
    const std::int64_t categories = trainer.dataset().categorical[f].vocabulary.size();
    features.push_back({{"name", feature.name},
                        {"approach", training::approachName(feature.approach)},
                        {"categories", categories},
                        {"dimension", training::tableDimension(feature, categories)},
                        {"frozen", feature.frozen}});
  }
  return features;
}

Json recipeJson(const TrainOptions& options, const Trainer& trainer) {
  const training::TrainingRecipe& recipe = trainer.recipe();
  const bool regression = trainer.dataset().target.kind == data::TargetKind::Regression;
  return {{"data", options.data.string()},
          {"target", trainer.dataset().target.name},
          {"task", regression ? "regression" : "classification"},
          {"features", featuresJson(trainer)},
          {"numeric", trainer.dataset().numericNames},
          {"hidden", recipe.hidden},
          {"optimizer", training::optimizerName(recipe.optimizer.kind)},
          {"learningRate", recipe.optimizer.learningRate},
          {"momentum", recipe.optimizer.momentum},
          {"batch", recipe.batchSize},
          {"epochs", recipe.epochs},
          {"validation", recipe.validationShare},
          {"trainRows", trainer.trainRowCount()},
          {"validationRows", trainer.validationRowCount()},
          {"skippedRows", trainer.dataset().skippedRows}};
}

/// The approach of all features, or "random+pretrained" where they differ.
std::string approachOf(const Trainer& trainer) {
  std::vector<std::string_view> names;
  for (const training::FeatureRecipe& feature : trainer.recipe().features) {
    const std::string_view name = training::approachName(feature.approach);
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      names.push_back(name);
    }
  }
  return names.empty() ? "none" : fmt::format("{}", fmt::join(names, "+"));
}

double totalSeconds(const Trainer& trainer) {
  double seconds = 0;
  for (const EpochRecord& epoch : trainer.epochs()) {
    seconds += epoch.seconds;
  }
  return seconds;
}

std::string modelLine(const Trainer& trainer) {
  std::string line = "model      ";
  for (std::size_t f = 0; f < trainer.recipe().features.size(); ++f) {
    const training::FeatureRecipe& feature = trainer.recipe().features[f];
    const std::int64_t categories = trainer.dataset().categorical[f].vocabulary.size();
    line += fmt::format("{} {} × {} ({}), ", feature.name, base::groupedDigits(categories),
                        training::tableDimension(feature, categories),
                        training::approachName(feature.approach));
  }
  line += fmt::format("{} numbers", trainer.dataset().numericNames.size());
  for (const std::int64_t width : trainer.recipe().hidden) {
    line += fmt::format(" → {}", width);
  }
  const data::Target& target = trainer.dataset().target;
  line += target.kind == data::TargetKind::Regression
              ? fmt::format(" → {}", target.name)
              : fmt::format(" → {} classes of {}", target.classes.size(), target.name);
  return line + "\n";
}

std::string epochLines(const Trainer& trainer) {
  std::string text = fmt::format("{:>5}  {:>12}  {:>15}  {:>12}  {:>8}\n", "epoch", "train loss",
                                 "validation loss", trainer.metricName(), "seconds");
  const std::vector<EpochRecord>& epochs = trainer.epochs();
  const std::size_t stride = (epochs.size() + kMostEpochLines - 1) / kMostEpochLines;
  for (std::size_t i = 0; i < epochs.size(); ++i) {
    if ((i + 1) % stride == 0 || i + 1 == epochs.size()) {
      const EpochRecord& epoch = epochs[i];
      text +=
          fmt::format("{:>5}  {:>12.6g}  {:>15.6g}  {:>12.6g}  {:>8.3f}\n", epoch.epoch,
                      epoch.trainLoss, epoch.validationLoss, epoch.validationMetric, epoch.seconds);
    }
  }
  return text;
}

}  // namespace

std::string trainJson(const TrainOptions& options, const Trainer& trainer,
                      const std::vector<WrittenTable>& tables) {
  Json written = Json::array();
  for (const WrittenTable& table : tables) {
    const base::RowMatrix& values = trainer.tableValues(table.feature);
    written.push_back({{"feature", trainer.recipe().features[table.feature].name},
                       {"rows", values.rows()},
                       {"dimension", values.cols()},
                       {"path", table.path.string()}});
  }
  const Json object = {
      {"approach", approachOf(trainer)},        {"seed", trainer.recipe().seed},
      {"parameters", trainer.parameterCount()}, {"epochs", epochsJson(trainer)},
      {"metricName", trainer.metricName()},     {"tables", written},
      {"seconds", totalSeconds(trainer)},       {"recipe", recipeJson(options, trainer)}};
  return object.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string trainSummary(const Trainer& trainer, const std::vector<WrittenTable>& tables,
                         const std::filesystem::path& folder) {
  std::string text = fmt::format("rows       {} to train on, {} to validate",
                                 base::groupedDigits(trainer.trainRowCount()),
                                 base::groupedDigits(trainer.validationRowCount()));
  if (trainer.dataset().skippedRows > 0) {
    text += fmt::format(", {} left out for a missing target or number",
                        base::groupedDigits(trainer.dataset().skippedRows));
  }
  text += "\n" + modelLine(trainer);
  text += fmt::format("parameters {}\n\n", base::groupedDigits(trainer.parameterCount()));
  text += epochLines(trainer) + "\n";
  for (const WrittenTable& table : tables) {
    text += fmt::format("wrote      {}\n", table.path.string());
  }
  text += fmt::format("wrote      {}\n", (folder / "run.json").string());
  return text;
}

}  // namespace embedscope::cli
