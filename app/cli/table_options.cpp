// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/table_options.h"

#include "app/cli/number_checks.h"

#include "app/cli/subcommand.h"
#include "core/base/error.h"
#include "core/formats/label_file.h"

#include <CLI/CLI.hpp>

#include <map>

namespace embedscope::cli {

namespace {

const std::map<std::string, formats::Duplicates>& duplicateRules() {
  static const std::map<std::string, formats::Duplicates> rules = {
      {"keep", formats::Duplicates::Keep},
      {"first", formats::Duplicates::First},
      {"suffix", formats::Duplicates::Suffix}};
  return rules;
}

}  // namespace

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
      ->check(atLeastOne());
  command.add_option("--every", every, "Read only every K-th row, beginning with the first")
      ->type_name("K")
      ->check(atLeastOne());
  command
      .add_option("--only", only,
                  "Read only the rows whose labels this file lists, one a line, in its order")
      ->type_name("FILE");
  command.add_flag("--strip", strip, "Take blanks off the ends of labels");
  command.add_flag("--lower-case", lowerCase, "Labels in lower case");
  command
      .add_option("--duplicates", duplicates,
                  "Rows whose label has occurred before: keep them, keep only the first, or keep "
                  "them with a suffix _2, _3, …")
      ->type_name("RULE")
      ->check(CLI::IsMember({"keep", "first", "suffix"}));
  command.add_flag("--skip-bad-lines", skipBadLines,
                   "Leave out lines of text formats that cannot be read; they are told");
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
  options.every = every;
  if (!only.empty()) {
    options.only = formats::readLabelList(only);
  }
  options.strip = strip;
  options.lowerCase = lowerCase;
  options.skipBadLines = skipBadLines;
  options.duplicates = duplicateRules().at(duplicates);
  options.checksMapped = checksMapped;
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
