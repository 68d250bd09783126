// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/row_reader.h"

#include "core/base/large_pages.h"
#include "core/base/parallel.h"
#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;

constexpr std::size_t kSkippedShown = 20;

/// The choice by number and label; by number alone where the rows' labels stand elsewhere.
ReadOptions choiceOptions(const Source& source, const RowFormat& format) {
  ReadOptions options = source.options;
  if (!format.hasLabels() || options.vocabulary) {
    options.only.reset();
  }
  return options;
}

/// Calls body(row, line, record) for every row of a chunk; rows and lines from 0. A record is there
/// only during its call.
template <typename Body>
void forEachRow(const TextChunk& chunk, const base::MappedFile& file, const RecordCut& cut,
                Body&& body) {
  std::int64_t row = chunk.firstRow;
  std::int64_t line = chunk.firstLine;
  const PassOver pass(chunk.text, &file);
  for (std::string_view rest = pass.bytes(); !rest.empty();) {
    const std::int64_t begin = line;
    const std::string_view record = takeRecord(rest, cut, line);
    if (!isBlank(record)) {
      body(row++, begin, record);
    }
  }
}

/// What to do, where the sentence does not ask that itself.
std::string_view adviceFor(const RowFault& fault) {
  return fault.sentence.ends_with('?') ? ""
                                       : "; correct or remove the line, or have bad lines skipped";
}

}  // namespace

RowReader::RowReader(const Source& source, const TextBody& body, const RowFormat& format,
                     TextRows& rows)
    : m_source(source),
      m_body(body),
      m_format(format),
      m_rows(rows),
      m_choice(choiceOptions(source, format)),
      m_pieces(rows.index.chunks().size()) {
  m_rows.texts.resize(m_pieces.size());
}

bool RowReader::read(const base::TaskContext& context) {
  const bool fits = mayFit();
  if (!fits && !m_source.options.skipBadLines) {
    findRaggedRow(context);
    return false;
  }
  ByteProgress progress(context, m_body.text.size());
  if (fits && m_choice.takesAll()) {
    fill(progress);
  } else {
    pick(progress);
  }
  if (progress.stopRequested()) {
    return false;
  }
  collectSkipped();
  if (m_rows.values.rows() == 0) {
    failEmpty();
  }
  return true;
}

/// Every row needs two bytes for each value; if they are not there, some row is ragged and is found
/// without taking memory for the matrix.
bool RowReader::mayFit() const {
  const auto values = base::checkedProduct(m_rows.index.rowCount(), m_format.dimension());
  return values && *values <= static_cast<std::int64_t>(m_body.text.size() / 2 + 1);
}

/// Room for any row: a line of n bytes cannot fill more than n numbers, whatever a header claims.
std::vector<float> RowReader::scratchRow(const TextChunk& chunk) const {
  return std::vector<float>(
      std::min(static_cast<std::size_t>(m_format.dimension()), chunk.text.size()));
}

void RowReader::findRaggedRow(const base::TaskContext& context) const {
  std::vector<std::string_view> metadata(m_format.metadataNames().size());
  Piece unused;
  for (const TextChunk& chunk : m_rows.index.chunks()) {
    if (context.stopRequested()) {
      return;
    }
    std::vector<float> scratch = scratchRow(chunk);
    std::deque<std::string> made;
    forEachRow(chunk, *m_source.file, m_format.cut(),
               [&](std::int64_t row, std::int64_t line, std::string_view record) {
                 RowTexts texts{{}, metadata, &made};
                 isSound(m_format.read(record, scratch.data(), texts), row, line, unused);
               });
  }
  throw Error(ErrorCode::BadData, "the rows do not fit the file's size", placeOf(m_source));
}

/// @throws Error unless bad lines are to be skipped; then they are noted.
bool RowReader::isSound(const std::optional<RowFault>& fault, std::int64_t row, std::int64_t line,
                        Piece& piece) const {
  if (!fault) {
    return true;
  }
  const base::Place place = placeOfLine(m_source, m_body.linesBefore + line + 1);
  if (!m_source.options.skipBadLines) {
    throw Error(ErrorCode::BadData, fault->sentence + std::string(adviceFor(*fault)), place);
  }
  piece.badRows.push_back(row);
  if (piece.skipped.first.size() < kSkippedShown) {
    piece.skipped.first.push_back({place, fault->sentence});
  }
  ++piece.skipped.count;
  return false;
}

void RowReader::makeRoom(std::int64_t rows) {
  m_rows.values.resize(rows, m_format.dimension());
  base::preferLargePages(m_rows.values.data(),
                         static_cast<std::size_t>(m_rows.values.size()) * sizeof(float));
  m_rows.labels.resize(m_format.hasLabels() ? static_cast<std::size_t>(rows) : 0);
  m_rows.metadata.resize(m_format.metadataNames().size());
  for (std::vector<std::string_view>& column : m_rows.metadata) {
    column.resize(static_cast<std::size_t>(rows));
  }
}

void RowReader::fill(ByteProgress& progress) {
  makeRoom(m_rows.index.rowCount());
  const std::vector<TextChunk>& chunks = m_rows.index.chunks();
  base::parallelBlocks(static_cast<std::int64_t>(chunks.size()), [&](std::int64_t block) {
    if (!progress.stopRequested()) {
      const auto number = static_cast<std::size_t>(block);
      fillChunk(number);
      progress.add(chunks[number].text.size());
    }
  });
  if (!progress.stopRequested()) {
    closeUp();
  }
}

void RowReader::fillChunk(std::size_t number) {
  std::vector<std::string_view> metadata(m_rows.metadata.size());
  std::deque<std::string> made;
  RowTexts texts{{}, metadata, &made};
  TextArena& kept = m_rows.texts[number];
  forEachRow(m_rows.index.chunks()[number], *m_source.file, m_format.cut(),
             [&](std::int64_t row, std::int64_t line, std::string_view record) {
               std::ranges::fill(metadata, std::string_view());
               float* values = m_rows.values.data() + row * m_format.dimension();
               if (!isSound(m_format.read(record, values, texts), row, line, m_pieces[number])) {
                 return;
               }
               const auto at = static_cast<std::size_t>(row);
               if (!m_rows.labels.empty()) {
                 m_rows.labels[at] = kept.keep(texts.label);
               }
               for (std::size_t column = 0; column < metadata.size(); ++column) {
                 m_rows.metadata[column][at] = kept.keep(metadata[column]);
               }
               made.clear();
             });
}

/// Moves sound rows into the places of bad ones.
void RowReader::closeUp() {
  std::vector<std::int64_t> bad;
  for (const Piece& piece : m_pieces) {
    bad.insert(bad.end(), piece.badRows.begin(), piece.badRows.end());
  }
  if (bad.empty()) {
    return;
  }
  const std::int64_t count = m_rows.index.rowCount();
  m_rows.fileRows.reserve(static_cast<std::size_t>(count) - bad.size());
  auto nextBad = bad.begin();
  for (std::int64_t row = 0; row < count; ++row) {
    if (nextBad != bad.end() && *nextBad == row) {
      ++nextBad;
      continue;
    }
    const std::size_t to = m_rows.fileRows.size();
    const auto from = static_cast<std::size_t>(row);
    if (to != from) {
      m_rows.values.row(static_cast<Eigen::Index>(to)) = m_rows.values.row(row);
      if (!m_rows.labels.empty()) {
        m_rows.labels[to] = m_rows.labels[from];
      }
      for (std::vector<std::string_view>& column : m_rows.metadata) {
        column[to] = column[from];
      }
    }
    m_rows.fileRows.push_back(row);
  }
  const std::size_t left = m_rows.fileRows.size();
  m_rows.values.conservativeResize(static_cast<Eigen::Index>(left), Eigen::NoChange);
  m_rows.labels.resize(m_rows.labels.empty() ? 0 : left);
  for (std::vector<std::string_view>& column : m_rows.metadata) {
    column.resize(left);
  }
}

void RowReader::pick(ByteProgress& progress) {
  const std::vector<TextChunk>& chunks = m_rows.index.chunks();
  base::parallelBlocks(static_cast<std::int64_t>(chunks.size()), [&](std::int64_t block) {
    if (!progress.stopRequested()) {
      const auto number = static_cast<std::size_t>(block);
      pickChunk(number);
      progress.add(chunks[number].text.size());
    }
  });
  if (!progress.stopRequested()) {
    join();
  }
}

void RowReader::pickChunk(std::size_t number) {
  Piece& piece = m_pieces[number];
  std::vector<float> values = scratchRow(m_rows.index.chunks()[number]);
  std::vector<std::string_view> metadata(m_format.metadataNames().size());
  piece.metadata.resize(metadata.size());
  std::deque<std::string> made;
  RowTexts texts{{}, metadata, &made};
  TextArena& kept = m_rows.texts[number];
  forEachRow(m_rows.index.chunks()[number], *m_source.file, m_format.cut(),
             [&](std::int64_t row, std::int64_t line, std::string_view record) {
               if (!m_choice.takesRow(row)) {
                 return;
               }
               std::ranges::fill(metadata, std::string_view());
               made.clear();
               if (!isSound(m_format.read(record, values.data(), texts), row, line, piece) ||
                   !m_choice.takesLabel(texts.label)) {
                 return;
               }
               piece.fileRows.push_back(row);
               piece.values.insert(piece.values.end(), values.begin(), values.end());
               piece.labels.push_back(kept.keep(texts.label));
               for (std::size_t column = 0; column < metadata.size(); ++column) {
                 piece.metadata[column].push_back(kept.keep(metadata[column]));
               }
             });
}

void RowReader::join() {
  std::size_t count = 0;
  for (const Piece& piece : m_pieces) {
    count += piece.fileRows.size();
  }
  makeRoom(static_cast<std::int64_t>(count));
  m_rows.fileRows.reserve(count);
  for (Piece& piece : m_pieces) {
    const std::size_t at = m_rows.fileRows.size();
    m_rows.fileRows.insert(m_rows.fileRows.end(), piece.fileRows.begin(), piece.fileRows.end());
    std::ranges::copy(piece.values,
                      m_rows.values.data() + static_cast<std::int64_t>(at) * m_format.dimension());
    if (!m_rows.labels.empty()) {
      std::ranges::copy(piece.labels, m_rows.labels.begin() + static_cast<std::ptrdiff_t>(at));
    }
    for (std::size_t column = 0; column < piece.metadata.size(); ++column) {
      std::ranges::copy(piece.metadata[column],
                        m_rows.metadata[column].begin() + static_cast<std::ptrdiff_t>(at));
    }
    piece.values = {};  // it is in the matrix now
  }
}

void RowReader::collectSkipped() {
  for (Piece& piece : m_pieces) {
    m_rows.skipped.count += piece.skipped.count;
    for (Warning& line : piece.skipped.first) {
      if (m_rows.skipped.first.size() < kSkippedShown) {
        m_rows.skipped.first.push_back(std::move(line));
      }
    }
  }
}

void RowReader::failEmpty() const {
  if (m_rows.skipped.count > 0 && m_rows.skipped.count == m_rows.index.rowCount()) {
    throw Error(ErrorCode::BadData,
                fmt::format("no vectors found: every line is bad; this is the first: {}",
                            m_rows.skipped.first.front().text),
                m_rows.skipped.first.front().place);
  }
  throw Error(
      ErrorCode::BadData,
      m_source.options.only ? "none of the labels to keep is in the table" : "no vectors found",
      placeOf(m_source));
}

}  // namespace embedscope::formats
