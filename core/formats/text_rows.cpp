// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/text_rows.h"

#include "core/base/text.h"
#include "core/formats/row_reader.h"

#include <algorithm>
#include <limits>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;

constexpr std::size_t kSampleRows = 1000;
constexpr std::size_t kSampleBytes = std::size_t{1} << 20U;
constexpr double kShareOfCounting = 0.1;  ///< of the progress; measured

void checkLineEnds(const Source& source, std::string_view text) {
  const std::string_view head = text.substr(0, kSampleBytes);
  const std::size_t carriageReturn = head.find('\r');
  if (head.find('\n') == std::string_view::npos && carriageReturn != std::string_view::npos &&
      carriageReturn + 1 < text.size()) {
    throw Error(ErrorCode::BadData,
                "one long line: its lines end in carriage returns alone (classic Mac); convert "
                "them to line feeds, for example with: tr '\\r' '\\n'",
                placeOfLine(source, 1));
  }
}

/// Takes an unfinished last row out of the index.
void dropCutRow(const Source& source, const TextBody& body, const RowFormat& format,
                TextRows& rows) {
  if (body.text.ends_with('\n') || body.text.find('\n') == std::string_view::npos) {
    return;
  }
  const std::string_view last = rows.index.lastRow();
  const auto end = static_cast<std::size_t>(last.data() + last.size() - body.text.data());
  if (body.text.find('\n', end) != std::string_view::npos) {
    return;  // nothing but blanks behind its line end
  }
  // Too short for its values: no need for a scratch row as long as a header may claim.
  std::vector<float> scratch(std::min(static_cast<std::size_t>(format.dimension()), last.size()));
  std::vector<std::string_view> metadata(format.metadataNames().size());
  std::deque<std::string> made;
  RowTexts texts{{}, metadata, &made};
  const bool tooShort = scratch.size() < static_cast<std::size_t>(format.dimension());
  const std::optional<RowFault> fault =
      tooShort ? std::optional(RowFault{"", true}) : format.read(last, scratch.data(), texts);
  if (fault && fault->cutShort) {
    rows.index.dropLastRow();
    rows.warnings.push_back(
        {placeOf(source), "the last line is incomplete and was left out: the file seems cut off"});
  }
}

}  // namespace

std::optional<TextRows> readRows(const Source& source, TextBody body, const RowFormat& format,
                                 const base::TaskContext& context) {
  checkLineEnds(source, body.text);
  if (source.options.limit) {
    const std::int64_t all = std::numeric_limits<std::int64_t>::max() - source.options.every;
    body.text = firstRows(body.text, limitedRows(source, all), format.cut(), context);
    if (context.stopRequested()) {
      return {};
    }
  }
  TextRows rows;
  std::optional<LineIndex> index = LineIndex::build(body.text, format.cut(), source.file.get(),
                                                    context.part(0, kShareOfCounting));
  if (!index) {
    return {};
  }
  rows.index = std::move(*index);
  if (rows.index.rowCount() > 0) {
    dropCutRow(source, body, format, rows);
  }
  if (rows.index.rowCount() == 0) {
    throw Error(ErrorCode::BadData, "no vectors found", placeOf(source));
  }
  RowReader reader(source, body, format, rows);
  if (!reader.read(context.part(kShareOfCounting, 1))) {
    return {};
  }
  return rows;
}

TextSample sampleRows(std::string_view text, const RecordCut& cut) {
  TextSample sample;
  std::string_view rest = text;
  std::int64_t lines = 0;
  while (!rest.empty() && sample.lines.size() < kSampleRows && sample.bytes < kSampleBytes) {
    const std::size_t before = rest.size();
    const std::string_view record = takeRecord(rest, cut, lines);
    const bool finished = text[text.size() - rest.size() - 1] == '\n';
    if (!finished && !sample.lines.empty()) {
      break;  // may be cut off
    }
    sample.bytes += before - rest.size();
    if (!isBlank(record)) {
      sample.lines.push_back(record);
    }
  }
  return sample;
}

std::int64_t estimatedRows(std::int64_t bytes, const TextSample& sample) {
  if (sample.bytes == 0) {
    return 0;
  }
  const double perByte =
      static_cast<double>(sample.lines.size()) / static_cast<double>(sample.bytes);
  const double rest = (static_cast<double>(bytes) - static_cast<double>(sample.bytes)) * perByte;
  return static_cast<std::int64_t>(sample.lines.size()) + static_cast<std::int64_t>(rest + 0.5);
}

}  // namespace embedscope::formats
