// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/delimited.h"

#include "core/base/decimal_comma.h"
#include "core/base/mapped_file.h"
#include "core/base/record_scanner.h"
#include "core/base/text.h"
#include "core/data/column_names.h"
#include "core/data/column_notes.h"
#include "core/data/dialect_detection.h"

#include <algorithm>
#include <deque>
#include <memory>
#include <utility>

namespace embedscope::data {

namespace {

using base::Error;
using base::ErrorCode;
using base::Place;
using base::RecordScanner;

constexpr std::int64_t kExamples = 5;          ///< lines named in a warning
constexpr std::int64_t kRecordsPerPoll = 512;  ///< between two looks at the stop request

std::int64_t lineOfByte(std::string_view text, std::size_t byte) {
  return 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(byte), '\n');
}

/// Rows whose number of fields is not that of the table: counted, the first few remembered.
class RaggedRows {
 public:
  void add(std::int64_t line, std::size_t fields) {
    if (++m_count == 1) {
      m_firstLine = line;
    }
    if (m_count <= kExamples) {
      m_examples += (m_examples.empty() ? "line " : ", line ") + std::to_string(line) + " has " +
                    std::to_string(fields);
    }
  }

  std::optional<DataWarning> warning(const std::filesystem::path& path, std::size_t columns,
                                     bool header) const {
    if (m_count == 0) {
      return {};
    }
    std::string text = base::groupedDigits(m_count) + (m_count == 1 ? " row has" : " rows have");
    text += " another number of fields than the " + std::to_string(columns) + " of the ";
    text += header ? "header" : "first row";
    text += " (" + m_examples + (m_count > kExamples ? ", …" : "");
    text += "); short rows were filled with empty cells, long rows cut";
    return DataWarning{Place::ofLine(path, m_firstLine), text};
  }

 private:
  std::int64_t m_count = 0;
  std::int64_t m_firstLine = 0;
  std::string m_examples;
};

/// One reading of one file; `run` does it.
class Reading {
 public:
  Reading(std::filesystem::path path, std::shared_ptr<const base::MappedFile> file)
      : m_path(std::move(path)),
        m_file(std::move(file)),
        m_start(skipTextStart(soundText(), m_path)) {}

  std::optional<LoadedData> run(const std::optional<Dialect>& dialect,
                                const base::TaskContext& context);

 private:
  std::string_view soundText();
  std::shared_ptr<DataTable> emptyTable(RecordScanner& scanner, bool& firstIsRow);
  bool readRows(RecordScanner& scanner, DataTable& table, bool firstIsRow,
                const base::TaskContext& context);
  void appendRecord(RecordScanner& scanner, DataTable& table);

  void warn(Place place, std::string text) {
    m_warnings.push_back({std::move(place), std::move(text)});
  }

  [[noreturn]] void failOpenQuote(const RecordScanner& scanner) const;

  std::int64_t fileLine(const RecordScanner& scanner) const {
    return scanner.line() + m_start.lineOffset;
  }

  std::filesystem::path m_path;
  std::shared_ptr<const base::MappedFile> m_file;
  std::vector<DataWarning> m_warnings;
  std::string m_repaired;  ///< the text, when the file's bytes are not UTF-8
  TextStart m_start;
  Dialect m_dialect;
  RaggedRows m_ragged;
  std::optional<std::int64_t> m_textAfterQuoteLine;
};

/// The file's text; repaired, with a warning, when it is not UTF-8.
std::string_view Reading::soundText() {
  const std::string_view text = m_file->text();
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    warn(Place::ofLine(m_path, lineOfByte(text, nul)), "NUL byte in the text");
  }
  if (base::isUtf8(text)) {
    return text;
  }
  m_repaired = base::repairedUtf8(text);
  const auto broken = std::mismatch(text.begin(), text.end(), m_repaired.begin(), m_repaired.end());
  const auto byte = static_cast<std::size_t>(broken.first - text.begin());
  if (!text.starts_with("\xFF\xFE") && !text.starts_with("\xFE\xFF")) {
    warn(Place::ofLine(m_path, lineOfByte(text, byte)),
         "the text is not UTF-8; characters that cannot be read were replaced");
    return m_repaired;
  }
  return text;
}

std::optional<LoadedData> Reading::run(const std::optional<Dialect>& dialect,
                                       const base::TaskContext& context) {
  m_dialect = dialect ? *dialect : detectDialectOf(m_start);
  if (m_dialect.delimiter.empty()) {
    throw Error(ErrorCode::InvalidArgument, "the separator is empty");
  }
  RecordScanner scanner(m_start.body, syntaxOf(m_dialect));
  bool firstIsRow = false;
  const std::shared_ptr<DataTable> table = emptyTable(scanner, firstIsRow);
  if (!readRows(scanner, *table, firstIsRow, context)) {
    return {};
  }
  if (const auto ragged = m_ragged.warning(m_path, static_cast<std::size_t>(table->columnCount()),
                                           m_dialect.header)) {
    m_warnings.push_back(*ragged);
  }
  if (m_textAfterQuoteLine) {
    warn(Place::ofLine(m_path, *m_textAfterQuoteLine),
         "text follows a closing quote; a quote inside a quoted field must be doubled (\"\"), a "
         "backslash does not escape it");
  }
  if (scanner.mixedLineEnds()) {
    warn(Place::ofFile(m_path), "the file has mixed line ends");
  }
  if (table->rowCount() == 0) {
    warn(Place::ofFile(m_path), "there are no rows below the header");
  }
  for (std::string& note : columnNotes(*table)) {
    warn(Place::ofFile(m_path), std::move(note));
  }
  context.report(1);
  return LoadedData{table, m_dialect, std::move(m_warnings)};
}

std::shared_ptr<DataTable> Reading::emptyTable(RecordScanner& scanner, bool& firstIsRow) {
  const RecordScanner::Outcome outcome = scanner.next();
  if (outcome == RecordScanner::Outcome::OpenQuote) {
    failOpenQuote(scanner);
  }
  if (outcome == RecordScanner::Outcome::End) {
    throw Error(ErrorCode::BadData, "the file is empty", Place::ofFile(m_path));
  }
  firstIsRow = !m_dialect.header;
  const ColumnNames columns = m_dialect.header ? uniqueColumnNames(scanner.cells())
                                               : numberedColumnNames(scanner.cells().size());
  if (firstIsRow) {
    warn(Place::ofLine(m_path, fileLine(scanner)),
         "the file looks headerless; its columns are named 1, 2, 3, …");
  }
  for (const std::string& change : columns.renamed) {
    warn(Place::ofLine(m_path, fileLine(scanner)), change);
  }
  return std::make_shared<DataTable>(m_path.stem().string(), columns.names);
}

/// False when stopped.
bool Reading::readRows(RecordScanner& scanner, DataTable& table, bool firstIsRow,
                       const base::TaskContext& context) {
  const auto size = static_cast<double>(m_start.body.size());
  auto outcome = firstIsRow ? RecordScanner::Outcome::Record : scanner.next();
  for (std::int64_t record = 0; outcome == RecordScanner::Outcome::Record; ++record) {
    if (record % kRecordsPerPoll == 0) {
      if (context.stopRequested()) {
        return false;
      }
      context.report(static_cast<double>(scanner.position()) / size);
    }
    appendRecord(scanner, table);
    outcome = scanner.next();
  }
  if (outcome == RecordScanner::Outcome::OpenQuote) {
    failOpenQuote(scanner);
  }
  return !context.stopRequested();
}

void Reading::appendRecord(RecordScanner& scanner, DataTable& table) {
  std::vector<std::string_view>& cells = scanner.cells();
  const auto columns = static_cast<std::size_t>(table.columnCount());
  if (cells.size() != columns) {
    m_ragged.add(fileLine(scanner), cells.size());
    cells.resize(columns);
  }
  if (scanner.textAfterQuote() && !m_textAfterQuoteLine) {
    m_textAfterQuoteLine = fileLine(scanner);
  }
  std::deque<std::string> rewritten;
  if (m_dialect.decimalComma) {
    for (std::string_view& cell : cells) {
      if (std::optional<std::string> number = base::withDecimalPoint(cell)) {
        cell = rewritten.emplace_back(std::move(*number));
      }
    }
  }
  table.appendRow(cells);
}

void Reading::failOpenQuote(const RecordScanner& scanner) const {
  throw Error(ErrorCode::BadData, "the quoted field that begins here is never closed",
              Place::ofLine(m_path, fileLine(scanner)));
}

}  // namespace

Dialect detectDialect(const std::filesystem::path& path) {
  const auto file = base::MappedFile::open(path);
  return detectDialectOf(skipTextStart(file->text(), path));
}

std::optional<LoadedData> readDelimited(const std::filesystem::path& path,
                                        const std::optional<Dialect>& dialect,
                                        const base::TaskContext& context) {
  return Reading(path, base::MappedFile::open(path)).run(dialect, context);
}

}  // namespace embedscope::data
