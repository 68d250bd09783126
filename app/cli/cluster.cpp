// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/number_checks.h"
#include "app/cli/output.h"
#include "app/cli/subcommand.h"
#include "app/cli/table_options.h"
#include "app/cli/text_table.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/clusters/cluster_names.h"
#include "core/clusters/hdbscan.h"
#include "core/clusters/k_means.h"
#include "core/formats/metadata_file.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace embedscope::cli {

namespace {

using clusters::Clustering;
using Json = nlohmann::ordered_json;

constexpr double kLoaded = 0.1;  ///< shares of the progress
constexpr double kDivided = 0.95;
constexpr std::size_t kCentral = 3;  ///< labels in a name

struct Options {
  std::filesystem::path file;
  TableOptions table;
  std::string method;
  std::string metric = "cosine";
  std::optional<Eigen::Index> count;
  clusters::KMeansOptions means;
  clusters::HdbscanOptions density;
  bool finest = false;
  std::uint64_t seed = 1;
  std::filesystem::path output;
  bool json = false;

  bool isMeans() const { return method == "kmeans"; }
};

/// What the command found out; of the two results the one of the method.
struct Report {
  std::optional<clusters::KMeansResult> means;
  std::optional<clusters::HdbscanResult> density;
  double seconds = 0;
  std::vector<std::vector<std::int64_t>> central;
  std::vector<std::string> names;

  const Clustering& clustering() const { return means ? means->clustering : density->clustering; }
};

template <typename Value>
std::optional<Value> finished(std::optional<Value> value) {
  if (!value) {
    throw Interrupted();
  }
  return value;
}

Report divide(const table::EmbeddingTable& table, const Options& options,
              const base::TaskContext& dividing, const base::TaskContext& naming) {
  const neighbors::Metric metric = neighbors::metricFromName(options.metric).value();
  const auto begin = std::chrono::steady_clock::now();
  Report report;
  if (options.isMeans()) {
    clusters::KMeansOptions means = options.means;
    means.clusters = options.count.value_or(means.clusters);
    means.metric = metric;
    means.seed = options.seed;
    report.means = finished(clusters::kMeans(table.values(), means, dividing));
  } else {
    clusters::HdbscanOptions density = options.density;
    density.metric = metric;
    density.seed = options.seed;
    density.choice =
        options.finest ? clusters::ClusterChoice::Finest : clusters::ClusterChoice::Stable;
    report.density = finished(clusters::hdbscan(table.values(), density, dividing));
  }
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  report.central =
      clusters::centralRows(table.values(), report.clustering(), metric, kCentral, naming);
  if (naming.stopRequested()) {
    throw Interrupted();
  }
  report.names = clusters::clusterNames(table.vocabulary(), report.central);
  return report;
}

/// A line for each row: label, cluster, its name, and by density how much it belongs there.
void write(const table::EmbeddingTable& table, const Report& report,
           const std::filesystem::path& path, const base::TaskContext& context) {
  table::MetadataColumn numbers{"cluster", {}};
  table::MetadataColumn names{"name", {}};
  for (const std::int32_t cluster : report.clustering().clusters) {
    numbers.values.push_back(std::to_string(cluster));
    names.values.push_back(cluster < 0 ? "" : report.names[static_cast<std::size_t>(cluster)]);
  }
  table::Metadata metadata;
  metadata.addColumn(std::move(numbers));
  metadata.addColumn(std::move(names));
  if (report.density) {
    table::MetadataColumn strengths{"strength", {}};
    for (const float strength : report.density->strength) {
      strengths.values.push_back(fmt::format("{:.6g}", strength));
    }
    metadata.addColumn(std::move(strengths));
  }
  if (!formats::writeMetadataFile(*table.withMetadata(std::move(metadata)), path, context)) {
    throw Interrupted();
  }
}

std::string asJson(const table::EmbeddingTable& table, const Options& options,
                   const Report& report) {
  Json object = {{"method", options.method},
                 {"rows", table.rowCount()},
                 {"metric", options.metric},
                 {"seed", options.seed},
                 {"seconds", report.seconds}};
  if (report.means) {
    object["inertia"] = report.means->inertia;
    object["iterations"] = report.means->iterations;
    object["rests"] = report.means->rests;
  } else {
    object["noise"] = report.clustering().noise();
    object["exact"] = report.density->isExact;
  }
  Json list = Json::array();
  for (std::size_t i = 0; i < report.names.size(); ++i) {
    Json central = Json::array();
    for (const std::int64_t row : report.central[i]) {
      central.push_back({{"label", base::shownUtf8(table.vocabulary().label(row))}, {"row", row}});
    }
    list.push_back({{"cluster", i},
                    {"size", report.clustering().sizes[i]},
                    {"name", report.names[i]},
                    {"central", std::move(central)}});
  }
  object["clusters"] = std::move(list);
  return object.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string asText(const Options& options, const Report& report) {
  std::vector<std::vector<std::string>> lines = {{"name", "cluster", "rows"}};
  for (std::size_t i = 0; i < report.names.size(); ++i) {
    lines.push_back(
        {report.names[i], std::to_string(i), base::groupedDigits(report.clustering().sizes[i])});
  }
  std::string text = textTable(lines);
  if (report.means) {
    text += fmt::format("inertia {:.6g} after {} iterations{}, {:.2f} s\n", report.means->inertia,
                        report.means->iterations,
                        report.means->rests ? "" : " (the centres had not come to rest)",
                        report.seconds);
  } else {
    text +=
        fmt::format("{} rows belong to no cluster; {}, {:.2f} s\n",
                    base::groupedDigits(report.clustering().noise()),
                    report.density->isExact ? "exact" : "by approximate neighbors", report.seconds);
  }
  if (!options.output.empty()) {
    text += fmt::format("wrote {}\n", options.output.string());
  }
  return text;
}

void run(const Options& options, Globals& globals) {
  if (!options.isMeans() && options.count) {
    throw base::Error(base::ErrorCode::InvalidArgument,
                      "hdbscan finds the number of clusters itself; leave -k out, or take kmeans");
  }
  const base::TaskContext whole = globals.context;
  globals.context = whole.part(0, kLoaded);
  const table::TablePtr table = loadTable(options.file, options.table, globals).table;
  const Report report =
      divide(*table, options, whole.part(kLoaded, kDivided), whole.part(kDivided, 1));
  if (!options.output.empty()) {
    write(*table, report, options.output, whole);
  }
  print(options.json ? asJson(*table, options, report) : asText(options, report));
}

void addMethodOptions(CLI::App& command, Options& options) {
  command.add_option("-k", options.count, "kmeans: how many clusters; 8 unless it is given")
      ->check(atLeastOne());
  command
      .add_option("--restarts", options.means.restarts,
                  "kmeans: how often to begin anew; the best result is kept")
      ->check(atLeastOne())
      ->capture_default_str();
  command
      .add_option("--min-size", options.density.minClusterSize,
                  "hdbscan: fewer rows than that are no cluster")
      ->check(CLI::Range(2, 1'000'000'000))
      ->capture_default_str();
  command
      .add_option("--min-samples", options.density.minSamples,
                  "hdbscan: how many rows, itself counted, a row needs near it to be in a dense "
                  "place; more leave more rows out. As --min-size unless it is given")
      ->check(atLeastOne());
  command.add_flag("--finest", options.finest,
                   "hdbscan: the smallest clusters there are, and not those that last longest");
}

}  // namespace

void addCluster(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "cluster", "Divide the rows of a table into clusters, named by their most central labels");
  command->add_option("TABLE", options->file, "The table")->required();
  command
      ->add_option("--method", options->method,
                   "kmeans (around k means) or hdbscan (dense places; some rows in none)")
      ->required()
      ->check(CLI::IsMember({"kmeans", "hdbscan"}));
  command
      ->add_option("--metric", options->metric,
                   "cosine or euclidean; with cosine every row counts as of length 1")
      ->check(CLI::IsMember({"cosine", "euclidean"}))
      ->capture_default_str();
  command->add_option("--seed", options->seed, "Same seed, same clusters")->capture_default_str();
  addMethodOptions(*command, *options);
  command->add_option("-o,--output", options->output,
                      "File for the cluster of each row: CSV if its name ends in .csv, else TSV; "
                      "labels first. Without it only the clusters are told");
  options->table.addTo(*command);
  command->add_flag("--json", options->json, "One JSON object instead of text");
  command->callback([options, &globals] { run(*options, globals); });
}

}  // namespace embedscope::cli
