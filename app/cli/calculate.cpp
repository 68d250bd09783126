// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/label_lookup.h"
#include "app/cli/neighbor_list.h"
#include "app/cli/number_checks.h"
#include "app/cli/output.h"
#include "app/cli/subcommand.h"
#include "app/cli/table_options.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/neighbors/calculator.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace embedscope::cli {

namespace {

using neighbors::Neighbor;
using neighbors::Term;
using Json = nlohmann::ordered_json;

struct Options {
  std::filesystem::path file;
  std::string expression;
  TableOptions table;
  std::int64_t count = 10;
  bool isProduct = false;
  bool isRaw = false;
  bool keepInputs = false;
  bool json = false;
};

/// What the scores are called.
std::string_view scoreName(const Options& options) {
  return options.isProduct ? "cosmul" : "cosine";
}

Json termsJson(std::span<const Term> terms) {
  Json list = Json::array();
  for (const Term& term : terms) {
    list.push_back({{"label", base::shownUtf8(term.label)},
                    {"row", term.row ? Json(*term.row) : Json(nullptr)},
                    {"weight", term.weight}});
  }
  return list;
}

std::string asJson(const Options& options, const table::Vocabulary& labels,
                   std::span<const Term> terms, std::span<const Neighbor> found) {
  const Json object = {{"metric", scoreName(options)},
                       {"terms", termsJson(terms)},
                       {"neighbors", neighborsJson(labels, found)}};
  return object.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

/// Tells of labels without a row, whose vectors are composed. @throws Error BadData where that
/// cannot be, with the closest labels.
void checkLabels(const table::EmbeddingTable& table, std::span<const Term> terms, bool quiet) {
  for (const Term& term : terms) {
    if (term.row) {
      continue;
    }
    if (!table.subwords() || !table.subwords()->composeVector(term.label)) {
      throw base::Error(base::ErrorCode::BadData, fmt::format("character {}: {}", term.character,
                                                              unknownLabelText(table, term.label)));
    }
    if (!quiet) {
      complain(composedLabelText(table, term.label));
    }
  }
}

void run(const Options& options, const Globals& globals) {
  const table::TablePtr table = loadTable(options.file, options.table, globals).table;
  const std::vector<Term> terms =
      neighbors::parseExpression(options.expression, table->vocabulary());
  checkLabels(*table, terms, globals.quiet);
  const neighbors::ExactIndex index(table, neighbors::Metric::Cosine);
  const std::vector<Neighbor> found =
      options.isProduct ? neighbors::nearestByProduct(index, terms, options.count,
                                                      !options.keepInputs, globals.context)
                        : neighbors::nearestToSum(
                              index, terms, options.count,
                              {.unitInputs = !options.isRaw, .excludeInputs = !options.keepInputs},
                              globals.context);
  if (globals.context.stopRequested()) {
    throw Interrupted();
  }
  print(options.json ? asJson(options, table->vocabulary(), terms, found)
                     : neighborsText(table->vocabulary(), scoreName(options), found));
}

}  // namespace

void addCalculate(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<Options>();
  options->table.checksMapped = false;  // the search itself passes over rows that hold NaN
  CLI::App* command = app.add_subcommand(
      "calculate", "List the rows nearest to a sum of labels, as in king - man + woman");
  command->add_option("TABLE", options->file, "The table")->required();
  command
      ->add_option("EXPRESSION", options->expression,
                   "Labels with + and - between them and weights with *; labels with blanks in "
                   "them are quoted. After -- it may begin with a -")
      ->required();
  command->add_option("-k", options->count, "How many neighbors")
      ->check(atLeastOne())
      ->capture_default_str();
  CLI::Option* product = command->add_flag(
      "--cosmul", options->isProduct,
      "Multiply and divide the similarities to the labels (3CosMul) instead of adding vectors");
  command
      ->add_flag("--raw", options->isRaw,
                 "Add the vectors as they are, not scaled to length 1 before")
      ->excludes(product);
  command->add_flag("--keep-inputs", options->keepInputs,
                    "List the labels of the expression, too, where they are near");
  options->table.addTo(*command);
  command->add_flag("--json", options->json, "One JSON object instead of text");
  command->callback([options, &globals] { run(*options, globals); });
}

}  // namespace embedscope::cli
