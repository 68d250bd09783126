// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/csv.h"

#include "core/base/float_text.h"
#include "core/formats/csv_field.h"
#include "core/formats/csv_rows.h"
#include "core/formats/label_rules.h"
#include "core/formats/row_writer.h"
#include "core/formats/text_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;
using namespace std::string_view_literals;

/// The text behind a byte order mark, and behind the line `sep=;` with which Excel names the
/// delimiter.
struct Start {
  TextBody body;
  std::string delimiter;
};

Start startOf(const Source& source, FormatId format) {
  constexpr std::array kCandidates = {","sv, ";"sv, "\t"sv, "|"sv};
  Start start{{withoutByteOrderMark(source.text()), 0}, format == FormatId::Tsv ? "\t" : ""};
  if (start.body.text.starts_with("sep=")) {
    const std::string_view line = takeLine(start.body.text);
    ++start.body.linesBefore;
    if (line.size() == 5) {
      start.delimiter = line.substr(4);
    }
  }
  if (start.delimiter.empty()) {
    start.delimiter = base::likeliestDelimiter(start.body.text, '"', kCandidates);
  }
  return start;
}

base::SampledRecords sampleOf(const Start& start) {
  return base::sampleRecords(start.body.text, {.delimiter = start.delimiter});
}

/// Takes the header off, and the blank lines before it.
void takeHeader(TextBody& body, const RecordCut& cut) {
  while (!body.text.empty() && isBlank(takeRecord(body.text, cut, body.linesBefore))) {
  }
}

std::string whyOf(const CsvColumns& columns, const std::string& delimiter) {
  const std::string by = delimiter == "\t" ? "tabs" : fmt::format("\"{}\"", delimiter);
  return fmt::format("its records are {}{} numbers separated by {}",
                     columns.label ? "a label and " : "", columns.numbers.size(), by);
}

TextLayout layoutOf(const Source& source, FormatId format) {
  Start start = startOf(source, format);
  const base::SampledRecords records = sampleOf(start);
  if (records.empty()) {
    throw Error(ErrorCode::BadData, "no vectors found: there is no complete record",
                placeOf(source));
  }
  const CsvColumns columns = findColumns(records, start.delimiter != ",");
  if (columns.numbers.empty()) {
    throw Error(
        ErrorCode::BadData,
        "no vectors found: no column holds numbers throughout; is this a table to be opened "
        "as data?",
        placeOfLine(source, start.body.linesBefore + 1));
  }
  TextLayout layout;
  layout.format = format;
  layout.why = whyOf(columns, start.delimiter);
  layout.rows = std::make_shared<const CsvRows>(columns, start.delimiter.front());
  layout.body = start.body;
  if (columns.hasHeader) {
    takeHeader(layout.body, layout.rows->cut());
  }
  return layout;
}

template <FormatId format>
Preview previewDelimited(const Source& source) {
  return previewText(source, layoutOf(source, format));
}

template <FormatId format>
std::optional<LoadedTable> readDelimited(const Source& source, const base::TaskContext& context) {
  return readText(source, layoutOf(source, format), context);
}

bool writeDelimited(const table::EmbeddingTable& table, base::AtomicFile& file, char delimiter,
                    const base::TaskContext& context) {
  std::string header = "label";
  for (Eigen::Index i = 0; i < table.dimension(); ++i) {
    header += delimiter;
    header += std::to_string(i);
  }
  file.write(header + '\n');
  return writeRows(file, table.rowCount(), context, [&](std::int64_t row, std::string& out) {
    appendCsvField(out, table.vocabulary().label(row), delimiter);
    out += delimiter;
    base::appendFloats(out, table.row(row), delimiter);
    out += '\n';
  });
}

std::vector<std::string> csvLosses(const table::EmbeddingTable& table) {
  return lossesWithoutMetadata(table, anyLabelRules(), kCsvFormat.info.title);
}

bool writeCsv(const table::EmbeddingTable& table, const std::filesystem::path& path,
              const WriteOptions& /*options*/, OutputFiles& files,
              const base::TaskContext& context) {
  return writeDelimited(table, files.add(path), ',', context);
}

std::vector<std::string> tsvLosses(const table::EmbeddingTable& table) {
  return lossesWithoutMetadata(table, anyLabelRules(), kTsvFormat.info.title);
}

bool writeTsv(const table::EmbeddingTable& table, const std::filesystem::path& path,
              const WriteOptions& /*options*/, OutputFiles& files,
              const base::TaskContext& context) {
  return writeDelimited(table, files.add(path), '\t', context);
}

/// True when nine of ten labels of the sample are different ones.
bool hardlyRepeats(const base::SampledRecords& records, const CsvColumns& columns) {
  constexpr double kMostlyDifferent = 0.9;
  std::set<std::string_view> labels;
  for (const auto& record : records) {
    if (*columns.label < record.size()) {
      labels.insert(record[*columns.label]);
    }
  }
  return static_cast<double>(labels.size()) >=
         kMostlyDifferent * static_cast<double>(records.size());
}

}  // namespace

bool looksLikeDelimitedVectors(const Source& source, FormatId format) {
  const Start start = startOf(source, format);
  const base::SampledRecords records = sampleOf(start);
  if (records.empty()) {
    return false;
  }
  const CsvColumns columns = findColumns(records, start.delimiter != ",");
  return columns.label &&
         (columns.counted || (columns.metadata.empty() && columns.numbers.size() > 1 &&
                              hardlyRepeats(records, columns)));
}

bool headerCountsDimensions(const Source& source, FormatId format) {
  const Start start = startOf(source, format);
  const base::SampledRecords records = sampleOf(start);
  return !records.empty() && findColumns(records, start.delimiter != ",").counted;
}

const Format kCsvFormat = {
    .info = {FormatId::Csv, "csv", "CSV", ".csv",
             "Header label,0,1,…; one row a line; labels quoted as needed", true, true},
    .preview = previewDelimited<FormatId::Csv>,
    .read = readDelimited<FormatId::Csv>,
    .losses = csvLosses,
    .write = writeCsv,
    .readerChooses = true,
    .previewsBeginning = true,
    .mayBePacked = true};

const Format kTsvFormat = {
    .info = {FormatId::Tsv, "tsv", "TSV with labels", ".tsv",
             "The same with tabs; the projector's TSV has its labels in another file", true, true},
    .preview = previewDelimited<FormatId::Tsv>,
    .read = readDelimited<FormatId::Tsv>,
    .losses = tsvLosses,
    .write = writeTsv,
    .otherExtensions = ".tab",
    .readerChooses = true,
    .previewsBeginning = true,
    .mayBePacked = true};

}  // namespace embedscope::formats
