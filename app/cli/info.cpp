// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"
#include "app/cli/subcommand.h"
#include "app/cli/table_options.h"
#include "core/base/text.h"
#include "core/formats/table_io.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>

namespace embedscope::cli {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::int64_t kFirstLabels = 5;

struct Options {
  std::filesystem::path file;
  TableOptions table;
  bool json = false;
};

std::vector<std::string> firstLabels(const table::Vocabulary& vocabulary) {
  std::vector<std::string> labels;
  for (std::int64_t row = 0; row < std::min(kFirstLabels, vocabulary.size()); ++row) {
    labels.push_back(base::shownUtf8(vocabulary.label(row)));
  }
  return labels;
}

Json asJson(const formats::Warning& warning) {
  return {{"place", warning.place.text()}, {"text", warning.text}};
}

std::string asJson(const formats::LoadedTable& loaded) {
  Json warnings = Json::array();
  for (const formats::Warning& warning : loaded.report.warnings) {
    warnings.push_back(asJson(warning));
  }
  Json skippedLines = Json::array();
  for (const formats::Warning& line : loaded.report.skipped.first) {
    skippedLines.push_back(asJson(line));
  }
  const Json object = {
      {"format", formats::formatInfo(loaded.report.format).name},
      {"rows", loaded.table->rowCount()},
      {"dimension", loaded.table->dimension()},
      {"dtype", loaded.report.dtype},
      {"tensor", loaded.report.tensor},
      {"duplicates", loaded.report.duplicates},
      {"nonFinite", loaded.report.nonFinite},
      {"firstLabels", firstLabels(loaded.table->vocabulary())},
      {"warnings", warnings},
      {"skipped", {{"count", loaded.report.skipped.count}, {"lines", skippedLines}}}};
  return object.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string asText(const formats::LoadedTable& loaded) {
  const formats::FormatInfo& format = formats::formatInfo(loaded.report.format);
  const auto rows = static_cast<std::int64_t>(loaded.table->rowCount());
  std::string text;
  text += fmt::format("format       {} ({})\n", format.title, format.name);
  text += fmt::format("rows         {}\n", base::groupedDigits(rows));
  text += fmt::format("dimension    {}\n", loaded.table->dimension());
  text += fmt::format("numbers      {}\n", loaded.report.dtype);
  if (!loaded.report.tensor.empty()) {
    text += fmt::format("tensor       {}\n", loaded.report.tensor);
  }
  text += fmt::format("duplicates   {}\n", base::groupedDigits(loaded.report.duplicates));
  text += fmt::format("non-finite   {}\n", base::groupedDigits(loaded.report.nonFinite));
  text +=
      fmt::format("first labels {}\n", fmt::join(firstLabels(loaded.table->vocabulary()), ", "));
  for (const table::MetadataColumn& column : loaded.table->metadata().columns()) {
    text += fmt::format("metadata     {}\n", column.name);
  }
  for (const formats::Warning& line : loaded.report.skipped.first) {
    text += fmt::format("left out     {}: {}\n", line.place.text(), line.text);
  }
  for (const formats::Warning& warning : loaded.report.warnings) {
    text += fmt::format("warning      {}: {}\n", warning.place.text(), warning.text);
  }
  return text;
}

void run(const Options& options, const Globals& globals) {
  const formats::LoadedTable loaded = loadTable(options.file, options.table, globals);
  print(options.json ? asJson(loaded) : asText(loaded));
}

}  // namespace

void addInfo(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "info", "Read a table and tell what it holds; it reads every row, so it is also a check");
  command->add_option("FILE", options->file, "The table")->required();
  options->table.addTo(*command);
  command->add_flag("--json", options->json, "One JSON object instead of text");
  command->callback([options, &globals] { run(*options, globals); });
}

}  // namespace embedscope::cli
