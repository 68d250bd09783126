// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/labelled_table.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace embedscope::formats {

namespace {

constexpr std::size_t kFirstLabels = 5;

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

}  // namespace

Naming nameRows(const Source& source, std::int64_t rows, std::int64_t wanted, ReadReport& report,
                const base::TaskContext& context) {
  std::optional<RowLabels> labels = findRowLabels(source, rows, report.warnings);
  if (!labels) {
    report.warnings.push_back(noLabels(source, rows));
    return {numberedRows(wanted, context), {}};
  }
  report.warnings.insert(report.warnings.end(), labels->warnings.begin(), labels->warnings.end());
  const std::vector<std::string_view> views(
      labels->labels.begin(), labels->labels.begin() + static_cast<std::ptrdiff_t>(wanted));
  const PlaceOfRow places = [&](std::int64_t row) {
    return labels->lines.empty()
               ? base::Place::ofFile(labels->path)
               : base::Place::ofLine(labels->path, labels->lines[static_cast<std::size_t>(row)]);
  };
  table::Vocabulary vocabulary = adoptLabels(views, places, report, context);
  return {std::move(vocabulary), firstOf(labels->metadata, wanted)};
}

void previewNames(const Source& source, std::int64_t rows, Preview& preview) {
  const std::optional<RowLabels> labels = findRowLabels(source, rows, preview.warnings);
  if (!labels) {
    preview.warnings.push_back(noLabels(source, rows));
    return;
  }
  preview.parts.push_back(labels->path);
  addNames(*labels, preview);
}

void addNames(const RowLabels& labels, Preview& preview) {
  for (std::size_t i = 0; i < std::min(kFirstLabels, labels.labels.size()); ++i) {
    preview.firstLabels.push_back(base::repairedUtf8(labels.labels[i]));
  }
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

table::Vocabulary numberedRows(std::int64_t rows, const base::TaskContext& context) {
  constexpr std::int64_t kRowsPerStopCheck = 65536;
  table::Vocabulary vocabulary;
  for (std::int64_t row = 0; row < rows; ++row) {
    if (row % kRowsPerStopCheck == 0 && context.stopRequested()) {
      break;
    }
    vocabulary.append(std::to_string(row));
  }
  return vocabulary;
}

}  // namespace embedscope::formats
