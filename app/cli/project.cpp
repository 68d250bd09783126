// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/number_checks.h"
#include "app/cli/output.h"
#include "app/cli/preparation_options.h"
#include "app/cli/project_placing.h"
#include "app/cli/project_supervision.h"
#include "app/cli/subcommand.h"
#include "app/cli/table_options.h"
#include "core/base/error.h"
#include "core/formats/table_io.h"
#include "core/projection/affinities.h"
#include "core/projection/faithfulness.h"
#include "core/projection/layout.h"
#include "core/projection/prepared_pca.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace embedscope::cli {

namespace {

using base::RowMatrix;
using projection::Faithfulness;

constexpr double kLoaded = 0.1;  ///< shares of the progress
constexpr double kProjected = 0.9;
constexpr double kPrepared = 0.1;  ///< of projecting
constexpr double kMeasured = 0.95;

struct Options {
  std::filesystem::path file;
  TableOptions table;
  std::string method;
  Eigen::Index dims = 2;
  std::uint64_t seed = 1;
  std::string metric = "cosine";
  projection::Preparation preparation;
  std::filesystem::path output;
  bool json = false;
  std::optional<double> learningRate;
  projection::TsneOptions tsne;
  projection::UmapOptions umap;
  SupervisionOptions supervision;
  PlacingOptions placing;
};

/// Where the rows lie on the picture.
struct Picture {
  RowMatrix points;
  std::optional<double> divergence;  ///< of t-SNE
  std::variant<projection::PreparedPca, LaidOut> made;
};

/// What the command found out.
struct Report {
  Eigen::Index rows = 0;
  double seconds = 0;
  std::optional<double> divergence;
  Faithfulness faithfulness;
  std::optional<table::ColumnCategories> categories;  ///< that supervised
  std::optional<Placed> placed;
};

Picture pcaOf(const table::EmbeddingTable& table, const Options& options,
              const base::TaskContext& context) {
  constexpr double kFitted = 0.9;
  projection::PreparedPca pca = finished(projection::fitPreparedPca(
      table.values(), options.preparation, options.dims, context.part(0, kFitted)));
  RowMatrix points = finished(pca.project(table.values(), context.part(kFitted, 1)));
  return {std::move(points), {}, std::move(pca)};
}

projection::LayoutOptions layoutOptions(const Options& options,
                                        const std::optional<table::ColumnCategories>& categories) {
  const auto shared = [&](auto own) -> projection::LayoutOptions {
    own.dims = options.dims;
    own.seed = options.seed;
    own.metric = neighbors::metricFromName(options.metric).value();
    own.learningRate = options.learningRate.value_or(own.learningRate);
    return own;
  };
  if (options.method == "tsne") {
    return shared(options.tsne);
  }
  projection::UmapOptions umap = options.umap;
  if (categories) {
    umap.categories = categories->ofRows;
    umap.targetWeight = options.supervision.weight;
  }
  return shared(std::move(umap));
}

Picture pictureOf(const table::EmbeddingTable& table, const Options& options,
                  const std::optional<table::ColumnCategories>& categories,
                  const base::TaskContext& context) {
  if (options.method == "pca") {
    return pcaOf(table, options, context);
  }
  const double prepared = options.preparation.isNone() ? 0 : kPrepared;
  constexpr double kBegun = 0.4;
  std::optional<projection::PreparedRows> rows =
      projection::PreparedRows::of(table.values(), options.preparation, context.part(0, prepared));
  if (!rows) {
    throw Interrupted();
  }
  LaidOut made{rows->preparer(), layoutOptions(options, categories)};
  projection::Layout layout = finished(
      projection::Layout::begin(rows->values(), made.options, context.part(prepared, kBegun)));
  rows.reset();  // the layout knows the neighbors now
  if (!layout.advance(layout.steps(), context.part(kBegun, 1))) {
    throw Interrupted();
  }
  std::optional<double> divergence = layout.divergence(context);
  if (context.stopRequested()) {
    throw Interrupted();
  }
  return {layout.points(), divergence, std::move(made)};
}

/// TSV with a header unless the name asks for CSV: `convert` would take .tsv for the projector's,
/// which keeps the labels in a file of their own.
formats::FormatId outputFormat(const std::filesystem::path& path) {
  const std::string extension = path.extension().string();
  return extension == ".csv" ? formats::FormatId::Csv : formats::FormatId::Tsv;
}

void write(const table::EmbeddingTable& table, RowMatrix points, const std::filesystem::path& path,
           const base::TaskContext& context) {
  const table::EmbeddingTable map(table.name(), table.vocabulary(), std::move(points));
  if (formats::writeTable(map, path, outputFormat(path), context).empty()) {
    throw Interrupted();
  }
}

nlohmann::ordered_json placedJson(const Options& options, const Placed& placed) {
  nlohmann::ordered_json object = {{"table", options.placing.file.string()},
                                   {"rows", placed.places.rows()},
                                   {"withoutPlace", placed.nowhere},
                                   {"seconds", placed.seconds}};
  if (placed.neighborsKept) {
    object["neighborsKept"] = *placed.neighborsKept;
    object["neighbors"] = placed.nearest;
    object["measuredRows"] = placed.measured;
  }
  return object;
}

std::string asJson(const Options& options, const Report& report) {
  nlohmann::ordered_json object = {{"method", options.method}, {"rows", report.rows},
                                   {"dims", options.dims},     {"seed", options.seed},
                                   {"metric", options.metric}, {"seconds", report.seconds}};
  object["prepared"] = preparationJson(options.preparation);
  if (report.categories) {
    object["supervisedBy"] = options.supervision.column;
    object["targetWeight"] = options.supervision.weight;
    object["categories"] = report.categories->count;
    object["rowsWithoutCategory"] = report.categories->missing;
  }
  if (report.divergence) {
    object["perplexity"] = projection::possiblePerplexity(options.tsne.perplexity, report.rows);
    object["iterations"] = options.tsne.iterations;
    object["klDivergence"] = *report.divergence;
  }
  object["faithfulness"] = {{"trustworthiness", report.faithfulness.trustworthiness},
                            {"neighborsKept", report.faithfulness.neighborsKept},
                            {"neighbors", report.faithfulness.k},
                            {"measuredRows", report.faithfulness.rows.size()}};
  if (report.placed) {
    object["placed"] = placedJson(options, *report.placed);
  }
  return object.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

/// "1 row", "20 rows".
std::string rowsText(Eigen::Index count) {
  return fmt::format("{} {}", count, count == 1 ? "row" : "rows");
}

std::string placedText(const Options& options, const Placed& placed) {
  std::string text =
      fmt::format("placed           {} of {} in {:.2f} s\n", rowsText(placed.places.rows()),
                  options.placing.file.string(), placed.seconds);
  if (placed.nowhere > 0) {
    text +=
        fmt::format("no place         {}: by cosine, zeros have none\n", rowsText(placed.nowhere));
  }
  if (placed.neighborsKept) {
    text += fmt::format("neighbors kept   {:.4f} of their {} nearest, {} measured\n",
                        *placed.neighborsKept, placed.nearest, rowsText(placed.measured));
  }
  if (!options.placing.output.empty()) {
    text += fmt::format("wrote            {}\n", options.placing.output.string());
  }
  return text;
}

std::string asText(const Options& options, const Report& report) {
  const Faithfulness& measured = report.faithfulness;
  std::string text =
      fmt::format("method           {}, {} dimensions\n", options.method, options.dims);
  text += fmt::format("rows             {}\n", report.rows);
  text += fmt::format("prepared         {}\n", preparationText(options.preparation));
  text += fmt::format("seconds          {:.2f}\n", report.seconds);
  if (report.categories) {
    text += fmt::format("supervised by    {}, {} categories, {} rows without one, weight {}\n",
                        options.supervision.column, report.categories->count,
                        report.categories->missing, options.supervision.weight);
  }
  if (report.divergence) {
    text +=
        fmt::format("KL divergence    {:.4f}, perplexity {}, {} iterations\n", *report.divergence,
                    projection::possiblePerplexity(options.tsne.perplexity, report.rows),
                    options.tsne.iterations);
  }
  text += fmt::format("trustworthiness  {:.4f}\n", measured.trustworthiness);
  text += fmt::format("neighbors kept   {:.4f}\n", measured.neighborsKept);
  text += fmt::format("measured         {} nearest by {}, {} rows against all{}\n", measured.k,
                      options.metric, measured.rows.size(),
                      options.preparation.isNone() ? "" : ", before they are prepared");
  if (!options.output.empty()) {
    text += fmt::format("wrote            {}\n", options.output.string());
  }
  return report.placed ? text + placedText(options, *report.placed) : text;
}

void check(const table::EmbeddingTable& table, const Options& options) {
  if (table.rowCount() < 3 || table.dimension() < options.dims) {
    throw base::Error(
        base::ErrorCode::InvalidArgument,
        fmt::format("a table of {} × {} numbers has no picture in {} dimensions; it takes 3 rows "
                    "and as many columns as the picture",
                    table.rowCount(), table.dimension(), options.dims));
  }
  requireFinite(table, "leave it out with --only");
}

void run(const Options& options, Globals& globals) {
  const base::TaskContext whole = globals.context;
  globals.context = whole.part(0, kLoaded);
  const table::TablePtr table = loadTable(options.file, options.table, globals).table;
  check(*table, options);
  if (!options.output.empty() && options.output == options.placing.output) {
    throw base::Error(base::ErrorCode::InvalidArgument,
                      "-o and --place-output name the same file: one would take the other's place");
  }
  const table::TablePtr second = tableToPlace(options.placing, *table, globals);
  Report report;
  report.rows = table->rowCount();
  report.categories = supervisingCategories(options.supervision, options.method, *table, whole);
  const auto begin = std::chrono::steady_clock::now();
  Picture picture = pictureOf(*table, options, report.categories, whole.part(kLoaded, kProjected));
  report.divergence = picture.divergence;
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  projection::FaithfulnessOptions measuring;
  measuring.metric = neighbors::metricFromName(options.metric).value();
  measuring.seed = options.seed;
  report.faithfulness = finished(projection::faithfulness(
      table->values(), picture.points, measuring, whole.part(kProjected, kMeasured)));
  if (second) {
    report.placed = place(
        *second, {table, picture.points, std::move(picture.made), measuring.metric, options.seed},
        whole.part(kMeasured, 1));
  }
  if (!options.output.empty()) {
    write(*table, std::move(picture.points), options.output, whole);
  }
  if (second && !options.placing.output.empty()) {
    write(*second, report.placed->places, options.placing.output, whole);
  }
  print(options.json ? asJson(options, report) : asText(options, report));
}

void addUmapOptions(CLI::App& command, projection::UmapOptions& umap) {
  command
      .add_option(
          "--neighbors", umap.neighbors,
          "UMAP: neighbors of each row, itself counted; more show the large, fewer the small")
      ->check(CLI::Range(2, 1000))
      ->capture_default_str();
  command.add_option("--min-dist", umap.minDist, "UMAP: how near points may come")
      ->capture_default_str();
  command.add_option("--spread", umap.spread, "UMAP: the scale of the picture")
      ->capture_default_str();
  command
      .add_option("--epochs", umap.epochs,
                  "UMAP: 0 (the default) means 500 up to 10,000 rows and 200 beyond")
      ->check(CLI::NonNegativeNumber);
  command
      .add_option("--negative-samples", umap.negativeSamples,
                  "UMAP: rows pushed away for each pair drawn together")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
}

void addTsneOptions(CLI::App& command, projection::TsneOptions& tsne) {
  command
      .add_option("--perplexity", tsne.perplexity,
                  "t-SNE: how many neighbors of each row count; of so many rows at most a third")
      ->check(CLI::Range(1.0, 1000.0))
      ->capture_default_str();
  command.add_option("--iterations", tsne.iterations, "t-SNE: those with exaggeration among them")
      ->check(atLeastOne())
      ->capture_default_str();
  command
      .add_option("--exaggeration", tsne.exaggeration,
                  "t-SNE: how much closer neighbors are held at first")
      ->capture_default_str();
  command
      .add_option("--exaggerated-iterations", tsne.exaggeratedIterations,
                  "t-SNE: how many iterations are the first")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
}

}  // namespace

void addProject(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "project",
      "Lay the rows of a table out in 2 or 3 dimensions, and tell how faithful the picture is");
  command->add_option("TABLE", options->file, "The table")->required();
  command->add_option("--method", options->method, "pca (principal components), tsne or umap")
      ->required()
      ->check(CLI::IsMember({"pca", "tsne", "umap"}));
  command->add_option("--dims", options->dims, "2 or 3")
      ->check(CLI::Range(2, 3))
      ->capture_default_str();
  command->add_option("--seed", options->seed, "Same seed, same picture")->capture_default_str();
  command
      ->add_option(
          "--metric", options->metric,
          "cosine or euclidean: what near means, to tsne, umap and the measures; pca takes "
          "the numbers themselves")
      ->check(CLI::IsMember({"cosine", "euclidean"}))
      ->capture_default_str();
  addPreparationOptions(*command, options->preparation);
  addTsneOptions(*command, options->tsne);
  addUmapOptions(*command, options->umap);
  command->add_option("--learning-rate", options->learningRate,
                      "t-SNE: n / exaggeration and at least 200 unless it is given. UMAP: at the "
                      "first epoch, 1 unless it is given");
  command->add_option("-o,--output", options->output,
                      "File for the coordinates: CSV if its name ends in .csv, else TSV; labels "
                      "first. Without it only the figures are told");
  options->supervision.addTo(*command);
  options->placing.addTo(*command);
  options->table.addTo(*command);
  command->add_flag("--json", options->json, "One JSON object instead of text");
  command->callback([options, &globals] { run(*options, globals); });
}

}  // namespace embedscope::cli
