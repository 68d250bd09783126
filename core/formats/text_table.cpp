// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/text_table.h"

#include "core/base/text.h"
#include "core/formats/labelled_table.h"
#include "core/formats/text_row.h"

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
  if (source.options.limit && layout.header->rows > rows && limitedRows(source, rows) == rows) {
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
  if (layout.format == FormatId::GloveText && layout.dimension() == 1 && integers) {
    warnings.push_back({placeOf(source),
                        "one whole number for each word: this looks like word clusters "
                        "(word2vec -classes) or word counts, not vectors"});
  }
}

PlaceOfRow linePlaces(const Source& source, const TextLayout& layout, const TextRows& rows) {
  return [&source, &layout, &rows](std::int64_t row) {
    return placeOfLine(source,
                       layout.body.linesBefore + rows.index.lineOfRow(rows.fileRow(row)) + 1);
  };
}

/// True when labels come from another file.
bool isNamedElsewhere(const Source& source, const TextLayout& layout) {
  return !layout.rows->hasLabels() || source.options.vocabulary;
}

/// All rows of the text, also when fewer are wanted. 0 when stopped.
std::int64_t countRows(const TextLayout& layout, const base::TaskContext& context) {
  const std::optional<LineIndex> index =
      LineIndex::build(layout.body.text, layout.rows->cut(), nullptr, context);
  return index ? index->rowCount() : 0;
}

void previewOwnLabels(const TextLayout& layout, const TextSample& sample, Preview& preview) {
  std::vector<std::string_view> metadata(layout.rows->metadataNames().size());
  for (std::size_t i = 0; i < sample.lines.size() && i < kFirstLabels; ++i) {
    // A line of n bytes cannot fill more than n numbers, whatever the header claims.
    std::vector<float> scratch(
        std::min(static_cast<std::size_t>(layout.dimension()), sample.lines[i].size()));
    std::deque<std::string> made;
    RowTexts texts{{}, metadata, &made};
    if (!layout.rows->read(sample.lines[i], scratch.data(), texts)) {
      preview.firstLabels.push_back(std::string(texts.label));
    }
  }
}

/// The other columns of the rows; a name that is taken gets a number.
void addMetadata(const TextLayout& layout, const TextRows& rows, table::Metadata& metadata) {
  for (std::size_t column = 0; column < rows.metadata.size(); ++column) {
    const std::string name = base::repairedUtf8(layout.rows->metadataNames()[column]);
    std::string free = name;
    for (int number = 2; metadata.find(free) != nullptr; ++number) {
      free = fmt::format("{}_{}", name, number);
    }
    table::MetadataColumn out{std::move(free), {}};
    out.values.reserve(rows.metadata[column].size());
    for (const std::string_view value : rows.metadata[column]) {
      out.values.push_back(base::repairedUtf8(value));
    }
    metadata.addColumn(std::move(out));
  }
}

Naming namesOf(const Source& source, const TextLayout& layout, const TextRows& rows,
               const PlaceOfRow& places, ReadReport& report, const base::TaskContext& context) {
  Naming naming;
  if (isNamedElsewhere(source, layout)) {
    const std::int64_t read = rows.index.rowCount();
    const std::int64_t all = source.options.limit ? countRows(layout, context) : read;
    naming = rows.fileRows.empty() ? nameRows(source, all, read, report, context)
                                   : nameChosenRows(source, all, rows.fileRows, report, context);
  } else {
    naming.vocabulary = adoptLabels(rows.labels, places, source.options, report, context);
  }
  if (!context.stopRequested()) {
    addMetadata(layout, rows, naming.metadata);
  }
  return naming;
}

void tellSkipped(TextRows& rows, ReadReport& report) {
  report.skipped = std::move(rows.skipped);
  if (report.skipped.count > 0) {
    const Warning& first = report.skipped.first.front();
    report.warnings.push_back(
        {first.place, fmt::format("{} could not be read and {} left out; this is the first: {}",
                                  report.skipped.count == 1
                                      ? "1 line"
                                      : base::groupedDigits(report.skipped.count) + " lines",
                                  report.skipped.count == 1 ? "was" : "were", first.text)});
  }
}

/// As far as the beginning shows.
std::string encodingOf(std::string_view text) {
  constexpr std::size_t kLook = std::size_t{1} << 20U;
  std::string_view head = text.substr(0, kLook);
  if (head.size() < text.size()) {
    head = head.substr(0, head.rfind('\n'));
  }
  if (!base::isUtf8(head)) {
    return "not UTF-8";
  }
  return head.size() == withoutByteOrderMark(head).size() ? "UTF-8" : "UTF-8 with byte order mark";
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
    layout.rows = std::make_shared<const PlainRows>(RowShape{layout.header->dimension});
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
  const std::int64_t dimension = commonestDimension(sample);
  if (dimension == 0) {
    throw Error(ErrorCode::BadData,
                "no vectors found: most lines do not end in numbers; is this a list of labels, or "
                "a table to be opened as data?",
                placeOfLine(source, 1));
  }
  layout.rows = std::make_shared<const PlainRows>(RowShape{dimension});
  layout.why = fmt::format("its lines are a word and {} numbers", dimension);
  return layout;
}

Preview previewText(const Source& source, const TextLayout& layout) {
  Preview preview;
  const TextSample sample = sampleRows(layout.body.text, layout.rows->cut());
  if (sample.lines.empty()) {
    throw Error(ErrorCode::BadData, "no vectors found", placeOf(source));
  }
  preview.format = layout.format;
  preview.why = layout.why;
  preview.dtype = "decimal text";
  preview.encoding = encodingOf(source.text());
  preview.dimension = layout.dimension();
  const bool countsAll =
      isNamedElsewhere(source, layout) && !source.isBeginning();  // labels have to fit exactly
  const std::int64_t bodyBytes =
      source.contentBytes() -
      static_cast<std::int64_t>(source.text().size() - layout.body.text.size());
  preview.rows = countsAll ? countRows(layout, {}) : estimatedRows(bodyBytes, sample);
  preview.rowsEstimated = !countsAll && static_cast<std::int64_t>(sample.bytes) < bodyBytes;
  const std::int64_t room = bodyBytes / (layout.dimension() * kLeastBytesPerValue);
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
  if (!isNamedElsewhere(source, layout)) {
    previewOwnLabels(layout, sample, preview);
  } else if (countsAll) {
    previewNames(source, allRows, preview);
  }
  warnAboutClusters(source, layout, sample, preview.warnings);
  return preview;
}

std::optional<LoadedTable> readText(const Source& source, const TextLayout& layout,
                                    const base::TaskContext& context) {
  std::optional<TextRows> rows = readRows(source, layout.body, *layout.rows, context.part(0, 0.9));
  if (!rows) {
    return {};
  }
  LoadedTable loaded;
  loaded.report.format = layout.format;
  loaded.report.dtype = "decimal text";
  loaded.report.warnings = std::move(rows->warnings);
  warnAboutHeader(source, layout, rows->index.rowCount(), loaded.report.warnings);
  warnAboutClusters(source, layout, sampleRows(layout.body.text), loaded.report.warnings);
  for (std::string& note : layout.rows->notes()) {
    loaded.report.warnings.push_back({placeOf(source), std::move(note)});
  }
  tellSkipped(*rows, loaded.report);
  const PlaceOfRow places = linePlaces(source, layout, *rows);
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
      source.tableName(), std::move(naming.vocabulary), std::move(rows->values),
      std::move(naming.metadata));
  return loaded;
}

}  // namespace embedscope::formats
