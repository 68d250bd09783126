// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/label_lookup.h"
#include "app/cli/named_values.h"
#include "app/cli/output.h"
#include "app/cli/product_backward.h"
#include "app/cli/product_bag.h"
#include "app/cli/subcommand.h"
#include "app/cli/table_options.h"
#include "core/base/float_text.h"
#include "core/base/text.h"
#include "core/explain/one_hot_product.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace embedscope::cli {

namespace {

using explain::OneHotProduct;
using Json = nlohmann::ordered_json;

struct Options {
  std::filesystem::path file;
  std::vector<std::string> labels;
  BagArguments bag;
  TableOptions table;
  BackwardOptions backward;
  bool json = false;
};

Json zeroSteps(std::int64_t fromRow, std::int64_t toRow) {
  return {{"fromRow", fromRow}, {"toRow", toRow}, {"coefficient", 0}};
}

/// The steps before the chosen row in one entry, its own, and those after it in one entry.
Json stepsOf(const OneHotProduct& product) {
  Json steps = Json::array();
  const std::int64_t index = product.index();
  if (index > 0) {
    steps.push_back(zeroSteps(0, index - 1));
  }
  steps.push_back(
      {{"row", index}, {"coefficient", 1}, {"partialSum", product.step(index).partialSum}});
  if (index + 1 < product.stepCount()) {
    steps.push_back(zeroSteps(index + 1, product.stepCount() - 1));
  }
  return steps;
}

Json asJson(const std::string& label, const OneHotProduct& product) {
  return {{"label", label},
          {"oneHot", {{"size", product.stepCount()}, {"index", product.index()}}},
          {"steps", stepsOf(product)},
          {"result", product.result()},
          {"lookup", std::vector<float>(product.lookup().begin(), product.lookup().end())},
          {"bitEqual", product.bitEqual()},
          {"multiplications", product.multiplications()},
          {"copies", product.copies()}};
}

/// The numbers side by side, each with the digits that read back as the same float.
std::vector<std::string> numberTexts(std::span<const float> values) {
  std::vector<std::string> texts;
  for (const float value : values) {
    base::appendFloat(texts.emplace_back(), value);
  }
  return texts;
}

std::string asText(const std::string& label, const OneHotProduct& product) {
  const std::int64_t index = product.index();
  const std::int64_t last = product.stepCount() - 1;
  const std::vector<float> zeros = product.partialSumBefore(index);
  const OneHotProduct::Step step = product.step(index);

  struct Line {
    std::string name;
    std::vector<std::string> numbers;
  };

  std::vector<Line> lines;
  if (index > 0) {
    lines.push_back({fmt::format("after 0 x rows 0-{}", index - 1), numberTexts(zeros)});
  }
  lines.push_back({fmt::format("after 1 x row {}", index), numberTexts(step.partialSum)});
  if (index < last) {
    lines.push_back(
        {fmt::format("after 0 x rows {}-{}", index + 1, last), numberTexts(product.result())});
  }
  lines.push_back({"result", numberTexts(product.result())});
  lines.push_back({"lookup", numberTexts(product.lookup())});

  std::size_t nameWidth = 0;
  std::size_t numberWidth = 0;
  for (const Line& line : lines) {
    nameWidth = std::max(nameWidth, line.name.size());
    for (const std::string& number : line.numbers) {
      numberWidth = std::max(numberWidth, number.size());
    }
  }
  std::string text =
      fmt::format("{}: one-hot 1 x {} with its 1 at {}, times a {} x {} table\n", label,
                  product.stepCount(), index, product.stepCount(), product.copies());
  for (const Line& line : lines) {
    text += fmt::format("  {:<{}}", line.name, nameWidth);
    for (const std::string& number : line.numbers) {
      text += fmt::format("  {:>{}}", number, numberWidth);
    }
    text += '\n';
  }
  text += product.bitEqual() ? "  bit-equal: the product is the row, copied\n"
                             : "  not bit-equal: the table holds -0, NaN or infinity\n";
  text += fmt::format("  {} multiplications, or {} copies\n",
                      base::groupedDigits(product.multiplications()),
                      base::groupedDigits(product.copies()));
  return text;
}

void runProducts(const Options& options, const table::TablePtr& table, const Globals& globals) {
  std::vector<std::int64_t> rows;
  for (const std::string& label : options.labels) {
    rows.push_back(rowOfLabel(*table, label));
  }
  std::string text;
  Json products = Json::array();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (globals.context.stopRequested()) {
      throw Interrupted();
    }
    const OneHotProduct product(table, rows[i]);
    if (options.json) {
      products.push_back(asJson(options.labels[i], product));
    } else {
      text += (i == 0 ? "" : "\n") + asText(options.labels[i], product);
    }
  }
  if (options.json) {
    const Json object = {{"products", products}};
    text = object.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
  }
  print(text);
}

void run(const Options& options, const Globals& globals) {
  if (options.bag.isGiven()) {
    options.bag.check(options.labels.size());
  } else if (options.labels.empty()) {
    throw CLI::RequiredError("LABEL");
  } else if (options.bag.padding && !options.backward.isOn) {
    refuse("--padding requires --bag or --backward");
  }
  const table::TablePtr table = loadTable(options.file, options.table, globals).table;
  if (options.bag.isGiven()) {
    print(describeBag(table, options.labels, options.bag, options.json));
  } else if (options.backward.isOn) {
    print(
        backwardReport(table, options.labels, options.bag.padding, options.backward, options.json));
  } else {
    runProducts(options, table, globals);
  }
}

}  // namespace

void addProduct(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "product", "Multiply one-hot vectors with the table, step by step, beside the lookup");
  command->add_option("TABLE", options->file, "The table")->required();
  command->add_option("LABEL", options->labels,
                      "Labels, each multiplied on its own, or the bag of --bag, or the batch of "
                      "--backward");
  options->bag.addTo(*command);
  options->table.addTo(*command);
  options->backward.addTo(*command);
  command->get_option("--backward")->excludes("--bag");
  command->add_flag("--json", options->json, "One JSON object instead of text");
  command->callback([options, &globals] { run(*options, globals); });
}

}  // namespace embedscope::cli
