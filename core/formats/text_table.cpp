// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/text_table.h"

#include "core/base/text.h"
#include "core/formats/labelled_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;

constexpr std::size_t kFirstLabels = 5;
constexpr std::int64_t kLeastBytesPerValue = 2;

std::int64_t commonestDimension(const TextSample& sample) {
  std::vector<std::int64_t> counts;
  counts.reserve(sample.lines.size());
  std::ranges::transform(sample.lines, std::back_inserter(counts), trailingNumbers);
  return commonest(counts);
}

std::string rowCountText(std::int64_t rows) {
  return base::groupedDigits(rows) + (rows == 1 ? " row" : " rows");
}

void warnAboutHeader(const Source& source, const TextLayout& layout, std::int64_t rows,
                     std::vector<Warning>& warnings) {
  if (!layout.header || layout.header->rows == rows) {
    return;
  }
  if (source.options.limit && layout.header->rows > rows && *source.options.limit == rows) {
    return;  // the rest was not looked at
  }
  warnings.push_back(
      {placeOfLine(source, 1),
       fmt::format("the header says {}, but the file holds {}; all of them were read",
                   rowCountText(layout.header->rows), rowCountText(rows))});
}

void warnAboutClusters(const Source& source, const TextLayout& layout, const TextSample& sample,
                       std::vector<Warning>& warnings) {
  const bool integers = std::ranges::all_of(sample.lines, [](std::string_view line) {
    const std::size_t blank = line.find_last_of(" \t");
    return base::parseInteger(line.substr(blank == std::string_view::npos ? 0 : blank + 1))
        .has_value();
  });
  if (layout.format == FormatId::GloveText && layout.shape.dimension == 1 && integers) {
    warnings.push_back({placeOf(source),
                        "one whole number for each word: this looks like word clusters "
                        "(word2vec -classes) or word counts, not vectors"});
  }
}

PlaceOfRow linePlaces(const Source& source, const TextLayout& layout, const LineIndex& index) {
  return [&source, &layout, &index](std::int64_t row) {
    return placeOfLine(source, layout.body.linesBefore + index.lineOfRow(row) + 1);
  };
}

/// True when labels come from another file.
bool isNamedElsewhere(const Source& source, const TextLayout& layout) {
  return layout.shape.label == LabelField::Absent || source.options.vocabulary;
}

/// All rows of the text, also when fewer are wanted. 0 when stopped.
std::int64_t countRows(const TextLayout& layout, const base::TaskContext& context) {
  const std::optional<LineIndex> index = LineIndex::build(layout.body.text, context);
  return index ? index->rowCount() : 0;
}

void previewOwnLabels(const TextLayout& layout, const TextSample& sample, Preview& preview) {
  for (std::size_t i = 0; i < sample.lines.size() && i < kFirstLabels; ++i) {
    // A line of n bytes cannot fill more than n numbers, whatever the header claims.
    std::vector<float> scratch(
        std::min(static_cast<std::size_t>(layout.shape.dimension), sample.lines[i].size()));
    std::string_view label;
    if (!readRow(sample.lines[i], layout.shape, scratch.data(), label)) {
      preview.firstLabels.push_back(base::repairedUtf8(label));
    }
  }
}

Naming namesOf(const Source& source, const TextLayout& layout, const TextRows& rows,
               const PlaceOfRow& places, ReadReport& report, const base::TaskContext& context) {
  if (!isNamedElsewhere(source, layout)) {
    return {adoptLabels(rows.labels, places, report, context), {}};
  }
  const std::int64_t read = rows.values.rows();
  const std::int64_t all = source.options.limit ? countRows(layout, context) : read;
  return nameRows(source, all, read, report, context);
}

}  // namespace

std::int64_t commonest(std::span<const std::int64_t> counts) {
  std::map<std::int64_t, std::int64_t> histogram;
  for (const std::int64_t count : counts) {
    ++histogram[count];
  }
  const auto best = std::ranges::max_element(histogram, {}, [](const auto& e) { return e.second; });
  return best == histogram.end() ? 0 : best->first;
}

TextLayout blankSeparatedLayout(const Source& source, FormatId format) {
  const std::string_view text = source.text();
  const std::string_view content = withoutByteOrderMark(text);
  TextLayout layout;
  layout.format = format;
  layout.header = findTextHeader(text);
  if (layout.header) {
    checkCountHeader(source, *layout.header, kLeastBytesPerValue);
    layout.body = {text.substr(layout.header->end), 1};
    layout.shape.dimension = layout.header->dimension;
    layout.why = fmt::format("its first line says {} x {} and text follows", layout.header->rows,
                             layout.header->dimension);
    return layout;
  }
  layout.body = {content, 0};
  const TextSample sample = sampleRows(content);
  if (sample.lines.empty()) {
    throw Error(ErrorCode::BadData, "no vectors found: the file holds only blanks",
                placeOf(source));
  }
  layout.shape.dimension = commonestDimension(sample);
  if (layout.shape.dimension == 0) {
    throw Error(ErrorCode::BadData,
                "no vectors found: most lines do not end in numbers; is this a list of labels, or "
                "a table to be opened as data?",
                placeOfLine(source, 1));
  }
  layout.why = fmt::format("its lines are a word and {} numbers", layout.shape.dimension);
  return layout;
}

Preview previewText(const Source& source, const TextLayout& layout) {
  Preview preview;
  const TextSample sample = sampleRows(layout.body.text);
  if (sample.lines.empty()) {
    throw Error(ErrorCode::BadData, "no vectors found", placeOf(source));
  }
  preview.format = layout.format;
  preview.why = layout.why;
  preview.dtype = "decimal text";
  preview.dimension = layout.shape.dimension;
  const bool countsAll = isNamedElsewhere(source, layout);  // labels have to fit exactly
  preview.rows = countsAll ? countRows(layout, {}) : estimatedRows(layout.body.text, sample);
  preview.rowsEstimated = !countsAll && sample.bytes < layout.body.text.size();
  const std::int64_t room = static_cast<std::int64_t>(layout.body.text.size()) /
                            (layout.shape.dimension * kLeastBytesPerValue);
  if (layout.header && preview.rowsEstimated && layout.header->rows <= room) {
    preview.rows = layout.header->rows;
  } else if (layout.header && layout.header->rows > room) {
    preview.warnings.push_back(
        {placeOfLine(source, 1), fmt::format("the header says {}, more than the file can hold",
                                             rowCountText(layout.header->rows))});
  }
  const std::int64_t allRows = preview.rows;
  preview.rows = limitedRows(source, allRows);
  preview.fileBytes = static_cast<std::int64_t>(source.text().size());
  preview.tableBytes = preview.rows * preview.dimension * static_cast<std::int64_t>(sizeof(float));
  preview.parts = {source.path()};
  if (isNamedElsewhere(source, layout)) {
    previewNames(source, allRows, preview);
  } else {
    previewOwnLabels(layout, sample, preview);
  }
  warnAboutClusters(source, layout, sample, preview.warnings);
  return preview;
}

std::optional<LoadedTable> readText(const Source& source, const TextLayout& layout,
                                    const base::TaskContext& context) {
  std::optional<TextRows> rows = readRows(source, layout.body, layout.shape, context.part(0, 0.9));
  if (!rows) {
    return {};
  }
  LoadedTable loaded;
  loaded.report.format = layout.format;
  loaded.report.dtype = "decimal text";
  loaded.report.warnings = std::move(rows->warnings);
  warnAboutHeader(source, layout, rows->values.rows(), loaded.report.warnings);
  warnAboutClusters(source, layout, sampleRows(layout.body.text), loaded.report.warnings);
  const PlaceOfRow places = linePlaces(source, layout, rows->index);
  // The same request to stop; finding labels is not part of the progress.
  const base::TaskContext silent(context.stopToken(), {});
  Naming naming = namesOf(source, layout, *rows, places, loaded.report, silent);
  if (context.stopRequested()) {
    return {};
  }
  const table::EmbeddingTable::View values(rows->values.data(), rows->values.rows(),
                                           rows->values.cols());
  if (!checkNumbers(values, places, loaded.report, context.part(0.9, 1))) {
    return {};
  }
  loaded.table = std::make_shared<const table::EmbeddingTable>(
      source.path().stem().string(), std::move(naming.vocabulary), std::move(rows->values),
      std::move(naming.metadata));
  return loaded;
}

}  // namespace embedscope::formats
