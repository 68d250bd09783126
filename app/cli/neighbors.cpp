// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/label_lookup.h"
#include "app/cli/output.h"
#include "app/cli/subcommand.h"
#include "app/cli/table_options.h"
#include "core/neighbors/exact_index.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>

namespace embedscope::cli {

namespace {

using neighbors::Metric;
using neighbors::Neighbor;

struct Options {
  std::filesystem::path file;
  std::string label;
  TableOptions table;
  std::int64_t count = 10;
  std::string metric = "cosine";
  bool json = false;
};

std::string asJson(const table::Vocabulary& labels, Metric metric,
                   const std::vector<Neighbor>& found) {
  using Json = nlohmann::ordered_json;
  Json list = Json::array();
  for (const Neighbor& neighbor : found) {
    list.push_back(
        {{"label", labels.label(neighbor.row)}, {"row", neighbor.row}, {"score", neighbor.score}});
  }
  const Json object = {{"metric", neighbors::metricName(metric)}, {"neighbors", list}};
  return object.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string asText(const table::Vocabulary& labels, Metric metric,
                   const std::vector<Neighbor>& found) {
  const std::string_view score = neighbors::metricName(metric);
  std::size_t labelWidth = 5;
  for (const Neighbor& neighbor : found) {
    labelWidth = std::max(labelWidth, displayWidth(labels.label(neighbor.row)));
  }
  const std::size_t scoreWidth = std::max<std::size_t>(score.size(), 12);
  std::string text =
      fmt::format("{}  {:>{}}  {:>8}\n", padded("label", labelWidth), score, scoreWidth, "row");
  for (const Neighbor& neighbor : found) {
    text += fmt::format("{}  {:>{}.6f}  {:>8}\n", padded(labels.label(neighbor.row), labelWidth),
                        neighbor.score, scoreWidth, neighbor.row);
  }
  return text;
}

void run(const Options& options, const Globals& globals) {
  const table::TablePtr table = loadTable(options.file, options.table, globals).table;
  const Metric metric = neighbors::metricFromName(options.metric).value();
  const std::int64_t row = rowOfLabel(*table, options.label);
  const neighbors::ExactIndex index(table, metric);
  const std::vector<Neighbor> found = index.nearestOfRow(row, options.count, globals.context);
  if (globals.context.stopRequested()) {
    throw Interrupted();
  }
  print(options.json ? asJson(table->vocabulary(), metric, found)
                     : asText(table->vocabulary(), metric, found));
}

}  // namespace

void addNeighbors(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("neighbors", "List the rows nearest to a label, by looking at every row");
  command->add_option("TABLE", options->file, "The table")->required();
  command->add_option("LABEL", options->label, "The label; the first row that bears it counts")
      ->required();
  command->add_option("-k", options->count, "How many neighbors")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command
      ->add_option("--metric", options->metric,
                   "cosine and dot: larger is nearer; euclidean and manhattan: smaller is nearer")
      ->check(CLI::IsMember({"cosine", "dot", "euclidean", "manhattan"}))
      ->capture_default_str();
  options->table.addTo(*command);
  command->add_flag("--json", options->json, "One JSON object instead of text");
  command->callback([options, &globals] { run(*options, globals); });
}

}  // namespace embedscope::cli
