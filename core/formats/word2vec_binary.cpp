// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/word2vec_binary.h"

#include "core/base/large_pages.h"
#include "core/base/parallel.h"
#include "core/base/text.h"
#include "core/formats/byte_progress.h"
#include "core/formats/label_rules.h"
#include "core/formats/labelled_table.h"
#include "core/formats/row_writer.h"
#include "core/formats/text_arena.h"
#include "core/formats/text_header.h"
#include "core/formats/text_row.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;

constexpr std::int64_t kFirstLabels = 5;
constexpr std::int64_t kRowsPerStopCheck = 4096;
constexpr std::int64_t kRowsPerBlock = 4096;
constexpr std::size_t kBytesPerRelease = std::size_t{8} << 20U;

std::size_t vectorBytes(const CountHeader& header) {
  return static_cast<std::size_t>(header.dimension) * sizeof(float);
}

/// The header, checked against the file's size: every row takes at least a blank and its numbers.
CountHeader checkedHeader(const Source& source) {
  const std::optional<CountHeader> header = findCountHeader(source.text());
  if (!header) {
    throw Error(ErrorCode::BadData,
                "the first line is no \"<rows> <dimension>\" header of a word2vec binary file",
                placeOfByte(source, 0));
  }
  checkCountHeader(source, *header, sizeof(float));
  const auto least =
      base::checkedProduct(header->rows, 1 + static_cast<std::int64_t>(vectorBytes(*header)));
  const auto present = source.contentBytes() - static_cast<std::int64_t>(header->end);
  if (header->rows == 0) {
    throw Error(ErrorCode::BadData, "the header says 0 rows: there is nothing to read",
                placeOfLine(source, 1));
  }
  if (!least || (*least > present && !source.isBeginning())) {
    throw Error(
        ErrorCode::BadData,
        fmt::format("the header says {} x {}, which needs at least {}; the file ends after {}: it "
                    "is cut off (download it again) or of another format",
                    header->rows, header->dimension,
                    least ? base::byteSize(static_cast<double>(*least)) : "more than fits",
                    base::byteSize(static_cast<double>(present))),
        placeOfByte(source, source.text().size()));
  }
  return *header;
}

struct BinaryRow {
  std::string_view label;
  std::size_t vector = 0;  ///< offset of its numbers
};

/// Goes from row to row.
class RowWalker {
 public:
  RowWalker(const Source& source, const CountHeader& header)
      : m_source(source), m_header(header), m_at(header.end) {}

  /// The next row. @param number  counted from 1, for messages.
  BinaryRow next(std::int64_t number) {
    const std::string_view text = m_source.text();
    while (m_at < text.size() && text[m_at] == '\n') {
      ++m_at;
    }
    const std::string_view ahead = text.substr(m_at, kLongestLabel + 1);
    const std::size_t blank = ahead.find(' ');
    if (blank == std::string_view::npos) {
      if (ahead.size() <= kLongestLabel && m_at + ahead.size() == text.size() && number > 1) {
        failAtEnd(number);
      }
      throw Error(ErrorCode::BadData,
                  fmt::format("no word separator within the limit of {} bytes: row {} of {} does "
                              "not begin with a word and a blank",
                              kLongestLabel, number, m_header.rows),
                  placeOfByte(m_source, m_at));
    }
    const BinaryRow row{ahead.substr(0, blank), m_at + blank + 1};
    if (vectorBytes(m_header) > text.size() - row.vector) {
      failAtEnd(number);
    }
    m_at = row.vector + vectorBytes(m_header);
    return row;
  }

  /// Offset of the first byte after the row, and after a line feed that belongs to it.
  std::size_t end() const {
    const std::string_view text = m_source.text();
    return m_at < text.size() && text[m_at] == '\n' ? m_at + 1 : m_at;
  }

 private:
  [[noreturn]] void failAtEnd(std::int64_t number) const {
    throw Error(ErrorCode::BadData,
                fmt::format("the file ends inside row {} of {} ({} whole rows come before it): it "
                            "is cut off; download or write it again",
                            number, m_header.rows, number - 1),
                placeOfByte(m_source, m_source.text().size()));
  }

  const Source& m_source;
  const CountHeader& m_header;
  std::size_t m_at;
};

void warnAboutRest(const Source& source, std::size_t end, std::vector<Warning>& warnings) {
  const std::size_t left = source.text().size() - end;
  if (left > 0 && !source.options.limit) {
    warnings.push_back({placeOfByte(source, end),
                        fmt::format("{} {} left over after the last row the header promises",
                                    base::groupedDigits(static_cast<std::int64_t>(left)),
                                    left == 1 ? "byte is" : "bytes are")});
  }
}

void copyVectors(const Source& source, const std::vector<std::size_t>& offsets,
                 base::RowMatrix& values, ByteProgress& progress) {
  const std::size_t bytes = static_cast<std::size_t>(values.cols()) * sizeof(float);
  const std::int64_t rows = values.rows();
  base::parallelBlocks((rows + kRowsPerBlock - 1) / kRowsPerBlock, [&](std::int64_t block) {
    const std::int64_t begin = block * kRowsPerBlock;
    const std::int64_t end = std::min((block + 1) * kRowsPerBlock, rows);
    for (std::int64_t row = begin; row < end; ++row) {
      if (progress.stopRequested()) {
        return;
      }
      std::memcpy(values.data() + row * values.cols(),
                  source.text().data() + offsets[static_cast<std::size_t>(row)], bytes);
      progress.add(bytes);
    }
    const std::size_t first = offsets[static_cast<std::size_t>(begin)];
    source.file->release(
        source.text().substr(first, offsets[static_cast<std::size_t>(end - 1)] + bytes - first));
  });
}

Preview previewWord2VecBinary(const Source& source) {
  const CountHeader header = checkedHeader(source);
  Preview preview;
  preview.format = FormatId::Word2VecBinary;
  preview.why = fmt::format("its first line says {} x {} and binary numbers follow", header.rows,
                            header.dimension);
  preview.rows = limitedRows(source, header.rows);
  preview.dimension = header.dimension;
  preview.dtype = "float32";
  preview.fileBytes = static_cast<std::int64_t>(source.text().size());
  preview.tableBytes = preview.rows * preview.dimension * static_cast<std::int64_t>(sizeof(float));
  preview.parts = {source.path()};
  if (source.options.vocabulary) {
    previewNames(source, header.rows, preview);
    return preview;
  }
  RowWalker walker(source, header);
  for (std::int64_t row = 1; row <= std::min(kFirstLabels, preview.rows); ++row) {
    preview.firstLabels.emplace_back(walker.next(row).label);
  }
  return preview;
}

std::optional<LoadedTable> readWord2VecBinary(const Source& source,
                                              const base::TaskContext& context) {
  const CountHeader header = checkedHeader(source);
  const std::int64_t rows = limitedRows(source, header.rows);
  std::vector<std::string_view> labels;
  std::vector<std::size_t> offsets;
  labels.reserve(static_cast<std::size_t>(rows));
  offsets.reserve(static_cast<std::size_t>(rows));
  TextArena texts;  // of the labels, so that the file's pages can go
  std::size_t released = header.end;
  RowWalker walker(source, header);
  const base::TaskContext finding = context.part(0, 0.4);
  for (std::int64_t row = 1; row <= rows; ++row) {
    if (row % kRowsPerStopCheck == 0) {
      if (context.stopRequested()) {
        return {};
      }
      finding.report(static_cast<double>(row) / static_cast<double>(rows));
    }
    const BinaryRow found = walker.next(row);
    labels.push_back(texts.keep(found.label));
    offsets.push_back(found.vector);
    if (found.vector - released > kBytesPerRelease) {
      source.file->release(source.text().substr(released, found.vector - released));
      released = found.vector;
    }
  }
  LoadedTable loaded;
  loaded.report.format = FormatId::Word2VecBinary;
  loaded.report.dtype = "float32";
  warnAboutRest(source, walker.end(), loaded.report.warnings);

  base::RowMatrix values(rows, header.dimension);
  base::preferLargePages(values.data(), static_cast<std::size_t>(rows) * vectorBytes(header));
  ByteProgress progress(context.part(0.4, 0.9),
                        static_cast<std::size_t>(rows) * vectorBytes(header));
  copyVectors(source, offsets, values, progress);
  if (context.stopRequested()) {
    return {};
  }
  const PlaceOfRow places = [&](std::int64_t row) {
    return placeOfByte(source, offsets[static_cast<std::size_t>(row)]);
  };
  Naming naming =
      source.options.vocabulary
          ? nameRows(source, header.rows, rows, loaded.report, context)
          : Naming{adoptLabels(labels, places, source.options, loaded.report, context), {}};
  const table::EmbeddingTable::View view(values.data(), values.rows(), values.cols());
  if (!checkNumbers(view, places, loaded.report, context.part(0.9, 1))) {
    return {};
  }
  loaded.table = std::make_shared<const table::EmbeddingTable>(
      source.tableName(), std::move(naming.vocabulary), std::move(values),
      std::move(naming.metadata));
  return loaded;
}

std::vector<std::string> word2vecBinaryLosses(const table::EmbeddingTable& table) {
  return lossesWithoutMetadata(table, word2vecLabelRules(), kWord2VecBinaryFormat.info.title);
}

bool writeWord2VecBinary(const table::EmbeddingTable& table, const std::filesystem::path& path,
                         const WriteOptions& /*options*/, OutputFiles& files,
                         const base::TaskContext& context) {
  const std::vector<std::string> labels = writableLabels(table.vocabulary(), word2vecLabelRules());
  base::AtomicFile& file = files.add(path);
  file.write(fmt::format("{} {}\n", table.rowCount(), table.dimension()));
  return writeRows(file, table.rowCount(), context, [&](std::int64_t row, std::string& out) {
    out += labels[static_cast<std::size_t>(row)];
    out += ' ';
    const std::span<const std::byte> bytes = std::as_bytes(table.row(row));
    const std::size_t before = out.size();
    out.resize(before + bytes.size());
    std::memcpy(out.data() + before, bytes.data(), bytes.size());
  });
}

}  // namespace

const Format kWord2VecBinaryFormat = {
    .info = {FormatId::Word2VecBinary, "word2vec-binary", "word2vec binary", ".bin",
             "The same header, then words with float32 numbers (word2vec, gensim)", true, true},
    .preview = previewWord2VecBinary,
    .read = readWord2VecBinary,
    .losses = word2vecBinaryLosses,
    .write = writeWord2VecBinary,
    .previewsBeginning = true,
    .mayBePacked = true};

}  // namespace embedscope::formats
