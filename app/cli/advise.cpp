// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"
#include "app/cli/subcommand.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/data/dataset.h"
#include "core/data/delimited.h"
#include "core/training/advice.h"
#include "core/training/caution.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <memory>

namespace embedscope::cli {

namespace {

using Json = nlohmann::ordered_json;
using base::groupedDigits;
using training::Advice;
using training::Caution;
using training::SizeRule;

constexpr std::size_t kLineWidth = 100;

struct Options {
  std::filesystem::path data;
  std::string column;
  std::string target;
  std::vector<std::int64_t> hidden = training::TrainingRecipe{}.hidden;
  bool json = false;
};

/// What there is to say about a column.
struct Report {
  std::string column;
  std::int64_t rows = 0;
  Advice advice;
  std::vector<Caution> cautions;
};

/// The column alone, without a target.
data::Dataset columnOnly(const data::DataTable& table, const std::string& name) {
  const auto place = table.findColumn(name);
  if (!place) {
    throw base::Error(base::ErrorCode::InvalidArgument,
                      fmt::format("--column: there is no column \"{}\"", name));
  }
  data::CategoricalColumn column;
  column.name = name;
  for (std::int64_t row = 0; row < table.rowCount(); ++row) {
    const std::string_view cell = table.cell(row, *place);
    const std::string_view label = data::isMissing(cell) ? data::kMissingLabel : cell;
    const std::int64_t code = column.vocabulary.findOrAppend(label);
    column.codes.push_back(static_cast<std::int32_t>(code));
    column.counts.resize(static_cast<std::size_t>(column.vocabulary.size()));
    ++column.counts[static_cast<std::size_t>(code)];
  }
  data::Dataset dataset;
  dataset.rows = table.rowCount();
  dataset.categorical.push_back(std::move(column));
  dataset.numeric.resize(dataset.rows, 0);
  return dataset;
}

data::Dataset datasetOf(const Options& options, const data::DataTable& table) {
  data::Dataset alone = columnOnly(table, options.column);
  if (options.target.empty()) {
    return alone;
  }
  return *data::makeDataset(table, {options.target, {{options.column, {}}}, {}});
}

/// The split that a run has by default.
training::RowSplit usualSplit(std::int64_t rows) {
  const training::TrainingRecipe usual;
  return rows > 0 ? training::splitRows(rows, usual.validationShare, usual.seed)
                  : training::RowSplit{};
}

Report reportOn(const Options& options, const data::DataTable& table) {
  const data::Dataset dataset = datasetOf(options, table);
  const std::int64_t hidden = options.hidden.empty() ? 0 : options.hidden.front();
  Report report;
  report.column = options.column;
  report.rows = dataset.rows;
  report.advice = training::advise(dataset.categorical.front().counts, hidden);
  report.cautions = training::dataCautions(dataset, {}, usualSplit(dataset.rows));
  return report;
}

std::string_view meaningName(SizeRule::Meaning meaning) {
  switch (meaning) {
    case SizeRule::Meaning::Size:
      return "size";
    case SizeRule::Meaning::OneHot:
      return "one-hot";
    case SizeRule::Meaning::UpperBound:
      return "at-most";
  }
  return {};
}

std::string asJson(const Report& report) {
  const Advice& advice = report.advice;
  Json rules = Json::array();
  for (const SizeRule& rule : advice.rules) {
    rules.push_back({{"name", rule.name},
                     {"dimension", rule.dimension},
                     {"meaning", meaningName(rule.meaning)},
                     {"exceeds", excessOf(rule, advice) != training::Excess::None},
                     {"formula", rule.formula},
                     {"source", rule.source}});
  }
  Json cautions = Json::array();
  for (const Caution& caution : report.cautions) {
    cautions.push_back({{"kind", cautionName(caution.kind)}, {"text", caution.text}});
  }
  const training::SizePrinciple principle = training::sizePrinciple();
  const Json object = {
      {"column", report.column},
      {"categories", advice.categories},
      {"rows", report.rows},
      {"rowsPerCategory", {{"median", advice.medianRows}, {"min", advice.fewestRows}}},
      {"hidden", advice.hidden},
      {"breakEvenDimension", advice.breakEven > 0 ? Json(advice.breakEven) : Json(nullptr)},
      {"rules", rules},
      {"principle",
       {{"name", principle.name}, {"text", principle.text}, {"source", principle.source}}},
      {"headline", advice.headline},
      {"advice", advice.text},
      {"warning", advice.warning.empty() ? Json(nullptr) : Json(advice.warning)},
      {"cautions", cautions}};
  return object.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

/// Breaks a text at blanks; every line begins with as many blanks as `indent`.
std::string wrapped(std::string_view text, std::size_t indent = 0) {
  const std::string margin(indent, ' ');
  std::string out = margin;
  std::size_t used = indent;
  while (!text.empty()) {
    const std::size_t blank = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, blank);
    const std::size_t width = displayWidth(word);
    if (used > indent && used + 1 + width > kLineWidth) {
      out += "\n" + margin;
      used = indent;
    }
    out += (used > indent ? " " : "") + std::string(word);
    used += width + (used > indent ? 1 : 0);
    text.remove_prefix(std::min(blank + 1, text.size()));
  }
  return out + "\n";
}

std::string ruleText(const SizeRule& rule, const Advice& advice) {
  const std::string size = groupedDigits(rule.dimension);
  const std::string value = rule.meaning == SizeRule::Meaning::OneHot       ? "one-hot"
                            : rule.meaning == SizeRule::Meaning::UpperBound ? "at most " + size
                                                                            : size;
  const training::Excess excess = excessOf(rule, advice);
  const char* remark = excess == training::Excess::MoreWeights    ? "  (above d*)"
                       : excess == training::Excess::NoBottleneck ? "  (n or more)"
                                                                  : "";
  return "  " + padded(rule.name, 20) + padded(value + remark, 18) + "  " +
         std::string(rule.formula) + "\n";
}

/// A median: "5,421" or "445.5".
std::string halves(double value) {
  const auto whole = static_cast<std::int64_t>(value);
  return groupedDigits(whole) + (value > static_cast<double>(whole) ? ".5" : "");
}

std::string asText(const Report& report) {
  const Advice& advice = report.advice;
  std::string text = fmt::format("column             {}\n", report.column);
  text += fmt::format("categories         {}\n", groupedDigits(advice.categories));
  text += fmt::format("rows               {}\n", groupedDigits(report.rows));
  text += fmt::format("rows per category  median {}, fewest {}\n", halves(advice.medianRows),
                      groupedDigits(advice.fewestRows));
  text += advice.breakEven > 0
              ? fmt::format(
                    "break-even d*      {:.1f} = n·h / (n + h), h = {}: fewer weights than "
                    "one-hot below it\n",
                    advice.breakEven, groupedDigits(advice.hidden))
              : "break-even d*      none without a hidden layer\n";
  text += "\nsizes by published rules\n";
  for (const SizeRule& rule : advice.rules) {
    text += ruleText(rule, advice);
  }
  text += "  " + padded(training::sizePrinciple().name, 20) +
          "to be measured      an optimum exists, but no formula of n gives it\n";
  text += "\n" + advice.headline + "\n" + wrapped(advice.text, 2);
  if (!advice.warning.empty()) {
    text += wrapped(advice.warning, 2);
  }
  if (!report.cautions.empty()) {
    text += "\nbeware\n";
  }
  for (const Caution& caution : report.cautions) {
    text += wrapped(caution.text, 2);
  }
  return text;
}

void run(const Options& options, const Globals& globals) {
  if (std::any_of(options.hidden.begin(), options.hidden.end(),
                  [](std::int64_t width) { return width < 0; })) {
    throw base::Error(base::ErrorCode::InvalidArgument,
                      "--hidden: the width of a layer is at least 1, or 0 for no hidden layer");
  }
  const std::optional<data::LoadedData> loaded =
      data::readDelimited(options.data, {}, globals.context);
  if (!loaded) {
    throw Interrupted();
  }
  for (const data::DataWarning& warning : loaded->warnings) {
    if (!globals.quiet) {
      complain("warning: " + warning.place.text() + ": " + warning.text);
    }
  }
  const Report report = reportOn(options, *loaded->table);
  print(options.json ? asJson(report) : asText(report));
}

}  // namespace

void addAdvise(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "advise", "Tell which embedding size suits a column by every published rule, or one-hot");
  command->add_option("DATA", options->data, "Delimited text with a header (CSV, TSV, …)")
      ->required();
  command->add_option("--column", options->column, "The column of categories")
      ->type_name("C")
      ->required();
  command
      ->add_option("--target", options->target,
                   "Column to predict: tells also whether the column gives it away, and counts "
                   "only rows that have it")
      ->type_name("T");
  command
      ->add_option("--hidden", options->hidden,
                   "Width h of the first hidden layer behind the embedding (further widths are "
                   "ignored); 0 for none")
      ->delimiter(',')
      ->capture_default_str()
      ->type_name("H")
      ->allow_extra_args(false);
  command->add_flag("--json", options->json, "One JSON object instead of text");
  command->callback([options, &globals] { run(*options, globals); });
}

}  // namespace embedscope::cli
