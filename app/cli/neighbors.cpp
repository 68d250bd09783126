// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/label_lookup.h"
#include "app/cli/neighbor_list.h"
#include "app/cli/output.h"
#include "app/cli/subcommand.h"
#include "app/cli/table_options.h"
#include "core/neighbors/exact_index.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

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

/// What is near to what was asked for.
struct Answer {
  std::vector<Neighbor> neighbors;
  bool isComposed = false;  ///< of a word that the table has no row for
};

std::string asJson(const table::Vocabulary& labels, Metric metric, const Answer& answer) {
  using Json = nlohmann::ordered_json;
  const Json object = {{"metric", neighbors::metricName(metric)},
                       {"composed", answer.isComposed},
                       {"neighbors", neighborsJson(labels, answer.neighbors)}};
  return object.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

/// The vector of a word that is not in the table, if its subwords give one.
std::optional<std::vector<float>> composedVector(const table::EmbeddingTable& table,
                                                 const std::string& label) {
  const bool isUnknown = table.subwords() && !table.vocabulary().find(label);
  return isUnknown ? table.subwords()->composeVector(label) : std::nullopt;
}

void run(const Options& options, const Globals& globals) {
  const table::TablePtr table = loadTable(options.file, options.table, globals).table;
  const Metric metric = neighbors::metricFromName(options.metric).value();
  const std::optional<std::vector<float>> composed = composedVector(*table, options.label);
  const std::int64_t row = composed ? -1 : rowOfLabel(*table, options.label);
  if (composed && !globals.quiet) {
    complain(composedLabelText(*table, options.label));
  }
  const neighbors::ExactIndex index(table, metric);
  const Answer answer = {composed ? index.nearest(*composed, options.count, {}, globals.context)
                                  : index.nearestOfRow(row, options.count, globals.context),
                         composed.has_value()};
  if (globals.context.stopRequested()) {
    throw Interrupted();
  }
  print(options.json
            ? asJson(table->vocabulary(), metric, answer)
            : neighborsText(table->vocabulary(), neighbors::metricName(metric), answer.neighbors));
}

}  // namespace

void addNeighbors(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("neighbors", "List the rows nearest to a label, by looking at every row");
  command->add_option("TABLE", options->file, "The table")->required();
  command
      ->add_option("LABEL", options->label,
                   "The label; the first row that bears it counts. Of fastText models any word")
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
