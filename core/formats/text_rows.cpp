// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/text_rows.h"

#include "core/base/parallel.h"
#include "core/base/text.h"
#include "core/formats/byte_progress.h"

#include <algorithm>

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

/// Takes an unfinished last line off the text.
void dropCutLine(const Source& source, TextBody& body, const RowShape& shape, TextRows& rows) {
  const std::size_t newline = body.text.rfind('\n');
  if (newline == std::string_view::npos || newline + 1 == body.text.size()) {
    return;
  }
  const std::string_view line = firstLine(body.text.substr(newline + 1), body.text.size());
  // Too short for its values: no need for a scratch row as long as a header may claim.
  std::vector<float> scratch(std::min(static_cast<std::size_t>(shape.dimension), line.size()));
  const bool tooShort = scratch.size() < static_cast<std::size_t>(shape.dimension);
  std::string_view label;
  const std::optional<RowFault> fault = tooShort || isBlank(line)
                                            ? std::optional(RowFault{"", !isBlank(line)})
                                            : readRow(line, shape, scratch.data(), label);
  if (fault && fault->cutShort) {
    body.text = body.text.substr(0, newline + 1);
    rows.warnings.push_back(
        {placeOf(source), "the last line is incomplete and was left out: the file seems cut off"});
  }
}

class RowsReader {
 public:
  RowsReader(const Source& source, const TextBody& body, const RowShape& shape, TextRows& rows)
      : m_source(source), m_body(body), m_shape(shape), m_rows(rows) {}

  /// Every row needs two bytes for each value; if they are not there, some row is ragged and is
  /// found without taking memory for the matrix.
  bool mayFit() const {
    const auto values = base::checkedProduct(m_rows.index.rowCount(), m_shape.dimension);
    return values && *values <= static_cast<std::int64_t>(m_body.text.size() / 2 + 1);
  }

  void findRaggedRow(const base::TaskContext& context) {
    // A line of n bytes cannot fill more than n numbers, whatever the header claims.
    std::size_t longest = 0;
    for (const TextChunk& chunk : m_rows.index.chunks()) {
      longest = std::max(longest, chunk.text.size());
    }
    std::vector<float> scratch(std::min(static_cast<std::size_t>(m_shape.dimension), longest));
    std::string_view label;
    for (const TextChunk& chunk : m_rows.index.chunks()) {
      if (context.stopRequested()) {
        return;
      }
      forEachRow(chunk, [&](std::int64_t, std::int64_t line, std::string_view text) {
        check(readRow(text, m_shape, scratch.data(), label), line);
      });
    }
    throw Error(ErrorCode::BadData, "the rows do not fit the file's size", placeOf(m_source));
  }

  void readInto(ByteProgress& progress) {
    const auto count = static_cast<std::size_t>(m_rows.index.rowCount());
    m_rows.values.resize(m_rows.index.rowCount(), m_shape.dimension);
    m_rows.labels.resize(m_shape.label == LabelField::Absent ? 0 : count);
    const std::vector<TextChunk>& chunks = m_rows.index.chunks();
    base::parallelBlocks(static_cast<std::int64_t>(chunks.size()), [&](std::int64_t block) {
      if (!progress.stopRequested()) {
        const TextChunk& chunk = chunks[static_cast<std::size_t>(block)];
        readChunk(chunk);
        progress.add(chunk.text.size());
      }
    });
  }

 private:
  template <typename Body>
  void forEachRow(const TextChunk& chunk, Body&& body) const {
    std::int64_t row = chunk.firstRow;
    std::int64_t line = chunk.firstLine;
    for (std::string_view rest = chunk.text; !rest.empty(); ++line) {
      const std::string_view text = takeLine(rest);
      if (!isBlank(text)) {
        body(row++, line, text);
      }
    }
  }

  void readChunk(const TextChunk& chunk) {
    forEachRow(chunk, [&](std::int64_t row, std::int64_t line, std::string_view text) {
      std::string_view label;
      check(readRow(text, m_shape, m_rows.values.data() + row * m_shape.dimension, label), line);
      if (!m_rows.labels.empty()) {
        m_rows.labels[static_cast<std::size_t>(row)] = label;
      }
    });
  }

  void check(const std::optional<RowFault>& fault, std::int64_t line) const {
    if (fault) {
      throw Error(ErrorCode::BadData, fault->sentence,
                  placeOfLine(m_source, m_body.linesBefore + line + 1));
    }
  }

  const Source& m_source;
  const TextBody& m_body;
  const RowShape& m_shape;
  TextRows& m_rows;
};

}  // namespace

std::optional<TextRows> readRows(const Source& source, TextBody body, const RowShape& shape,
                                 const base::TaskContext& context) {
  checkLineEnds(source, body.text);
  if (source.options.limit) {
    body.text = firstRows(body.text, *source.options.limit, context);
    if (context.stopRequested()) {
      return {};
    }
  }
  TextRows rows;
  dropCutLine(source, body, shape, rows);
  std::optional<LineIndex> index = LineIndex::build(body.text, context.part(0, kShareOfCounting));
  if (!index) {
    return {};
  }
  rows.index = std::move(*index);
  if (rows.index.rowCount() == 0) {
    throw Error(ErrorCode::BadData, "no vectors found", placeOf(source));
  }
  RowsReader reader(source, body, shape, rows);
  if (!reader.mayFit()) {
    reader.findRaggedRow(context);
    return {};
  }
  ByteProgress progress(context.part(kShareOfCounting, 1), body.text.size());
  reader.readInto(progress);
  if (progress.stopRequested()) {
    return {};
  }
  return rows;
}

TextSample sampleRows(std::string_view text) {
  TextSample sample;
  std::string_view rest = text;
  while (!rest.empty() && sample.lines.size() < kSampleRows && sample.bytes < kSampleBytes) {
    const std::size_t before = rest.size();
    const bool finished = rest.find('\n') != std::string_view::npos;
    const std::string_view line = takeLine(rest);
    if (!finished && !sample.lines.empty()) {
      break;  // may be cut off
    }
    sample.bytes += before - rest.size();
    if (!isBlank(line)) {
      sample.lines.push_back(line);
    }
  }
  return sample;
}

std::int64_t estimatedRows(std::string_view text, const TextSample& sample) {
  if (sample.bytes == 0) {
    return 0;
  }
  const double perByte =
      static_cast<double>(sample.lines.size()) / static_cast<double>(sample.bytes);
  const double rest = static_cast<double>(text.size() - sample.bytes) * perByte;
  return static_cast<std::int64_t>(sample.lines.size()) + static_cast<std::int64_t>(rest + 0.5);
}

}  // namespace embedscope::formats
