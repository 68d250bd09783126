// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/label_lookup.h"
#include "app/cli/neighbor_list.h"
#include "app/cli/number_checks.h"
#include "app/cli/output.h"
#include "app/cli/subcommand.h"
#include "app/cli/table_options.h"
#include "core/base/text.h"
#include "core/formats/label_file.h"
#include "core/neighbors/exact_index.h"
#include "core/neighbors/hnsw_index.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace embedscope::cli {

namespace {

using neighbors::Neighbor;

/// An approximate index is measured on so many rows.
constexpr std::int64_t kMeasuredRows = 200;

struct Options {
  std::filesystem::path file;
  std::vector<std::string> labels;
  std::filesystem::path labelsFrom;
  TableOptions table;
  std::int64_t count = 10;
  std::string metric = "cosine";
  bool approximate = false;
  bool json = false;
};

/// What is near to what was asked for.
struct Answer {
  std::string label;
  std::vector<Neighbor> neighbors;
  bool isComposed = false;  ///< of a word that the table has no row for
};

struct Answers {
  std::vector<Answer> list;
  std::optional<double> recall;  ///< of an approximate index
};

/// A label with its row, or with the vector that its subwords compose.
struct Query {
  std::string label;
  std::int64_t row = -1;
  std::vector<float> composed;
};

bool asksForOne(const Options& options) {
  return options.labels.size() == 1 && options.labelsFrom.empty();
}

std::string asJson(const table::Vocabulary& labels, const Options& options,
                   const Answers& answers) {
  using Json = nlohmann::ordered_json;
  const auto asObject = [&](Json object, const Answer& answer) {
    object["composed"] = answer.isComposed;
    object["neighbors"] = neighborsJson(labels, answer.neighbors);
    return object;
  };
  Json object = {{"metric", options.metric}};
  if (answers.recall) {
    object["approximate"] = true;
    object["recall"] = *answers.recall;
  }
  if (asksForOne(options)) {
    object = asObject(std::move(object), answers.list.front());
  } else {
    object["queries"] = Json::array();
    for (const Answer& answer : answers.list) {
      object["queries"].push_back(asObject({{"label", base::shownUtf8(answer.label)}}, answer));
    }
  }
  return object.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string asText(const table::Vocabulary& labels, const Options& options,
                   const Answers& answers) {
  std::string text;
  for (const Answer& answer : answers.list) {
    if (!asksForOne(options)) {
      text += text.empty() ? "" : "\n";
      text += fmt::format("neighbors of {}\n", answer.label);
    }
    text += neighborsText(labels, options.metric, answer.neighbors);
  }
  return text;
}

/// @throws Error BadData: a label that is neither in the table nor composed.
Query queryOf(const table::EmbeddingTable& table, const std::string& label,
              const Globals& globals) {
  const bool isUnknown = table.subwords() && !table.vocabulary().find(label);
  if (isUnknown) {
    if (std::optional<std::vector<float>> vector = table.subwords()->composeVector(label)) {
      if (!globals.quiet) {
        complain(composedLabelText(table, label));
      }
      return {label, -1, *std::move(vector)};
    }
  }
  return {label, rowOfLabel(table, label), {}};
}

std::vector<Query> queriesOf(const table::EmbeddingTable& table, const Options& options,
                             const Globals& globals) {
  std::vector<std::string> labels = options.labels;
  if (!options.labelsFrom.empty()) {
    const std::vector<std::string> more = formats::readLabelList(options.labelsFrom);
    labels.insert(labels.end(), more.begin(), more.end());
  }
  std::vector<Query> queries;
  for (const std::string& label : labels) {
    queries.push_back(queryOf(table, label, globals));
  }
  return queries;
}

Answers exactAnswers(const table::TablePtr& table, const Options& options,
                     const std::vector<Query>& queries, const base::TaskContext& context) {
  const neighbors::ExactIndex index(table, neighbors::metricFromName(options.metric).value());
  std::vector<std::int64_t> rows;
  for (const Query& query : queries) {
    if (query.row >= 0) {
      rows.push_back(query.row);
    }
  }
  std::vector<std::vector<Neighbor>> ofRows;
  if (rows.size() > 1) {
    ofRows = index.nearestOfRows(rows, options.count, context);
  } else if (rows.size() == 1) {
    ofRows.push_back(index.nearestOfRow(rows.front(), options.count, context));
  }
  Answers answers;
  std::size_t next = 0;
  for (const Query& query : queries) {
    if (context.stopRequested()) {
      break;
    }
    answers.list.push_back({query.label,
                            query.row >= 0
                                ? std::move(ofRows[next++])
                                : index.nearest(query.composed, options.count, {}, context),
                            query.row < 0});
  }
  return answers;
}

Answers approximateAnswers(const table::TablePtr& table, const Options& options,
                           const std::vector<Query>& queries, const Globals& globals) {
  const auto index =
      neighbors::HnswIndex::build(table, neighbors::metricFromName(options.metric).value(), {}, {},
                                  globals.context.part(0, 0.95));
  Answers answers;
  if (!index) {
    return answers;
  }
  answers.recall =
      index->sampledRecall(options.count, kMeasuredRows, neighbors::HnswIndex::kBreadth, 1,
                           globals.context.part(0.95, 1));
  for (const Query& query : queries) {
    answers.list.push_back({query.label,
                            query.row >= 0 ? index->nearestOfRow(query.row, options.count)
                                           : index->nearest(query.composed, options.count),
                            query.row < 0});
  }
  return answers;
}

void run(const Options& options, const Globals& globals) {
  if (options.labels.empty() && options.labelsFrom.empty()) {
    throw CLI::RequiredError("LABEL or --labels-from");
  }
  const table::TablePtr table = loadTable(options.file, options.table, globals).table;
  const std::vector<Query> queries = queriesOf(*table, options, globals);
  const Answers answers = options.approximate
                              ? approximateAnswers(table, options, queries, globals)
                              : exactAnswers(table, options, queries, globals.context);
  if (globals.context.stopRequested()) {
    throw Interrupted();
  }
  if (answers.recall && !globals.quiet) {
    complain(fmt::format("approximate: {:.1f} % of the true neighbors of {} rows were found",
                         *answers.recall * 100, std::min(kMeasuredRows, table->rowCount())));
  }
  print(options.json ? asJson(table->vocabulary(), options, answers)
                     : asText(table->vocabulary(), options, answers));
}

}  // namespace

void addNeighbors(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<Options>();
  options->table.checksMapped = false;  // the search itself passes over rows that hold NaN
  CLI::App* command =
      app.add_subcommand("neighbors", "List the rows nearest to labels, by looking at every row");
  command->add_option("TABLE", options->file, "The table")->required();
  command->add_option("LABEL", options->labels,
                      "The label; the first row that bears it counts. Of fastText models any word. "
                      "Several are asked at once");
  command
      ->add_option("--labels-from", options->labelsFrom, "A file of labels to ask for, one a line")
      ->type_name("FILE");
  command->add_option("-k", options->count, "How many neighbors")
      ->check(atLeastOne())
      ->capture_default_str();
  command
      ->add_option("--metric", options->metric,
                   "cosine and dot: larger is nearer; euclidean and manhattan: smaller is nearer")
      ->check(CLI::IsMember({"cosine", "dot", "euclidean", "manhattan"}))
      ->capture_default_str();
  command->add_flag("--approximate", options->approximate,
                    "Build an index (HNSW) that finds most of the true neighbors, and tell how "
                    "many: pays where very many labels are asked for; not with manhattan");
  options->table.addTo(*command);
  command->add_flag("--json", options->json, "One JSON object instead of text");
  command->callback([options, &globals] { run(*options, globals); });
}

}  // namespace embedscope::cli
