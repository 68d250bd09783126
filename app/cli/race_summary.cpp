// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/race_report.h"
#include "app/cli/text_table.h"
#include "core/base/text.h"
#include "core/training/race_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace embedscope::cli {

namespace {

using training::CrossoverResult;
using training::RaceResult;
using training::RaceStanding;

std::string secondsText(double seconds) {
  return std::isnan(seconds) ? "—" : fmt::format("{:.2g}", seconds);
}

/// "5", or "2 to 42" where raced columns differ.
std::string dimensionText(const training::RaceStanding& standing) {
  const std::string smallest = base::groupedDigits(standing.dimension);
  return standing.largestDimension <= standing.dimension
             ? smallest
             : smallest + " to " + base::groupedDigits(standing.largestDimension);
}

/// The median over the seeds of the epoch whose parameters count.
std::string epochText(const RaceResult& result, std::size_t contestant) {
  std::vector<std::int64_t> epochs;
  for (const training::RaceRun& run : result.runs) {
    if (run.contestant == contestant && run.state == training::RunState::Completed) {
      epochs.push_back(run.bestEpoch);
    }
  }
  if (epochs.empty()) {
    return "—";
  }
  std::sort(epochs.begin(), epochs.end());
  return base::groupedDigits(epochs[epochs.size() / 2]);
}

std::string behindText(const RaceResult& result, const RaceStanding& standing) {
  if (standing.contestant == result.best) {
    return "best";
  }
  const training::PairedDifference& difference = result.differences[standing.contestant];
  if (difference.pairs < 2) {
    return training::differenceText(difference);
  }
  const int decimals = training::decimalsOf(difference);
  return fmt::format("{} ({} to {})", training::fixedText(difference.mean, decimals),
                     training::fixedText(difference.lower, decimals),
                     training::fixedText(difference.upper, decimals));
}

std::string modelLine(const RaceData& data, const RaceResult& result) {
  std::string racing;
  std::string others;
  for (const data::CategoricalColumn& column : data.dataset->categorical) {
    (training::racesIn(result.recipe, column.name) ? racing : others) +=
        fmt::format("{} ({}), ", column.name, base::groupedDigits(column.vocabulary.size()));
  }
  racing.erase(racing.size() - 2);
  std::string text = fmt::format("races      {}\nbeside     {}{} numbers", racing, others,
                                 data.dataset->numericNames.size());
  for (const std::int64_t width : result.recipe.base.hidden) {
    text += fmt::format(" → {}", width);
  }
  return text + fmt::format(" → {}\n", data.dataset->target.name);
}

std::string budgetLine(const training::TrainingRecipe& recipe,
                       const std::vector<std::uint64_t>& seeds) {
  std::string text =
      fmt::format("budget     {} {} epochs of batches of {}, {} at {}",
                  recipe.patience > 0 ? "up to" : "", recipe.epochs, recipe.batchSize,
                  training::optimizerName(recipe.optimizer.kind), recipe.optimizer.learningRate);
  if (recipe.patience > 0) {
    text += fmt::format("; a run ends after {} without a lower validation loss", recipe.patience);
  }
  return text + (seeds.size() == 1
                     ? fmt::format("; seed {}\n", seeds.front())
                     : fmt::format("; seeds {} to {}\n", seeds.front(), seeds.back()));
}

/// "validation RMSE"
std::string metricHead(const std::string& metricName) {
  return fmt::format("validation {}", training::metricTitle(metricName));
}

}  // namespace

std::string raceSummary(const RaceData& data, const RaceResult& result) {
  const std::int64_t trainRows = result.runs.front().trainRows;
  std::string text =
      fmt::format("rows       {} to train on, {} to validate", base::groupedDigits(trainRows),
                  base::groupedDigits(data.dataset->rows - trainRows));
  if (data.dataset->skippedRows > 0) {
    text += fmt::format(", {} left out for a missing target or number",
                        base::groupedDigits(data.dataset->skippedRows));
  }
  text += "\n" + modelLine(data, result) + budgetLine(result.recipe.base, result.recipe.seeds);
  std::vector<std::vector<std::string>> lines = {
      {"approach", "d", "parameters", "encoded input", metricHead(result.metricName),
       "behind the best (95 %)", "best epoch", "s/epoch"}};
  for (const RaceStanding& standing : result.standings) {
    const training::Contestant& contestant = result.recipe.contestants[standing.contestant];
    lines.push_back({approachOptionOf(contestant), dimensionText(standing),
                     base::groupedDigits(standing.parameters),
                     base::byteSize(static_cast<double>(standing.inputBytes)),
                     training::meanText(standing.mean, standing.standardError),
                     behindText(result, standing), epochText(result, standing.contestant),
                     secondsText(standing.secondsPerEpoch)});
  }
  return text + "\n" + textTable(lines) + "\n" + result.verdict + "\n";
}

std::string crossoverSummary(const CrossoverResult& result) {
  const bool dimension = result.recipe.axis == training::CrossoverRecipe::Axis::Dimension;
  std::string text = budgetLine(result.recipe.base, result.recipe.seeds);
  std::vector<std::vector<std::string>> lines = {
      {dimension ? "d" : axisName(result.recipe.axis), result.points.front().baseline.name,
       dimension ? approachOptionOf(result.recipe.challenger) : result.points[0].challenger.name,
       "lead (95 %)"}};
  for (const training::CrossoverPoint& point : result.points) {
    lines.push_back({base::groupedDigits(point.value),
                     training::meanText(point.baseline.mean, point.baseline.standardError),
                     training::meanText(point.challenger.mean, point.challenger.standardError),
                     training::differenceText(point.difference)});
  }
  text += fmt::format("measured   {}\n\n", metricHead(result.metricName));
  return text + textTable(lines) + "\n" + result.sentence + "\n";
}

}  // namespace embedscope::cli
