// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/caution_json.h"
#include "app/cli/race_report.h"
#include "core/training/target_loss.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace embedscope::cli {

namespace {

using Json = nlohmann::ordered_json;
using training::CrossoverResult;
using training::PairedDifference;
using training::RaceResult;
using training::RaceStanding;

/// JSON has no NaN: a value that there is not becomes null.
Json numberOrNull(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

Json numbersOrNull(const std::vector<double>& values) {
  Json numbers = Json::array();
  for (const double value : values) {
    numbers.push_back(numberOrNull(value));
  }
  return numbers;
}

std::string textOf(const Json& object) {
  return object.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json standingJson(const training::Contestant& contestant, const RaceStanding& standing) {
  return {{"name", standing.name},
          {"approach", approachOptionOf(contestant)},
          {"dimension", standing.dimension},
          {"largestDimension", standing.largestDimension},
          {"parameters", standing.parameters},
          {"inputBytes", standing.inputBytes},
          {"validation",
           {{"mean", numberOrNull(standing.mean)},
            {"standardError", numberOrNull(standing.standardError)},
            {"perSeed", numbersOrNull(standing.perSeed)}}},
          {"secondsPerEpoch", numberOrNull(standing.secondsPerEpoch)},
          {"diverged", standing.diverged},
          {"sameFunctionsAsOneHot", standing.sameFunctionsAsOneHot}};
}

Json differenceJson(const PairedDifference& difference) {
  return {{"pairs", difference.pairs},
          {"mean", numberOrNull(difference.mean)},
          {"standardError", numberOrNull(difference.standardError)},
          {"lower", numberOrNull(difference.lower)},
          {"upper", numberOrNull(difference.upper)},
          {"confidence", difference.confidence},
          {"beyondNoise", difference.isBeyondNoise()}};
}

Json budgetJson(const training::TrainingRecipe& recipe) {
  return {{"hidden", recipe.hidden},
          {"dropout", recipe.dropout},
          {"optimizer", training::optimizerName(recipe.optimizer.kind)},
          {"learningRate", recipe.optimizer.learningRate},
          {"momentum", recipe.optimizer.momentum},
          {"weightDecay", recipe.optimizer.weightDecay},
          {"schedule", training::scheduleName(recipe.optimizer.schedule)},
          {"clip", recipe.optimizer.clipNorm ? Json(*recipe.optimizer.clipNorm) : Json(nullptr)},
          {"batch", recipe.batchSize},
          {"epochs", recipe.epochs},
          {"patience", recipe.patience},
          {"validation", recipe.validationShare}};
}

Json resultsJson(const RaceResult& result) {
  Json results = Json::array();
  for (const RaceStanding& standing : result.standings) {
    results.push_back(standingJson(result.recipe.contestants[standing.contestant], standing));
    Json& bestEpochs = results.back()["bestEpochs"] = Json::array();
    for (const training::RaceRun& run : result.runs) {
      if (run.contestant == standing.contestant) {
        bestEpochs.push_back(run.bestEpoch);
      }
    }
  }
  return results;
}

Json columnsJson(const RaceData& data, const RaceResult& result) {
  Json columns = Json::array();
  for (const data::CategoricalColumn& column : data.dataset->categorical) {
    columns.push_back({{"name", column.name},
                       {"categories", column.vocabulary.size()},
                       {"races", training::racesIn(result.recipe, column.name)}});
  }
  return columns;
}

}  // namespace

std::string raceJson(const TrainingOptions& options, const RaceData& data,
                     const RaceResult& result) {
  Json differences = Json::array();
  for (std::size_t c = 0; c < result.differences.size(); ++c) {
    if (c != result.best) {
      Json difference = {{"other", c}};
      difference.update(differenceJson(result.differences[c]));
      differences.push_back(std::move(difference));
    }
  }
  const std::int64_t trainRows = result.runs.front().trainRows;
  Json recipe = {{"data", options.data.string()},
                 {"target", data.dataset->target.name},
                 {"columns", columnsJson(data, result)},
                 {"numeric", data.dataset->numericNames},
                 {"trainRows", trainRows},
                 {"validationRows", data.dataset->rows - trainRows},
                 {"skippedRows", data.dataset->skippedRows}};
  recipe["loss"] = training::lossName(training::lossOf(result.recipe.base, data.dataset->target));
  recipe.update(budgetJson(result.recipe.base));
  return textOf({{"metricName", result.metricName},
                 {"lessIsBetter", training::lessIsBetter(result.metricName)},
                 {"seeds", result.recipe.seeds},
                 {"results", resultsJson(result)},
                 {"best", result.best},
                 {"differences", differences},
                 {"verdict", result.verdict},
                 {"recipe", recipe},
                 {"notes", data.dataset->notes},
                 {"cautions", cautionsJson(data.cautions)}});
}

std::string axisName(training::CrossoverRecipe::Axis axis) {
  using Axis = training::CrossoverRecipe::Axis;
  switch (axis) {
    case Axis::Categories:
      return "categories";
    case Axis::RowsPerCategory:
      return "rows-per-category";
    case Axis::Dimension:
      break;
  }
  return "dimension";
}

std::string crossoverJson(const CrossoverResult& result) {
  Json points = Json::array();
  for (const training::CrossoverPoint& point : result.points) {
    points.push_back({{"value", point.value},
                      {"baseline", standingJson(result.recipe.baseline, point.baseline)},
                      {"challenger", standingJson(result.recipe.challenger, point.challenger)},
                      {"difference", differenceJson(point.difference)}});
  }
  const auto orNull = [](const auto& value) { return value ? Json(*value) : Json(nullptr); };
  Json object = {{"axis", axisName(result.recipe.axis)},
                 {"metricName", result.metricName},
                 {"lessIsBetter", training::lessIsBetter(result.metricName)},
                 {"seeds", result.recipe.seeds},
                 {"points", points},
                 {"crossover", orNull(result.crossover)},
                 {"lower", orNull(result.lower)},
                 {"upper", orNull(result.upper)},
                 {"verdict", result.sentence},
                 {"recipe", budgetJson(result.recipe.base)}};
  if (result.recipe.axis != training::CrossoverRecipe::Axis::Dimension) {
    const data::GeneratedSpec& spec = result.recipe.generated;
    object["generated"] = {{"categories", spec.categories},
                           {"rowsPerCategory", spec.rowsPerCategory},
                           {"latentRank", spec.latentRank},
                           {"noise", spec.noise},
                           {"seed", spec.seed}};
    // The quantity that varies is in the points.
    object["generated"].erase(result.recipe.axis == training::CrossoverRecipe::Axis::Categories
                                  ? "categories"
                                  : "rowsPerCategory");
  }
  return textOf(object);
}

}  // namespace embedscope::cli
