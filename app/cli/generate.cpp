// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/named_values.h"
#include "app/cli/output.h"
#include "app/cli/subcommand.h"
#include "core/base/atomic_file.h"
#include "core/base/text.h"
#include "core/data/generated.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace embedscope::cli {

namespace {

struct Options {
  std::string kind;
  std::optional<std::int64_t> categories;
  std::optional<std::int64_t> items;
  std::optional<std::int64_t> rows;
  std::optional<std::int64_t> rank;
  std::optional<double> noise;
  std::uint64_t seed = 1;
  std::filesystem::path output;
};

const data::GeneratedInfo& kindNamed(const std::string& name) {
  const auto kinds = data::generatedKinds();
  const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const data::GeneratedInfo& info) {
    return info.name == name;
  });
  if (found == kinds.end()) {
    std::string names;
    for (const data::GeneratedInfo& info : kinds) {
      names += (names.empty() ? "" : ", ") + std::string(info.name);
    }
    refuse(fmt::format("there is no kind of generated data \"{}\"; choose one of {}", name, names));
  }
  return *found;
}

data::GeneratedSpec specOf(const Options& options, data::GeneratedKind kind) {
  data::GeneratedSpec spec = data::suggestedSpec(kind);
  spec.categories = options.categories.value_or(spec.categories);
  spec.items = options.items.value_or(spec.items);
  spec.rowsPerCategory = options.rows.value_or(spec.rowsPerCategory);
  spec.latentRank = options.rank.value_or(spec.latentRank);
  spec.noise = options.noise.value_or(spec.noise);
  spec.seed = options.seed;
  return spec;
}

/// Labels and numbers of generated data hold no commas or quotes.
std::string csvText(const data::DataTable& table) {
  std::string text;
  for (std::int64_t column = 0; column < table.columnCount(); ++column) {
    text += (column == 0 ? "" : ",") + table.columnName(column);
  }
  text += '\n';
  for (std::int64_t row = 0; row < table.rowCount(); ++row) {
    for (std::int64_t column = 0; column < table.columnCount(); ++column) {
      text += column == 0 ? "" : ",";
      text += table.cell(row, column);
    }
    text += '\n';
  }
  return text;
}

void run(const Options& options, const Globals& globals) {
  const data::GeneratedInfo& info = kindNamed(options.kind);
  const data::DataTablePtr table = data::generate(specOf(options, info.kind));
  base::AtomicFile file(options.output);
  file.write(csvText(*table));
  if (globals.context.stopRequested()) {
    throw Interrupted();
  }
  file.commit();
  print(fmt::format("{}\n\nrows       {}\ntarget     {}\nwrote      {}\n", info.description,
                    base::groupedDigits(table->rowCount()), info.target, options.output.string()));
}

}  // namespace

void addGenerate(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("generate", "Make data whose structure is known and write it as CSV");
  command
      ->add_option("KIND", options->kind,
                   "two-values, months, latent-factors, grid or ratings (users rate items)")
      ->required();
  command->add_option("--categories", options->categories,
                      "Categories of latent-factors and grid, users of ratings");
  command->add_option("--items", options->items, "Items of ratings");
  command->add_option("--rows", options->rows, "Rows for each category");
  command->add_option("--rank", options->rank,
                      "Hidden numbers of each category in latent-factors and ratings");
  command->add_option("--noise", options->noise, "Deviation of what is added to the target");
  command->add_option("--seed", options->seed, "Same seed, same bytes")->capture_default_str();
  command->add_option("-o,--output", options->output, "File to write")->required();
  command->callback([options, &globals] { run(*options, globals); });
}

}  // namespace embedscope::cli
