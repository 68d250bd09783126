// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/projector_tsv.h"

#include "core/base/float_text.h"
#include "core/formats/decimal.h"
#include "core/formats/metadata_file.h"
#include "core/formats/row_writer.h"
#include "core/formats/text_row.h"
#include "core/formats/text_table.h"

#include <fmt/format.h>

#include <algorithm>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;

/// The numbers at the end of a line, and whether a label stands before them.
std::int64_t countNumbers(std::string_view line, bool labelled) {
  const std::int64_t afterFirst = trailingNumbers(line);
  return labelled ? afterFirst : afterFirst + 1;
}

TextLayout layoutOf(const Source& source) {
  TextLayout layout;
  layout.format = FormatId::ProjectorTsv;
  layout.body = {withoutByteOrderMark(source.text()), 0};
  const TextSample sample = sampleRows(layout.body.text);
  if (sample.lines.empty()) {
    throw Error(ErrorCode::BadData, "no vectors found: the file holds only blanks",
                placeOf(source));
  }
  const std::string_view first = sample.lines.front();
  const bool labelled = !looksNumeric(trimmed(first.substr(0, first.find('\t'))));
  std::vector<std::int64_t> counts;
  std::ranges::transform(sample.lines, std::back_inserter(counts),
                         [&](std::string_view line) { return countNumbers(line, labelled); });
  const std::int64_t dimension = commonest(counts);
  if (dimension == 0) {
    throw Error(ErrorCode::BadData,
                "no vectors found: most lines do not end in numbers; is this a metadata file?",
                placeOfLine(source, 1));
  }
  if (dimension == 1) {
    throw Error(ErrorCode::BadData,
                "one value a row: one-dimensional vectors are refused, as TensorBoard does",
                placeOfLine(source, 1));
  }
  layout.rows = std::make_shared<const PlainRows>(
      RowShape{dimension, labelled ? LabelField::UntilTab : LabelField::Absent});
  layout.why = fmt::format("its lines are {}{} numbers separated by tabs",
                           labelled ? "a label and " : "", dimension);
  return layout;
}

void warnAboutShape(const Source& source, const ProjectorEntry& entry, std::int64_t rows,
                    std::int64_t dimension, std::vector<Warning>& warnings) {
  const bool fits =
      (!entry.rows || *entry.rows == rows) && (!entry.dimension || *entry.dimension == dimension);
  if (!fits && !source.options.limit) {
    warnings.push_back(
        {placeOf(source), fmt::format("the configuration says {} x {}, the file holds {} x {}",
                                      *entry.rows, *entry.dimension, rows, dimension)});
  }
}

/// Labels that stand in the lines are chosen from while they are read.
RowsHeeded heededBy(const TextLayout& layout) {
  return layout.rows->hasLabels() ? RowsHeeded::EveryAndLabels : RowsHeeded::Every;
}

}  // namespace

Preview previewProjectorTsv(const Source& source, const ProjectorEntry& entry) {
  Preview preview = previewText(source, layoutOf(source));
  preview.warnings.insert(preview.warnings.begin(), entry.warnings.begin(), entry.warnings.end());
  return preview;
}

std::optional<LoadedTable> readProjectorTsv(const Source& source, const ProjectorEntry& entry,
                                            const base::TaskContext& context) {
  const TextLayout layout = layoutOf(source);
  std::optional<LoadedTable> loaded = readText(source, layout, context);
  if (loaded) {
    attachSprites(entry, source, heededBy(layout), *loaded);
    std::vector<Warning>& warnings = loaded->report.warnings;
    warnings.insert(warnings.begin(), entry.warnings.begin(), entry.warnings.end());
    warnAboutShape(source, entry, loaded->table->rowCount(), loaded->table->dimension(), warnings);
  }
  return loaded;
}

bool writeProjectorCompanions(const table::EmbeddingTable& table,
                              const std::filesystem::path& tensor, OutputFiles& files,
                              const base::TaskContext& context) {
  std::filesystem::path metadata = tensor;
  metadata.replace_extension(".metadata.tsv");
  if (!appendMetadata(table, MetadataStyle::Tsv, files.add(metadata), context)) {
    return false;
  }
  writeProjectorConfig(table, tensor, metadata, files);
  return true;
}

std::vector<std::string> projectorLosses(const table::EmbeddingTable& table) {
  std::vector<std::string> losses = metadataLosses(table, MetadataStyle::Tsv);
  if (table.sprites()) {
    losses.emplace_back("the images of the rows stay where they are: no sprite sheet is written");
  }
  return losses;
}

namespace {

Preview previewProjectorTsv(const Source& source) {
  const std::optional<ProjectorEntry> entry = findProjectorEntry(source.path());
  return entry ? previewProjectorTsv(withMetadataOf(source, entry), *entry)
               : previewText(source, layoutOf(source));
}

std::optional<LoadedTable> readProjectorTsv(const Source& source,
                                            const base::TaskContext& context) {
  const std::optional<ProjectorEntry> entry = findProjectorEntry(source.path());
  return entry ? readProjectorTsv(withMetadataOf(source, entry), *entry, context)
               : readText(source, layoutOf(source), context);
}

bool writeProjectorTsv(const table::EmbeddingTable& table, const std::filesystem::path& path,
                       const WriteOptions& /*options*/, OutputFiles& files,
                       const base::TaskContext& context) {
  base::AtomicFile& file = files.add(path);
  const auto append = [&](std::int64_t row, std::string& out) {
    base::appendFloats(out, table.row(row), '\t');
    out += '\n';
  };
  return writeRows(file, table.rowCount(), context.part(0, 0.9), append) &&
         writeProjectorCompanions(table, path, files, context.part(0.9, 1));
}

}  // namespace

const Format kProjectorTsvFormat = {
    .info = {FormatId::ProjectorTsv, "projector-tsv", "projector TSV", ".tsv",
             "Tab-separated numbers, with labels and metadata in a second TSV beside it", true,
             true},
    .preview = previewProjectorTsv,
    .read = readProjectorTsv,
    .losses = projectorLosses,
    .write = writeProjectorTsv,
    .readerChooses = true,
    .previewsBeginning = true};

}  // namespace embedscope::formats
