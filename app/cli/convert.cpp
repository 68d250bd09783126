// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"
#include "app/cli/subcommand.h"
#include "app/cli/table_options.h"
#include "core/base/error.h"
#include "core/formats/table_io.h"
#include "core/table/table_selection.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <map>
#include <memory>

namespace embedscope::cli {

namespace {

struct Options {
  std::filesystem::path in;
  std::filesystem::path out;
  TableOptions table;
  std::string to;
  bool normalize = false;
  std::string dtype;
  bool manifest = false;
  std::vector<std::string> snippets;
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
  if (const std::optional<formats::FormatId> format = formats::writtenFormatFromPath(options.out)) {
    return *format;
  }
  throw base::Error(base::ErrorCode::InvalidArgument,
                    "the name does not tell the format to write; add --to FORMAT",
                    base::Place::ofFile(options.out));
}

formats::WriteOptions writeOptions(const Options& options) {
  formats::WriteOptions writing;
  if (!options.dtype.empty()) {
    writing.numbers = numberTypes().at(options.dtype);
  }
  if (options.manifest) {
    writing.manifest = table::Provenance();
    writing.manifest->source = options.in.string();
  }
  for (const std::string& name : options.snippets) {
    writing.snippets.push_back(*formats::frameworkFromName(name));
  }
  return writing;
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
  const formats::WriteOptions writing = writeOptions(options);
  formats::checkWritable(format, writing);
  const base::TaskContext whole = globals.context;
  globals.context = whole.part(0, 0.6);
  const formats::LoadedTable loaded = loadTable(options.in, options.table, globals);
  tellWarnings(loaded, globals);
  table::TablePtr table = loaded.table;
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
      ->add_option(
          "--to", options->to,
          "Format to write; otherwise by the ending of OUT: .txt (word2vec-text), .vec, .bin "
          "(word2vec-binary), .npy, .npz, .safetensors, .tsv (projector), .bytes, .csv, "
          ".jsonl; with .gz behind it compressed")
      ->type_name("FORMAT");
  command->add_flag("--normalize", options->normalize, "Scale every row to length 1");
  command
      ->add_option("--dtype", options->dtype,
                   "Numbers of .npy (f32, f16), .npz (f32, f16) and safetensors: f32, f16 or bf16; "
                   "what rounding changes is told")
      ->type_name("TYPE")
      ->check(CLI::IsMember({"f32", "f16", "bf16"}));
  command->add_flag("--manifest", options->manifest,
                    "Also write OUT.manifest.json: source, shape, what changed, checksums");
  command
      ->add_option("--snippet", options->snippets,
                   "Also write OUT.NAME.py, which loads the table in Python: numpy, pytorch, keras")
      ->type_name("NAME,…")
      ->delimiter(',')
      ->check(CLI::IsMember({"numpy", "pytorch", "keras"}));
  command->callback([options, &globals] { run(*options, globals); });
}

}  // namespace embedscope::cli
