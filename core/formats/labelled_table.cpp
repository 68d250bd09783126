// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/labelled_table.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace embedscope::formats {

namespace {

constexpr std::int64_t kFirstLabels = 5;

Warning noLabels(const Source& source, std::int64_t rows) {
  std::string text = "no labels were found beside it";
  if (source.suggestedLabels) {
    text = fmt::format("{} holds {} labels, but there are {} rows",
                       source.suggestedLabels->filename().string(),
                       labelCount(*source.suggestedLabels), rows);
  }
  return {placeOf(source),
          text +
              ", so rows are named by their number, from 0; a text file with one label a line "
              "can be given as vocabulary"};
}

table::Metadata rowsOf(const table::Metadata& metadata, std::span<const std::int64_t> rows) {
  table::Metadata out;
  for (const table::MetadataColumn& column : metadata.columns()) {
    table::MetadataColumn chosen{column.name, {}};
    chosen.values.reserve(rows.size());
    for (const std::int64_t row : rows) {
      const auto at = static_cast<std::size_t>(row);
      chosen.values.push_back(at < column.values.size() ? column.values[at] : std::string());
    }
    out.addColumn(std::move(chosen));
  }
  return out;
}

/// The numbers as labels; only some of them when stopped.
table::Vocabulary numbersOf(std::span<const std::int64_t> rows, const base::TaskContext& context) {
  constexpr std::int64_t kRowsPerStopCheck = 65536;
  table::Vocabulary vocabulary;
  for (const std::int64_t row : rows) {
    if (vocabulary.size() % kRowsPerStopCheck == 0 && context.stopRequested()) {
      break;
    }
    vocabulary.append(std::to_string(row));
  }
  return vocabulary;
}

}  // namespace

Naming nameRows(const Source& source, std::int64_t rows, std::int64_t wanted, ReadReport& report,
                const base::TaskContext& context) {
  std::vector<std::int64_t> first(static_cast<std::size_t>(wanted));
  std::iota(first.begin(), first.end(), 0);
  return nameChosenRows(source, rows, first, report, context);
}

Naming nameChosenRows(const Source& source, std::int64_t rows, std::span<const std::int64_t> chosen,
                      ReadReport& report, const base::TaskContext& context) {
  const std::int64_t most = chosen.empty() ? 0 : std::ranges::max(chosen) + 1;
  std::optional<RowLabels> labels = findRowLabels(source, rows, most, report.warnings);
  if (!labels) {
    report.warnings.push_back(noLabels(source, rows));
    return {numbersOf(chosen, context), {}};
  }
  report.warnings.insert(report.warnings.end(), labels->warnings.begin(), labels->warnings.end());
  std::vector<std::string_view> views;
  views.reserve(chosen.size());
  for (const std::int64_t row : chosen) {
    views.emplace_back(labels->labels[static_cast<std::size_t>(row)]);
  }
  const PlaceOfRow places = [&](std::int64_t row) {
    const auto at = static_cast<std::size_t>(chosen[static_cast<std::size_t>(row)]);
    return labels->lines.empty() ? base::Place::ofFile(labels->path)
                                 : base::Place::ofLine(labels->path, labels->lines[at]);
  };
  table::Vocabulary vocabulary = adoptLabels(views, places, source.options, report, context);
  return {std::move(vocabulary), rowsOf(labels->metadata, chosen)};
}

void previewNames(const Source& source, std::int64_t rows, Preview& preview) {
  const std::optional<RowLabels> labels =
      findRowLabels(source, rows, kFirstLabels, preview.warnings);
  if (!labels) {
    preview.warnings.push_back(noLabels(source, rows));
    return;
  }
  preview.parts.push_back(labels->path);
  addNames(*labels, preview);
}

void addNames(const RowLabels& labels, Preview& preview) {
  const auto count = std::min(kFirstLabels, std::ssize(labels.labels));
  preview.firstLabels.insert(preview.firstLabels.end(), labels.labels.begin(),
                             labels.labels.begin() + count);
  preview.warnings.insert(preview.warnings.end(), labels.warnings.begin(), labels.warnings.end());
}

table::Metadata firstOf(const table::Metadata& metadata, std::int64_t count) {
  table::Metadata out;
  for (const table::MetadataColumn& column : metadata.columns()) {
    const auto end = std::min(static_cast<std::ptrdiff_t>(count),
                              static_cast<std::ptrdiff_t>(column.values.size()));
    out.addColumn({column.name, {column.values.begin(), column.values.begin() + end}});
  }
  return out;
}

}  // namespace embedscope::formats
