// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"
#include "app/cli/subcommand.h"
#include "app/cli/table_options.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/formats/label_file.h"
#include "core/formats/table_io.h"
#include "core/table/table_selection.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <map>
#include <memory>

namespace embedscope::cli {

namespace {

constexpr std::int64_t kExamples = 3;

struct Options {
  std::filesystem::path in;
  std::filesystem::path out;
  TableOptions table;
  std::string to;
  std::filesystem::path only;
  bool normalize = false;
  std::string dtype;
};

/// What is written for each value of --dtype.
const std::map<std::string, formats::NumberType>& numberTypes() {
  static const std::map<std::string, formats::NumberType> types = {
      {"f32", formats::NumberType::Float32},
      {"f16", formats::NumberType::Float16},
      {"bf16", formats::NumberType::BFloat16}};
  return types;
}

/// The format to write: the one that is named, else the one whose usual extension the file has.
formats::FormatId targetFormat(const Options& options) {
  if (!options.to.empty()) {
    return formatNamed(options.to);
  }
  const std::string extension = options.out.extension().string();
  const auto formats = formats::allFormats();
  const auto info = std::ranges::find_if(formats, [&](const formats::FormatInfo& candidate) {
    return candidate.writes && candidate.extension == extension;
  });
  if (info == formats.end()) {
    throw base::Error(base::ErrorCode::InvalidArgument,
                      "the name does not tell the format to write; add --to FORMAT",
                      base::Place::ofFile(options.out));
  }
  return info->id;
}

/// The rows whose labels a file lists, in the file's order.
table::TablePtr onlyListed(const table::TablePtr& table, const std::filesystem::path& file) {
  std::vector<std::int64_t> rows;
  std::int64_t missing = 0;
  std::string examples;
  for (const std::string& label : formats::readLabelList(file)) {
    if (const std::optional<std::int64_t> row = table->vocabulary().find(label)) {
      rows.push_back(*row);
    } else if (++missing <= kExamples) {
      examples += fmt::format("{}\"{}\"", missing == 1 ? "" : ", ", label);
    }
  }
  if (rows.empty()) {
    throw base::Error(base::ErrorCode::BadData, "none of its labels is in the table",
                      base::Place::ofFile(file));
  }
  if (missing > 0) {
    complain(fmt::format("warning: {} of the labels to keep {} not in the table: {}{}",
                         base::groupedDigits(missing), missing == 1 ? "is" : "are", examples,
                         missing > kExamples ? ", …" : ""));
  }
  return table::selectRows(*table, rows);
}

void tellWarnings(const formats::LoadedTable& loaded, const Globals& globals) {
  for (const formats::Warning& warning : loaded.report.warnings) {
    if (!globals.quiet) {
      complain(fmt::format("warning: {}: {}", warning.place.text(), warning.text));
    }
  }
}

void run(const Options& options, Globals& globals) {
  const formats::FormatId format = targetFormat(options);
  formats::WriteOptions writing;
  if (!options.dtype.empty()) {
    writing.numbers = numberTypes().at(options.dtype);
  }
  formats::checkWritable(format, writing);
  const base::TaskContext whole = globals.context;
  globals.context = whole.part(0, 0.6);
  const formats::LoadedTable loaded = loadTable(options.in, options.table, globals);
  tellWarnings(loaded, globals);
  table::TablePtr table = loaded.table;
  if (!options.only.empty()) {
    table = onlyListed(table, options.only);
  }
  if (options.normalize) {
    table = table::normalizedRows(*table);
  }
  for (const std::string& loss : formats::writeLosses(*table, format, writing)) {
    complain("warning: " + loss);
  }
  const auto files = formats::writeTable(*table, options.out, format, whole.part(0.6, 1), writing);
  if (files.empty()) {
    throw Interrupted();
  }
  for (const std::filesystem::path& file : files) {
    print(file.string() + "\n");
  }
}

}  // namespace

void addConvert(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "convert", "Read a table and write it in another format; prints the files written");
  command->add_option("IN", options->in, "The table to read")->required();
  command->add_option("OUT", options->out, "The file to write")->required();
  options->table.addTo(*command);
  command
      ->add_option("--to", options->to,
                   "Format to write; otherwise by the extension of OUT (.txt word2vec-text, .bin "
                   "word2vec-binary, .npy, .npz, .safetensors, .tsv, .bytes, .csv)")
      ->type_name("FORMAT");
  command
      ->add_option("--only", options->only,
                   "Keep only the labels that this file lists, one a line, in its order")
      ->type_name("FILE");
  command->add_flag("--normalize", options->normalize, "Scale every row to length 1");
  command
      ->add_option("--dtype", options->dtype,
                   "Numbers of .npy (f32, f16), .npz (f32, f16) and safetensors: f32, f16 or bf16; "
                   "what rounding changes is told")
      ->type_name("TYPE")
      ->check(CLI::IsMember({"f32", "f16", "bf16"}));
  command->callback([options, &globals] { run(*options, globals); });
}

}  // namespace embedscope::cli
