// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/train_report.h"

#include "app/cli/caution_json.h"
#include "app/cli/named_values.h"
#include "core/base/text.h"
#include "core/training/recipe_json.h"

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

/// What was given for each feature as "feature=FILE"; the last counts.
std::vector<std::string> filesOf(const std::vector<std::string>& given, const TrainRun& run,
                                 std::string_view option) {
  std::vector<std::string> names;
  for (const training::FeatureRecipe& feature : run.trainer.recipe().features) {
    names.push_back(feature.name);
  }
  std::vector<std::string> files(names.size());
  setEach(files, namedTexts(given, names, option),
          [](std::string& file, const std::string& text) { file = text; });
  return files;
}

training::RecipeSources sourcesOf(const TrainRun& run) {
  return {run.options.data.string(), run.selection,
          filesOf(run.options.pretrained, run, "--pretrained"),
          filesOf(run.options.vocabularies, run, "--vocabulary")};
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

std::string trainRecipe(const TrainRun& run) {
  return training::recipeJson(run.trainer.recipe(), run.trainer.dataset(), sourcesOf(run));
}

std::string trainJson(const TrainRun& run, const std::vector<WrittenTable>& tables) {
  const Trainer& trainer = run.trainer;
  Json written = Json::array();
  for (const WrittenTable& table : tables) {
    const base::RowMatrix& values = trainer.tableValues(table.feature);
    written.push_back({{"feature", trainer.recipe().features[table.feature].name},
                       {"rows", values.rows()},
                       {"dimension", values.cols()},
                       {"path", table.path.string()}});
  }
  const Json object = {{"approach", approachOf(trainer)},
                       {"seed", trainer.recipe().seed},
                       {"parameters", trainer.parameterCount()},
                       {"epochs", epochsJson(trainer)},
                       {"bestEpoch", trainer.bestEpoch()},
                       {"metricName", trainer.metricName()},
                       {"tables", written},
                       {"seconds", totalSeconds(trainer)},
                       {"recipe", Json::parse(trainRecipe(run))},
                       {"notes", trainer.dataset().notes},
                       {"cautions", cautionsJson(run.cautions)}};
  return object.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string splitText(const Trainer& trainer) {
  const training::RowSplit& split = trainer.split();
  std::string text = "row,part\n";
  std::size_t validation = 0;
  for (std::size_t row = 0; row < trainer.dataset().tableRows.size(); ++row) {
    const bool judges = validation < split.validation.size() &&
                        split.validation[validation] == static_cast<std::int64_t>(row);
    validation += judges ? 1 : 0;
    text += std::to_string(trainer.dataset().tableRows[row] + 1);
    text += judges ? ",validation\n" : ",training\n";
  }
  return text;
}

std::string trainSummary(const TrainRun& run, const std::vector<WrittenTable>& tables) {
  const Trainer& trainer = run.trainer;
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
  if (trainer.recipe().patience > 0) {
    text += fmt::format("best epoch {} of {}, whose numbers were written\n", trainer.bestEpoch(),
                        trainer.epochs().size());
  }
  for (const WrittenTable& table : tables) {
    text += fmt::format("wrote      {}\n", table.path.string());
  }
  text += fmt::format("wrote      {}\n", (run.options.output / "run.json").string());
  if (run.options.writeSplit) {
    text += fmt::format("wrote      {}\n", (run.options.output / "split.csv").string());
  }
  return text;
}

}  // namespace embedscope::cli
