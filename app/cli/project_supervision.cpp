// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/project_supervision.h"

#include "app/cli/named_values.h"
#include "app/cli/subcommand.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

namespace embedscope::cli {

namespace {

std::string columnNames(const table::Metadata& metadata) {
  std::string names;
  for (const table::MetadataColumn& column : metadata.columns()) {
    names += (names.empty() ? "\"" : ", \"") + column.name + "\"";
  }
  return names.empty() ? "the table has none" : "there are " + names;
}

}  // namespace

void SupervisionOptions::addTo(CLI::App& command) {
  auto* supervise = command
                        .add_option("--supervise", column,
                                    "UMAP: a metadata column of the table; rows of one value are "
                                    "drawn together, those without one go by their vectors")
                        ->type_name("COLUMN");
  command
      .add_option("--target-weight", weight,
                  "UMAP: how much that column counts, from 0 to 1, beside the vectors")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str()
      ->needs(supervise);
}

std::optional<table::ColumnCategories> supervisingCategories(const SupervisionOptions& options,
                                                             const std::string& method,
                                                             const table::EmbeddingTable& table,
                                                             const base::TaskContext& context) {
  if (options.column.empty()) {
    return {};
  }
  if (method != "umap") {
    refuse("--supervise: a column can supervise umap alone, not " + method);
  }
  const table::MetadataColumn* column = table.metadata().find(options.column);
  if (column == nullptr) {
    refuse(fmt::format("--supervise: there is no metadata column \"{}\"; {}", options.column,
                       columnNames(table.metadata())));
  }
  auto categories = table::columnCategories(*column, context);
  if (!categories) {
    throw Interrupted();
  }
  return categories;
}

}  // namespace embedscope::cli
