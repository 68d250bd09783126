// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/product_bag.h"

#include "app/cli/label_lookup.h"
#include "app/cli/named_values.h"
#include "app/cli/text_table.h"
#include "core/base/float_text.h"
#include "core/base/text.h"
#include "core/explain/bag_product.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

namespace embedscope::cli {

namespace {

using explain::BagMode;
using explain::BagOptions;
using explain::BagProduct;
using Json = nlohmann::ordered_json;
using Labels = std::vector<std::string>;

float weightOf(std::string_view text) {
  const std::optional<float> number = base::parseFloat(text);
  if (!number || !std::isfinite(*number)) {
    refuse(fmt::format("--weights: \"{}\" is not a finite number", text));
  }
  return *number;
}

/// The numbers of "0.5,-1"; none of "".
std::vector<float> weightsOf(std::string_view text) {
  std::vector<float> weights;
  for (bool more = !text.empty(); more;) {
    const std::size_t comma = text.find(',');
    weights.push_back(weightOf(text.substr(0, comma)));
    more = comma != std::string_view::npos;
    text.remove_prefix(more ? comma + 1 : text.size());
  }
  return weights;
}

BagMode modeOf(const std::string& name) {
  if (name == "sum") {
    return BagMode::Sum;
  }
  return name == "mean" ? BagMode::Mean : BagMode::Max;
}

BagProduct bagOf(const table::TablePtr& table, const Labels& labels,
                 const BagArguments& arguments) {
  std::vector<std::int64_t> rows;
  for (const std::string& label : labels) {
    rows.push_back(rowOfLabel(*table, label));
  }
  BagOptions options;
  options.mode = modeOf(arguments.mode);
  if (arguments.weights) {
    options.weights = weightsOf(*arguments.weights);
  }
  if (arguments.padding) {
    options.paddingRow = rowOfLabel(*table, *arguments.padding);
  }
  return {table, std::move(rows), std::move(options)};
}

Json stepsOf(const BagProduct& bag, const Labels& labels) {
  Json steps = Json::array();
  for (const BagProduct::Step& step : bag.steps()) {
    steps.push_back({{"row", step.row},
                     {"label", labels[steps.size()]},
                     {"weight", step.weight},
                     {"leftOut", step.leftOut},
                     {"partial", step.partial}});
  }
  return steps;
}

Json multiHotOf(const BagProduct& bag) {
  Json places = Json::array();
  for (const auto& [row, coefficient] : bag.multiHot()) {
    places.push_back({{"row", row}, {"coefficient", coefficient}});
  }
  return places;
}

Json asJson(const std::string& mode, const Labels& labels, const BagProduct& bag) {
  Json object = {{"mode", mode},
                 {"labels", labels},
                 {"counted", bag.counted()},
                 {"steps", stepsOf(bag, labels)},
                 {"multiHot", multiHotOf(bag)},
                 {"result", bag.result()},
                 {"copies", bag.copies()}};
  if (bag.product()) {
    object["product"] = *bag.product();
    object["bitEqual"] = bag.bitEqual();
    object["largestDifference"] = *bag.largestDifference();
  }
  object["multiplications"] = bag.multiplications();
  return {{"bag", object}};
}

std::string numberText(float value) {
  std::string text;
  base::appendFloat(text, value);
  return text;
}

/// A line of the table of numbers: what they are, and each with the digits that read back as it.
std::vector<std::string> lineOf(std::string name, std::span<const float> values) {
  std::vector<std::string> line = {"  " + std::move(name)};
  for (const float value : values) {
    line.push_back(numberText(value));
  }
  return line;
}

std::string nameOf(const BagProduct::Step& step, BagMode mode, const std::string& label) {
  if (step.leftOut) {
    return fmt::format("row {} ({}) is padding, left out", step.row, label);
  }
  if (mode == BagMode::Max) {
    return fmt::format("largest up to row {} ({})", step.row, label);
  }
  return fmt::format("after {} x row {} ({})", numberText(step.weight), step.row, label);
}

/// Steps, result and product below each other.
std::string numbersText(const Labels& labels, const BagProduct& bag) {
  const BagMode mode = bag.options().mode;
  std::vector<std::vector<std::string>> lines;
  for (const BagProduct::Step& step : bag.steps()) {
    lines.push_back(lineOf(nameOf(step, mode, labels[lines.size()]), step.partial));
  }
  if (mode == BagMode::Mean && bag.counted() > 0) {
    lines.push_back(lineOf(fmt::format("divided by {}", bag.counted()), bag.result()));
  }
  lines.push_back(lineOf("result", bag.result()));
  if (bag.product()) {
    lines.push_back(lineOf("multi-hot x table", *bag.product()));
  }
  return textTable(lines);
}

/// "0.5 at row 0, 0.25 at row 3"
std::string multiHotText(const BagProduct& bag) {
  if (bag.multiHot().empty()) {
    return "0 everywhere";
  }
  std::vector<std::string> places;
  for (const auto& [row, coefficient] : bag.multiHot()) {
    places.push_back(fmt::format("{} at row {}", numberText(coefficient), row));
  }
  return fmt::format("{}", fmt::join(places, ", "));
}

/// Whether product and result agree, and what can be the matter where they do not.
std::string comparisonText(const BagProduct& bag) {
  if (bag.bitEqual()) {
    return "bit-equal: the product is the result";
  }
  const float difference = bag.largestDifference().value_or(0.0F);
  if (!std::isfinite(difference)) {
    return "not bit-equal: numbers are NaN or infinite";
  }
  if (difference == 0.0F) {
    return "not bit-equal: zeros differ in their sign, or NaNs in their bits";
  }
  return "not bit-equal: rounded in another order, at most " + numberText(difference) + " apart";
}

std::string asText(const std::string& mode, const Labels& labels, const BagProduct& bag) {
  const auto padding = static_cast<std::int64_t>(labels.size()) - bag.counted();
  std::string text =
      fmt::format("{} of {} {}", mode, labels.size(), labels.size() == 1 ? "label" : "labels");
  text += padding > 0 ? fmt::format(", {} left out", padding) : "";
  const std::string table =
      fmt::format("a {} x {} table", bag.table().rowCount(), bag.table().dimension());
  if (!bag.product()) {
    text += fmt::format(": rows of {}\n", table) + numbersText(labels, bag);
    return text + fmt::format("  a maximum is no product with a matrix\n  {} copies\n",
                              base::groupedDigits(bag.copies()));
  }
  text += fmt::format(": multi-hot 1 x {}, times {}\n", bag.table().rowCount(), table);
  text += fmt::format("  multi-hot is {}\n", multiHotText(bag));
  text += numbersText(labels, bag);
  return text + fmt::format("  {}\n  {} multiplications, or {} copies\n", comparisonText(bag),
                            base::groupedDigits(bag.multiplications()),
                            base::groupedDigits(bag.copies()));
}

}  // namespace

void BagArguments::addTo(CLI::App& command) {
  CLI::Option* bag =
      command
          .add_option("--bag", mode,
                      "All labels are one bag (none: the empty bag), reduced to one row: sum, "
                      "mean or max of their rows")
          ->check(CLI::IsMember({"sum", "mean", "max"}));
  command.add_option("--weights", weights, "Weights for --bag sum, one for each label: 0.5,2,-1")
      ->needs(bag);
  command
      .add_option("--padding", padding,
                  "A label that --bag neither reduces nor counts, and that gets no gradient with "
                  "--backward")
      ->type_name("LABEL");
}

void BagArguments::check(std::size_t labels) const {
  if (!weights) {
    return;
  }
  if (mode != "sum") {
    refuse(fmt::format("--weights: only --bag sum has weights, not --bag {}", mode));
  }
  if (const std::size_t count = weightsOf(*weights).size(); count != labels) {
    refuse(fmt::format("--weights: {} weights for {} labels; each needs one", count, labels));
  }
}

std::string describeBag(const table::TablePtr& table, const Labels& labels,
                        const BagArguments& arguments, bool json) {
  arguments.check(labels.size());
  const BagProduct bag = bagOf(table, labels, arguments);
  return json ? asJson(arguments.mode, labels, bag)
                        .dump(2, ' ', false, Json::error_handler_t::replace) +
                    "\n"
              : asText(arguments.mode, labels, bag);
}

}  // namespace embedscope::cli
