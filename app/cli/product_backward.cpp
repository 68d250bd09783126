// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/product_backward.h"

#include "app/cli/label_lookup.h"
#include "app/cli/text_table.h"
#include "app/cli/training_recipe.h"
#include "core/base/float_text.h"
#include "core/base/text.h"
#include "core/explain/training_step.h"
#include "core/table/row_excerpt.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace embedscope::cli {

namespace {

using explain::RowFate;
using explain::TrainingStep;
using explain::TrainingStepSetup;
using Json = nlohmann::ordered_json;
using Cells = std::vector<std::string>;

constexpr std::size_t kMostListedRows = 100;

std::string_view fateName(RowFate fate) {
  switch (fate) {
    case RowFate::Untouched:
      return "untouched";
    case RowFate::Learned:
      return "learned";
    case RowFate::Carried:
      return "carried";
    case RowFate::Decayed:
      return "decayed";
    case RowFate::Padding:
      return "padding";
    case RowFate::Frozen:
      break;
  }
  return "frozen";
}

/// The rows that the step trains on: all, or `needed` and the first of the others, as many as may
/// be trained.
table::RowExcerpt excerptOf(const table::EmbeddingTable& table, std::vector<std::int64_t> needed) {
  const std::int64_t most =
      explain::kMostTrainedNumbers / std::max<std::int64_t>(table.dimension(), 1);
  if (table.rowCount() <= most) {
    return {};
  }
  const std::vector<std::int64_t> wanted = table::distinctRows(std::move(needed));
  std::vector<std::int64_t> rows = wanted;
  for (std::int64_t row = 0; row < table.rowCount() && std::ssize(rows) < most; ++row) {
    if (!std::ranges::binary_search(wanted, row)) {
      rows.push_back(row);
    }
  }
  return table::RowExcerpt(std::move(rows));
}

/// Labels as they were typed: each text is one, or several separated by commas.
std::vector<std::string> separateLabels(const table::EmbeddingTable& table, const Cells& texts) {
  Cells labels;
  for (const std::string& text : texts) {
    if (table.vocabulary().find(text)) {
      labels.push_back(text);
      continue;
    }
    for (std::size_t begin = 0; begin <= text.size();) {
      const std::size_t end = std::min(text.find(',', begin), text.size());
      labels.push_back(text.substr(begin, end - begin));
      begin = end + 1;
    }
  }
  return labels;
}

std::vector<std::int64_t> rowsOf(const table::EmbeddingTable& table, const Cells& labels) {
  std::vector<std::int64_t> rows;
  std::ranges::transform(labels, std::back_inserter(rows),
                         [&](const std::string& label) { return rowOfLabel(table, label); });
  return rows;
}

/// The step with what is needed to tell of it.
struct Report {
  table::RowExcerpt excerpt;
  table::TablePtr table;             ///< its rows
  std::int64_t wholeRows = 0;        ///< of the table they are from
  std::vector<std::string> labels;   ///< of the batch
  std::vector<std::string> earlier;  ///< labels
  TrainingStep step;
  std::vector<std::int64_t> changed;

  std::string label(std::int64_t row) const { return std::string(table->vocabulary().label(row)); }

  std::span<const std::int64_t> listedRows() const {
    return std::span(changed).first(std::min(changed.size(), kMostListedRows));
  }
};

Report reportOf(const table::TablePtr& table, const Cells& labels,
                const std::optional<std::string>& padding, const BackwardOptions& options) {
  const std::vector<std::int64_t> batch = rowsOf(*table, labels);
  const Cells earlierLabels = separateLabels(*table, options.earlier);
  const std::vector<std::int64_t> earlier = rowsOf(*table, earlierLabels);
  std::vector<std::int64_t> needed = batch;
  needed.insert(needed.end(), earlier.begin(), earlier.end());
  std::optional<std::int64_t> paddingRow;
  if (padding) {
    paddingRow = rowOfLabel(*table, *padding);
    needed.push_back(*paddingRow);
  }
  table::RowExcerpt excerpt = excerptOf(*table, std::move(needed));

  TrainingStepSetup setup;
  setup.table = excerpt.tableFrom(table);
  const auto excerptRow = [&](std::int64_t row) {
    return static_cast<std::int32_t>(excerpt.place(row));
  };
  std::ranges::transform(batch, std::back_inserter(setup.batch), excerptRow);
  std::ranges::transform(earlier, std::back_inserter(setup.earlier), excerptRow);
  setup.targets = options.targets.empty() ? std::vector<float>(batch.size(), 1) : options.targets;
  setup.headWeights.assign(static_cast<std::size_t>(table->dimension()), 1);
  setup.optimizer = optimizerOf(options.training);
  setup.lookup.maxNorm = options.maxNorm;
  setup.lookup.scaleGradientByFrequency = options.scaleByFrequency;
  if (paddingRow) {
    setup.lookup.paddingRow = excerptRow(*paddingRow);
  }
  setup.frozen = options.frozen;

  TrainingStep step(setup);
  std::vector<std::int64_t> changed = step.changedRows();
  return {std::move(excerpt), setup.table,     table->rowCount(), labels,
          earlierLabels,      std::move(step), std::move(changed)};
}

Json asJson(const base::RowMatrix& matrix) {
  Json rows = Json::array();
  for (const auto& row : matrix.rowwise()) {
    rows.push_back(std::vector<float>(row.begin(), row.end()));
  }
  return rows;
}

Json gradientJson(const Report& report) {
  Json rows = Json::array();
  for (const explain::RowGradient& entry : report.step.gradient()) {
    rows.push_back({{"row", report.excerpt.wholeRow(entry.row)},
                    {"label", report.label(entry.row)},
                    {"examples", entry.examples},
                    {"values", entry.gradient}});
  }
  return rows;
}

Json changedJson(const Report& report) {
  Json rows = Json::array();
  for (const std::int64_t row : report.listedRows()) {
    const explain::RowChange change = report.step.change(row);
    rows.push_back({{"row", report.excerpt.wholeRow(row)},
                    {"label", report.label(row)},
                    {"fate", fateName(change.fate)},
                    {"before", change.before},
                    {"after", change.after},
                    {"difference", change.difference}});
  }
  return rows;
}

Json headJson(const explain::HeadChange& head) {
  return {{"weightsBefore", head.weightsBefore}, {"weightGradient", head.weightGradient},
          {"weightsAfter", head.weightsAfter},   {"biasBefore", head.biasBefore},
          {"biasGradient", head.biasGradient},   {"biasAfter", head.biasAfter}};
}

Json asJson(const Report& report) {
  const TrainingStep& step = report.step;
  const training::OptimizerRecipe& optimizer = step.setup().optimizer;
  Json backward = {{"labels", report.labels},
                   {"lookups", asJson(step.lookups())},
                   {"outputs", step.outputs()},
                   {"targets", step.setup().targets},
                   {"loss", step.loss()},
                   {"outputGradients", step.outputGradients()},
                   {"lookupGradients", asJson(step.lookupGradients())},
                   {"gradient", gradientJson(report)},
                   {"outerProductDifference", step.outerProductDifference()},
                   {"optimizer",
                    {{"name", training::optimizerName(optimizer.kind)},
                     {"learningRate", optimizer.learningRate},
                     {"momentum", optimizer.momentum},
                     {"weightDecay", optimizer.weightDecay}}},
                   {"earlier", report.earlier},
                   {"changed", changedJson(report)},
                   {"changedCount", report.changed.size()},
                   {"trainedRows", step.rowCount()},
                   {"rows", report.wholeRows},
                   {"head", headJson(step.head())}};
  return {{"backward", std::move(backward)}};
}

std::string numberText(float value) {
  std::string text;
  base::appendFloat(text, value);
  return text;
}

/// Cells of words and then of numbers, each with the digits that read back as the same float.
Cells line(Cells words, std::span<const float> numbers) {
  std::ranges::transform(numbers, std::back_inserter(words), numberText);
  return words;
}

/// A line of words and the numbers 0 … d − 1 as a head.
Cells headLine(Cells words, Eigen::Index dimension) {
  for (Eigen::Index j = 0; j < dimension; ++j) {
    words.push_back(std::to_string(j));
  }
  return words;
}

std::string rowsText(const Report& report, const char* title, const base::RowMatrix& rows) {
  std::vector<Cells> lines = {headLine({title}, rows.cols())};
  for (Eigen::Index i = 0; i < rows.rows(); ++i) {
    lines.push_back(line({report.labels[static_cast<std::size_t>(i)]},
                         {rows.data() + i * rows.cols(), static_cast<std::size_t>(rows.cols())}));
  }
  return textTable(lines);
}

std::string outputsText(const Report& report) {
  const TrainingStep& step = report.step;
  std::vector<Cells> lines = {{"example", "output", "target", "error", "dL/dy"}};
  for (std::size_t i = 0; i < report.labels.size(); ++i) {
    lines.push_back(
        line({report.labels[i]}, std::vector{step.outputs()[i], step.setup().targets[i],
                                             step.errors()[i], step.outputGradients()[i]}));
  }
  return textTable(lines);
}

std::string gradientText(const Report& report) {
  const TrainingStep& step = report.step;
  if (step.gradient().empty()) {
    return "no row of the table has a gradient\n";
  }
  std::vector<Cells> lines = {headLine({"dL/dtable", "row", "times"}, step.dimension())};
  for (const explain::RowGradient& entry : step.gradient()) {
    lines.push_back(
        line({report.label(entry.row), std::to_string(report.excerpt.wholeRow(entry.row)),
              std::to_string(entry.frequency())},
             entry.gradient));
  }
  return textTable(lines);
}

std::string changedText(const Report& report) {
  const std::string count =
      fmt::format("{} of {} rows changed", base::groupedDigits(std::ssize(report.changed)),
                  base::groupedDigits(report.step.rowCount()));
  if (report.changed.empty()) {
    return count + "\n";
  }
  std::vector<Cells> lines = {headLine({"changed", "row", "", ""}, report.step.dimension())};
  for (const std::int64_t row : report.listedRows()) {
    const explain::RowChange change = report.step.change(row);
    lines.push_back(line({report.label(row), std::to_string(report.excerpt.wholeRow(row)),
                          std::string(fateName(change.fate)), "before"},
                         change.before));
    lines.push_back(line({"", "", "", "after"}, change.after));
    lines.push_back(line({"", "", "", "difference"}, change.difference));
  }
  const std::size_t more = report.changed.size() - report.listedRows().size();
  return textTable(lines) + count + (more == 0 ? "\n" : fmt::format("; {} not listed\n", more));
}

std::string headText(const explain::HeadChange& head) {
  std::vector<Cells> lines = {headLine({"head"}, std::ssize(head.weightsBefore))};
  lines.front().push_back("bias");
  const auto add = [&](const char* word, std::vector<float> numbers, float bias) {
    numbers.push_back(bias);
    lines.push_back(line({word}, numbers));
  };
  add("before", head.weightsBefore, head.biasBefore);
  add("gradient", head.weightGradient, head.biasGradient);
  add("after", head.weightsAfter, head.biasAfter);
  return textTable(lines);
}

std::string titleText(const Report& report) {
  const TrainingStep& step = report.step;
  const training::OptimizerRecipe& optimizer = step.setup().optimizer;
  std::string text = fmt::format(
      "batch of {}: lookup, linear head, mean squared error and back, then a step of {} with the "
      "learning rate {}\n",
      report.labels.size(), training::optimizerName(optimizer.kind), optimizer.learningRate);
  if (!report.earlier.empty()) {
    text += fmt::format("after earlier steps on {}\n", fmt::join(report.earlier, ", "));
  }
  if (!report.excerpt.isWhole()) {
    text +=
        fmt::format("on an excerpt of {} of the table's {} rows\n",
                    base::groupedDigits(step.rowCount()), base::groupedDigits(report.wholeRows));
  }
  return text;
}

std::string asText(const Report& report) {
  const TrainingStep& step = report.step;
  return titleText(report) + "\n" + rowsText(report, "lookup", step.lookups()) + "\n" +
         outputsText(report) + fmt::format("loss {}\n\n", step.loss()) +
         rowsText(report, "dL/dlookup", step.lookupGradients()) + "\n" + gradientText(report) +
         fmt::format("one-hot transposed x dL/dlookup differs from it by at most {}\n\n",
                     step.outerProductDifference()) +
         changedText(report) + "\n" + headText(step.head());
}

}  // namespace

void BackwardOptions::addTo(CLI::App& command) {
  training.optimizer = "sgd";
  CLI::Option* flag = command.add_flag(
      "--backward", isOn,
      "Instead, take one training step apart: all labels are a batch, behind the lookup is a "
      "linear "
      "layer that starts with weights 1 and bias 0, the loss is the mean squared error");
  const auto add = [&](const char* name, auto& value, const char* help, const char* type) {
    return command.add_option(name, value, help)->type_name(type)->needs(flag);
  };
  add("--targets", targets, "One number for each label, separated by commas; otherwise 1 for each",
      "A,B")
      ->delimiter(',')
      ->allow_extra_args(false);
  add("--optimizer", training.optimizer,
      "sgd (the default), adagrad, adam, adamw or sparse-adam; moves the table and the head",
      "NAME");
  add("--learning-rate", training.learningRate,
      "Otherwise 0.001 for the kinds of adam, 0.01 for sgd and adagrad", "R");
  add("--momentum", training.momentum, "For sgd, in [0, 1)", "M");
  add("--weight-decay", training.weightDecay, "Not for sparse-adam", "W");
  add("--earlier", earlier,
      "Labels of steps taken before, one example with the target 1 each, so that there is "
      "momentum; "
      "separated by commas, may be repeated",
      "A,B")
      ->allow_extra_args(false);
  add("--max-norm", maxNorm, "Rows looked up are shortened to this norm", "X");
  command
      .add_flag("--scale-by-frequency", scaleByFrequency,
                "Gradients are divided by how often a label is in the batch")
      ->needs(flag);
  command.add_flag("--frozen", frozen, "The table keeps its numbers")->needs(flag);
}

std::string backwardReport(const table::TablePtr& table, const std::vector<std::string>& labels,
                           const std::optional<std::string>& padding,
                           const BackwardOptions& options, bool json) {
  const Report report = reportOf(table, labels, padding, options);
  if (!json) {
    return asText(report);
  }
  return asJson(report).dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace embedscope::cli
