// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/label_file.h"

#include "core/base/text.h"
#include "core/formats/decimal.h"
#include "core/formats/hf_vocabulary.h"
#include "core/formats/npy_text.h"
#include "core/formats/text_header.h"
#include "core/formats/text_lines.h"
#include "core/formats/text_row.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;
namespace fs = std::filesystem;

struct Line {
  std::string_view text;
  std::int64_t number = 0;  ///< from 1
};

enum class EmptyLines { Skip, Keep };

/// Hands lines to `visit` until that returns false.
template <typename Visit>
void eachLine(std::string_view text, EmptyLines emptyLines, Visit visit) {
  std::string_view rest = withoutByteOrderMark(text);
  for (std::int64_t number = 1; !rest.empty(); ++number) {
    const Line line{takeLine(rest), number};
    if ((!line.text.empty() || emptyLines == EmptyLines::Keep) && !visit(line)) {
      return;
    }
  }
}

struct LineCount {
  std::int64_t filled = 0;
  std::int64_t all = 0;
};

LineCount countLines(std::string_view text) {
  LineCount count;
  eachLine(text, EmptyLines::Keep, [&](const Line& line) {
    ++count.all;
    count.filled += line.text.empty() ? 0 : 1;
    return true;
  });
  return count;
}

/// Where the labels stand in a file that fits a table.
struct LabelLines {
  std::string_view text;
  EmptyLines emptyLines = EmptyLines::Skip;
  bool hasColumns = false;  ///< separated by tabs
  bool hasHeader = false;   ///< the first line names the columns
};

/// Hands the lines of rows to `visit` until that returns false.
template <typename Visit>
void eachRow(const LabelLines& lines, Visit visit) {
  bool isHeader = lines.hasHeader;
  eachLine(lines.text, lines.emptyLines,
           [&](const Line& line) { return std::exchange(isHeader, false) || visit(line); });
}

std::vector<Line> takeRows(const LabelLines& lines, std::int64_t most) {
  std::vector<Line> rows;
  rows.reserve(static_cast<std::size_t>(most));
  eachRow(lines, [&](const Line& line) {
    if (static_cast<std::int64_t>(rows.size()) < most) {
      rows.push_back(line);
    }
    return static_cast<std::int64_t>(rows.size()) < most;
  });
  return rows;
}

std::string_view firstLineOf(std::string_view text, EmptyLines emptyLines) {
  std::string_view first;
  eachLine(text, emptyLines, [&](const Line& line) {
    first = line.text;
    return false;
  });
  return first;
}

std::vector<std::string_view> fieldsOf(std::string_view line) {
  std::vector<std::string_view> fields;
  for (;;) {
    const std::size_t tab = line.find('\t');
    fields.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos) {
      return fields;
    }
    line.remove_prefix(tab + 1);
  }
}

bool isNumeric(std::string_view value) {
  return value.empty() || looksNumeric(trimmed(value));
}

/// The first of `count` columns that is not numeric; the first one of all when every one is.
std::size_t labelColumn(const LabelLines& lines, std::size_t count) {
  std::size_t label = count;
  eachRow(lines, [&](const Line& line) {
    std::string_view rest = line.text;
    for (std::size_t i = 0; i < label && !rest.empty(); ++i) {
      const std::size_t tab = std::min(rest.find('\t'), rest.size());
      if (!isNumeric(rest.substr(0, tab))) {
        label = i;
      }
      rest.remove_prefix(std::min(tab + 1, rest.size()));
    }
    return label > 0;
  });
  return label == count ? 0 : label;
}

/// The tab-separated columns of some rows. @param first  the first line of the file.
std::vector<table::MetadataColumn> columnsOf(const std::vector<Line>& rows, bool hasHeader,
                                             std::string_view first, const fs::path& path,
                                             std::vector<Warning>& warnings) {
  const std::vector<std::string_view> names = fieldsOf(first);
  const std::size_t count = names.size();
  std::vector<table::MetadataColumn> columns(count);
  for (std::size_t i = 0; i < count; ++i) {
    columns[i].name = hasHeader ? base::repairedUtf8(names[i]) : fmt::format("column {}", i + 1);
  }
  for (const Line& line : rows) {
    const std::vector<std::string_view> fields = fieldsOf(line.text);
    for (std::size_t i = 0; i < count; ++i) {
      columns[i].values.push_back(i < fields.size() ? base::repairedUtf8(fields[i]) : "");
    }
    if (fields.size() < count) {
      warnings.push_back({base::Place::ofLine(path, line.number),
                          fmt::format("{}: {} missing", base::repairedUtf8(fields.front()),
                                      columns[fields.size()].name)});
    }
  }
  return columns;
}

/// Many warnings of one kind become one with a count.
void condense(std::vector<Warning>& warnings) {
  if (warnings.size() > 1) {
    warnings.front().text +=
        fmt::format("; {} lines in all are too short",
                    base::groupedDigits(static_cast<std::int64_t>(warnings.size())));
    warnings.resize(1);
  }
}

RowLabels fromColumns(const fs::path& path, const LabelLines& lines, std::int64_t most) {
  RowLabels out;
  out.path = path;
  const std::vector<Line> rows = takeRows(lines, most);
  std::vector<table::MetadataColumn> columns = columnsOf(
      rows, lines.hasHeader, firstLineOf(lines.text, lines.emptyLines), path, out.warnings);
  condense(out.warnings);
  const auto label =
      columns.begin() + static_cast<std::ptrdiff_t>(labelColumn(lines, columns.size()));
  out.labels = std::move(label->values);
  columns.erase(label);
  for (table::MetadataColumn& column : columns) {
    out.metadata.addColumn(std::move(column));
  }
  std::ranges::transform(rows, std::back_inserter(out.lines), &Line::number);
  return out;
}

RowLabels fromLines(const fs::path& path, const LabelLines& lines, std::int64_t most) {
  RowLabels out;
  out.path = path;
  const std::vector<Line> rows = takeRows(lines, most);
  out.labels.reserve(rows.size());
  out.lines.reserve(rows.size());
  for (const Line& line : rows) {
    out.labels.emplace_back(line.text);
    out.lines.push_back(line.number);
  }
  return out;
}

/// The lines that are labels of `rows` rows; nothing when they are more or fewer.
std::optional<LabelLines> fittedLines(std::string_view text, std::int64_t rows) {
  const LineCount count = countLines(text);
  for (const EmptyLines emptyLines : {EmptyLines::Skip, EmptyLines::Keep}) {
    const std::int64_t lines = emptyLines == EmptyLines::Skip ? count.filled : count.all;
    const bool hasColumns = firstLineOf(text, emptyLines).find('\t') != std::string_view::npos;
    const bool hasHeader = hasColumns && lines == rows + 1;
    if (lines > 0 && lines == rows + (hasHeader ? 1 : 0)) {
      return LabelLines{text, emptyLines, hasColumns, hasHeader};
    }
  }
  return {};
}

RowLabels fromText(const fs::path& path, const LabelLines& lines, std::int64_t most) {
  return lines.hasColumns ? fromColumns(path, lines, most) : fromLines(path, lines, most);
}

bool isNpy(std::string_view text) {
  return text.starts_with("\x93NUMPY");
}

PlaceOfByte placesOf(const fs::path& path) {
  return [path](std::size_t byte) {
    return base::Place::ofByte(path, static_cast<std::int64_t>(byte));
  };
}

std::optional<RowLabels> fromNpy(const fs::path& path, std::string_view text, std::int64_t rows,
                                 std::int64_t most) {
  if (countNpyTexts(text, placesOf(path)) != rows) {
    return {};
  }
  RowLabels out;
  out.path = path;
  out.labels = readNpyTexts(text, placesOf(path), most);
  return out;
}

bool isVocabularyJson(const fs::path& path, std::string_view text) {
  return path.extension() == ".json" && looksLikeHfVocabulary(path, text);
}

/// `vocab.txt` of a table that is padded to more rows than there are tokens.
std::optional<RowLabels> fromVocabularyText(const fs::path& path, std::string_view text,
                                            std::int64_t rows, std::int64_t most) {
  if (!looksLikeHfVocabulary(path, text)) {
    return {};
  }
  RowLabels tokens = readHfVocabulary(path, text);
  return mayBePadded(static_cast<std::int64_t>(tokens.labels.size()), rows)
             ? paddedLabels(std::move(tokens), rows, most)
             : std::nullopt;
}

}  // namespace

std::optional<RowLabels> readLabelFile(const fs::path& path, std::int64_t rows, std::int64_t most) {
  most = std::min(most, rows);
  const auto file = base::MappedFile::open(path);
  const std::string_view text = file->text();
  if (isNpy(text)) {
    return fromNpy(path, text, rows, most);
  }
  if (isVocabularyJson(path, text)) {
    return paddedLabels(readHfVocabulary(path, text), rows, most);
  }
  if (const std::optional<LabelLines> lines = fittedLines(text, rows)) {
    return fromText(path, *lines, most);
  }
  return fromVocabularyText(path, text, rows, most);
}

std::vector<std::string> readLabelList(const fs::path& path) {
  const auto file = base::MappedFile::open(path);
  const std::string_view text = file->text();
  if (isNpy(text)) {
    return readNpyTexts(text, placesOf(path));
  }
  if (isVocabularyJson(path, text)) {
    return readHfVocabulary(path, text).labels;
  }
  const std::int64_t filled = countLines(text).filled;
  const bool hasColumns = firstLineOf(text, EmptyLines::Skip).find('\t') != std::string_view::npos;
  const LabelLines lines{text, EmptyLines::Skip, hasColumns, hasColumns};
  return filled > 0 ? fromText(path, lines, filled).labels : std::vector<std::string>();
}

std::int64_t labelCount(const fs::path& path) {
  const auto file = base::MappedFile::open(path);
  if (isNpy(file->text())) {
    return countNpyTexts(file->text(), placesOf(path));
  }
  if (isVocabularyJson(path, file->text())) {
    return static_cast<std::int64_t>(readHfVocabulary(path, file->text()).labels.size());
  }
  return countLines(file->text()).filled;
}

}  // namespace embedscope::formats
