// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/table_options.h"

#include "app/cli/subcommand.h"
#include "core/base/error.h"

#include <CLI/CLI.hpp>

namespace embedscope::cli {

void TableOptions::addTo(CLI::App& command) {
  command.add_option("--from", from, "Format of the file; otherwise recognized by its content")
      ->type_name("FORMAT");
  command
      .add_option("--vocabulary", vocabulary,
                  "File with the labels, one a line, or metadata TSV; otherwise looked for beside "
                  "the table")
      ->type_name("FILE");
  command
      .add_option(
          "--tensor", tensor,
          "Which array of a file that holds several; otherwise the one that looks most like "
          "an embedding")
      ->type_name("NAME");
  command.add_option("--limit", limit, "Read at most so many rows")
      ->type_name("N")
      ->check(CLI::PositiveNumber);
}

formats::ReadOptions TableOptions::readOptions() const {
  formats::ReadOptions options;
  if (!from.empty()) {
    options.format = formatNamed(from);
  }
  if (!vocabulary.empty()) {
    options.vocabulary = vocabulary;
  }
  if (!tensor.empty()) {
    options.tensor = tensor;
  }
  options.limit = limit;
  return options;
}

formats::FormatId formatNamed(const std::string& name) {
  if (const std::optional<formats::FormatId> format = formats::formatFromName(name)) {
    return *format;
  }
  std::string names;
  for (const formats::FormatInfo& info : formats::allFormats()) {
    names += (names.empty() ? "" : ", ") + std::string(info.name);
  }
  throw base::Error(base::ErrorCode::InvalidArgument,
                    "there is no format \"" + name + "\"; the formats are " + names);
}

formats::LoadedTable loadTable(const std::filesystem::path& path, const TableOptions& options,
                               const Globals& globals) {
  std::optional<formats::LoadedTable> loaded =
      formats::readTable(path, options.readOptions(), globals.context);
  if (!loaded) {
    throw Interrupted();
  }
  return std::move(*loaded);
}

}  // namespace embedscope::cli
