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

std::vector<Line> linesOf(std::string_view text, EmptyLines emptyLines) {
  std::string_view rest = withoutByteOrderMark(text);
  std::vector<Line> lines;
  lines.reserve(static_cast<std::size_t>(std::ranges::count(rest, '\n')) + 1);
  for (std::int64_t number = 1; !rest.empty(); ++number) {
    const Line line{takeLine(rest), number};
    if (!line.text.empty() || emptyLines == EmptyLines::Keep) {
      lines.push_back(line);
    }
  }
  return lines;
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

bool isNumeric(const table::MetadataColumn& column) {
  return std::ranges::all_of(column.values, [](const std::string& value) {
    return value.empty() || looksNumeric(trimmed(value));
  });
}

/// The tab-separated columns of the lines. @param names  of the columns; made up when empty.
std::vector<table::MetadataColumn> columnsOf(const std::vector<Line>& lines,
                                             const std::vector<std::string_view>& names,
                                             const fs::path& path, std::vector<Warning>& warnings) {
  const std::size_t count = names.empty() ? fieldsOf(lines.front().text).size() : names.size();
  std::vector<table::MetadataColumn> columns(count);
  for (std::size_t i = 0; i < count; ++i) {
    columns[i].name =
        i < names.size() ? base::repairedUtf8(names[i]) : fmt::format("column {}", i + 1);
  }
  for (const Line& line : lines) {
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

RowLabels fromColumns(const fs::path& path, const std::vector<Line>& lines,
                      const std::vector<std::string_view>& names) {
  RowLabels out;
  out.path = path;
  std::vector<table::MetadataColumn> columns = columnsOf(lines, names, path, out.warnings);
  condense(out.warnings);
  const auto text = std::ranges::find_if_not(columns, isNumeric);
  const auto label = text == columns.end() ? columns.begin() : text;
  out.labels = std::move(label->values);
  columns.erase(label);
  for (table::MetadataColumn& column : columns) {
    out.metadata.addColumn(std::move(column));
  }
  std::ranges::transform(lines, std::back_inserter(out.lines), &Line::number);
  return out;
}

RowLabels fromLines(const fs::path& path, const std::vector<Line>& lines) {
  RowLabels out;
  out.path = path;
  out.labels.reserve(lines.size());
  out.lines.reserve(lines.size());
  for (const Line& line : lines) {
    out.labels.emplace_back(line.text);
    out.lines.push_back(line.number);
  }
  return out;
}

std::optional<RowLabels> fitted(const fs::path& path, const std::vector<Line>& lines,
                                std::int64_t rows) {
  const auto count = static_cast<std::int64_t>(lines.size());
  if (lines.empty() || (count != rows && count != rows + 1)) {
    return {};
  }
  const std::string_view first = lines.front().text;
  if (first.find('\t') == std::string_view::npos) {
    return count == rows ? std::optional(fromLines(path, lines)) : std::nullopt;
  }
  if (count == rows) {
    return fromColumns(path, lines, {});
  }
  return fromColumns(path, {lines.begin() + 1, lines.end()}, fieldsOf(first));
}

bool isNpy(std::string_view text) {
  return text.starts_with("\x93NUMPY");
}

std::vector<std::string> npyTexts(const fs::path& path, std::string_view text) {
  return readNpyTexts(text, [&](std::size_t byte) {
    return base::Place::ofByte(path, static_cast<std::int64_t>(byte));
  });
}

std::optional<RowLabels> fromNpy(const fs::path& path, std::string_view text, std::int64_t rows) {
  RowLabels out;
  out.path = path;
  out.labels = npyTexts(path, text);
  return static_cast<std::int64_t>(out.labels.size()) == rows ? std::optional(std::move(out))
                                                              : std::nullopt;
}

bool isVocabularyJson(const fs::path& path, std::string_view text) {
  return path.extension() == ".json" && looksLikeHfVocabulary(path, text);
}

/// `vocab.txt` of a table that is padded to more rows than there are tokens.
std::optional<RowLabels> fromVocabularyText(const fs::path& path, std::string_view text,
                                            std::int64_t rows) {
  if (!looksLikeHfVocabulary(path, text)) {
    return {};
  }
  RowLabels tokens = readHfVocabulary(path, text);
  return mayBePadded(static_cast<std::int64_t>(tokens.labels.size()), rows)
             ? paddedLabels(std::move(tokens), rows)
             : std::nullopt;
}

}  // namespace

std::optional<RowLabels> readLabelFile(const fs::path& path, std::int64_t rows) {
  const auto file = base::MappedFile::open(path);
  if (isNpy(file->text())) {
    return fromNpy(path, file->text(), rows);
  }
  if (isVocabularyJson(path, file->text())) {
    return paddedLabels(readHfVocabulary(path, file->text()), rows);
  }
  for (const EmptyLines emptyLines : {EmptyLines::Skip, EmptyLines::Keep}) {
    if (std::optional<RowLabels> labels = fitted(path, linesOf(file->text(), emptyLines), rows)) {
      return labels;
    }
  }
  return fromVocabularyText(path, file->text(), rows);
}

std::vector<std::string> readLabelList(const fs::path& path) {
  const auto file = base::MappedFile::open(path);
  if (isNpy(file->text())) {
    return npyTexts(path, file->text());
  }
  if (isVocabularyJson(path, file->text())) {
    return readHfVocabulary(path, file->text()).labels;
  }
  const std::vector<Line> lines = linesOf(file->text(), EmptyLines::Skip);
  const bool hasHeader = !lines.empty() && lines.front().text.find('\t') != std::string_view::npos;
  const auto count = static_cast<std::int64_t>(lines.size()) - (hasHeader ? 1 : 0);
  std::optional<RowLabels> labels = fitted(path, lines, count);
  return labels ? std::move(labels->labels) : std::vector<std::string>();
}

std::int64_t labelCount(const fs::path& path) {
  const auto file = base::MappedFile::open(path);
  if (isNpy(file->text())) {
    return static_cast<std::int64_t>(npyTexts(path, file->text()).size());
  }
  if (isVocabularyJson(path, file->text())) {
    return static_cast<std::int64_t>(readHfVocabulary(path, file->text()).labels.size());
  }
  return static_cast<std::int64_t>(linesOf(file->text(), EmptyLines::Skip).size());
}

}  // namespace embedscope::formats
