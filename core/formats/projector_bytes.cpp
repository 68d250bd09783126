// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/projector_bytes.h"

#include "core/base/text.h"
#include "core/formats/labelled_table.h"
#include "core/formats/projector_tsv.h"

#include <fmt/format.h>

#include <algorithm>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;

struct BytesLayout {
  std::int64_t rows = 0;
  std::int64_t dimension = 0;
  std::vector<Warning> warnings;
};

std::int64_t countFloats(const Source& source) {
  if (source.text().size() % sizeof(float) != 0) {
    throw Error(ErrorCode::BadData,
                fmt::format("{} bytes: the size is not a multiple of 4, so these are no whole "
                            "float32 numbers; the file is cut off or of another format",
                            source.text().size()),
                placeOfByte(source, source.text().size()));
  }
  return static_cast<std::int64_t>(source.text().size() / sizeof(float));
}

BytesLayout shaped(const Source& source, const ProjectorEntry& entry) {
  const std::int64_t floats = countFloats(source);
  BytesLayout layout;
  layout.warnings = entry.warnings;
  layout.dimension = *entry.dimension;
  const std::int64_t whole = floats / layout.dimension;
  layout.rows = std::min(whole, entry.rows.value_or(whole));
  if (layout.rows == 0) {
    throw Error(ErrorCode::BadData,
                fmt::format("{} values where a row has {}, as the configuration says", floats,
                            layout.dimension),
                placeOf(source));
  }
  const std::int64_t left = floats - layout.rows * layout.dimension;
  if (left > 0 || layout.rows < entry.rows.value_or(whole)) {
    layout.warnings.push_back(
        {placeOf(source),
         fmt::format("{} whole rows and {} more {}; the configuration says {} x {}", layout.rows,
                     left, left == 1 ? "value" : "values", entry.rows.value_or(whole),
                     layout.dimension)});
  }
  return layout;
}

/// The number of labels in a file that divides the number of values: exactly, or with less than a
/// hundredth left over (real files have a few values too many).
std::optional<BytesLayout> dividedBy(const Source& source, const std::filesystem::path& labels) {
  const std::int64_t floats = countFloats(source);
  const std::int64_t rows = labelCount(labels);
  if (rows == 0 || rows > floats || floats % rows > floats / 100) {
    return {};
  }
  BytesLayout layout;
  layout.rows = rows;
  layout.dimension = floats / rows;
  if (floats % rows != 0) {
    layout.warnings.push_back(
        {placeOf(source),
         fmt::format("{} values are left over after {} rows of {}, one for each "
                     "line of {}",
                     floats % rows, rows, layout.dimension, labels.filename().string())});
  }
  return layout;
}

/// By the shape that the configuration tells, or by a label file.
BytesLayout layoutOf(const Source& source, const std::optional<ProjectorEntry>& entry) {
  if (entry && entry->dimension) {
    return shaped(source, *entry);
  }
  countFloats(source);
  std::vector<std::filesystem::path> labels = labelFilesBeside(source.path());
  if (source.options.vocabulary) {
    labels = {*source.options.vocabulary};
  }
  for (const std::filesystem::path& path : labels) {
    if (std::optional<BytesLayout> layout = dividedBy(source, path)) {
      if (entry) {
        layout->warnings.insert(layout->warnings.begin(), entry->warnings.begin(),
                                entry->warnings.end());
      }
      return std::move(*layout);
    }
  }
  throw Error(ErrorCode::BadData,
              "the file holds numbers alone, and nothing tells their dimension; put the "
              "projector_config.json that names it beside it, or a label file with one label a row",
              placeOf(source));
}

Preview previewLayout(const Source& source, BytesLayout layout) {
  Preview preview;
  preview.format = FormatId::ProjectorBytes;
  preview.why = "its name ends in .bytes";
  preview.rows = limitedRows(source, layout.rows);
  preview.dimension = layout.dimension;
  preview.dtype = "float32";
  preview.fileBytes = static_cast<std::int64_t>(source.text().size());
  preview.tableBytes = preview.rows * preview.dimension * static_cast<std::int64_t>(sizeof(float));
  preview.mapped = true;
  preview.parts = {source.path()};
  preview.warnings = std::move(layout.warnings);
  previewNames(source, layout.rows, preview);
  return preview;
}

std::optional<LoadedTable> readLayout(const Source& source, BytesLayout layout,
                                      const base::TaskContext& context) {
  LoadedTable loaded;
  loaded.report.format = FormatId::ProjectorBytes;
  loaded.report.dtype = "float32";
  loaded.report.warnings = std::move(layout.warnings);
  Naming naming =
      nameRows(source, layout.rows, limitedRows(source, layout.rows), loaded.report, context);
  if (context.stopRequested()) {
    return {};
  }
  loaded.table = std::make_shared<const table::EmbeddingTable>(
      source.tableName(), std::move(naming.vocabulary), source.file, 0, layout.dimension,
      std::move(naming.metadata));
  const PlaceOfRow places = [&](std::int64_t row) {
    return placeOfByte(source, static_cast<std::size_t>(row * layout.dimension) * sizeof(float));
  };
  if (!checkNumbers(*loaded.table, places, source.options, loaded.report, context)) {
    return {};
  }
  return loaded;
}

std::optional<LoadedTable> readWith(const Source& source,
                                    const std::optional<ProjectorEntry>& entry,
                                    const base::TaskContext& context) {
  std::optional<LoadedTable> loaded = readLayout(source, layoutOf(source, entry), context);
  if (loaded && entry) {
    attachSprites(*entry, source, RowsHeeded::None, *loaded);
  }
  return loaded;
}

}  // namespace

Preview previewProjectorBytes(const Source& source, const ProjectorEntry& entry) {
  return previewLayout(source, layoutOf(source, entry));
}

std::optional<LoadedTable> readProjectorBytes(const Source& source, const ProjectorEntry& entry,
                                              const base::TaskContext& context) {
  return readWith(source, entry, context);
}

namespace {

Preview previewProjectorBytes(const Source& source) {
  const std::optional<ProjectorEntry> entry = findProjectorEntry(source.path());
  return previewLayout(withMetadataOf(source, entry), layoutOf(source, entry));
}

std::optional<LoadedTable> readProjectorBytes(const Source& source,
                                              const base::TaskContext& context) {
  const std::optional<ProjectorEntry> entry = findProjectorEntry(source.path());
  return readWith(withMetadataOf(source, entry), entry, context);
}

bool writeProjectorBytes(const table::EmbeddingTable& table, const std::filesystem::path& path,
                         const WriteOptions& /*options*/, OutputFiles& files,
                         const base::TaskContext& context) {
  base::AtomicFile& file = files.add(path);
  for (Eigen::Index row = 0; row < table.rowCount(); ++row) {
    if (context.stopRequested()) {
      return false;
    }
    file.write(table.row(row));
    context.report(0.9 * static_cast<double>(row + 1) / static_cast<double>(table.rowCount()));
  }
  return writeProjectorCompanions(table, path, files, context.part(0.9, 1));
}

}  // namespace

const Format kProjectorBytesFormat = {
    .info = {FormatId::ProjectorBytes, "projector-bytes", "projector bytes", ".bytes",
             "Bare float32 numbers, with labels and metadata in a TSV beside it", true, true},
    .preview = previewProjectorBytes,
    .read = readProjectorBytes,
    .losses = projectorLosses,
    .write = writeProjectorBytes};

}  // namespace embedscope::formats
