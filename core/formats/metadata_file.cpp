// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/metadata_file.h"

#include "core/base/text.h"
#include "core/formats/csv_field.h"
#include "core/formats/label_rules.h"
#include "core/formats/output_files.h"
#include "core/formats/row_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace embedscope::formats {

namespace {

bool partsTsv(char c) {
  return c == '\t' || c == '\n' || c == '\r';
}

void appendField(std::string& out, std::string_view text, MetadataStyle style) {
  if (style == MetadataStyle::Csv) {
    if (!text.empty()) {  // missing, and not an empty text
      appendCsvField(out, text, ',');
    }
  } else {
    std::ranges::replace_copy_if(text, std::back_inserter(out), partsTsv, ' ');
  }
}

/// The labels as they are written.
std::vector<std::string> labelsFor(const table::EmbeddingTable& table, MetadataStyle style) {
  return style == MetadataStyle::Csv
             ? table.vocabulary().labels()
             : writableLabels(table.vocabulary(), lineLabelRules(/*allowsEmpty=*/false));
}

}  // namespace

MetadataStyle metadataStyle(const std::filesystem::path& path) {
  const std::filesystem::path plain = path.extension() == ".gz" ? path.stem() : path;
  return plain.extension() == ".csv" ? MetadataStyle::Csv : MetadataStyle::Tsv;
}

std::vector<std::string> metadataLosses(const table::EmbeddingTable& table, MetadataStyle style) {
  if (style == MetadataStyle::Csv) {
    return {};
  }
  std::vector<std::string> losses =
      labelLosses(table.vocabulary(), lineLabelRules(/*allowsEmpty=*/false), "projector metadata");
  for (const table::MetadataColumn& column : table.metadata().columns()) {
    const auto changed = std::ranges::count_if(column.values, [](const std::string& value) {
      return std::ranges::any_of(value, partsTsv);
    });
    if (changed > 0) {
      losses.push_back(
          fmt::format("{} of \"{}\" {} tabs or line ends, which become blanks",
                      changed == 1 ? "1 value" : base::groupedDigits(changed) + " values",
                      base::shownUtf8(column.name), changed == 1 ? "holds" : "hold"));
    }
  }
  return losses;
}

bool appendMetadata(const table::EmbeddingTable& table, MetadataStyle style, base::AtomicFile& file,
                    const base::TaskContext& context) {
  const char delimiter = style == MetadataStyle::Csv ? ',' : '\t';
  const std::vector<std::string> labels = labelsFor(table, style);
  const std::vector<table::MetadataColumn>& columns = table.metadata().columns();
  if (!columns.empty()) {
    std::string header = "label";
    for (const table::MetadataColumn& column : columns) {
      header += delimiter;
      appendField(header, column.name, style);
    }
    file.write(header + '\n');
  }
  return writeRows(file, table.rowCount(), context, [&](std::int64_t row, std::string& out) {
    const std::string& label = labels[static_cast<std::size_t>(row)];
    if (style == MetadataStyle::Csv) {
      appendCsvField(out, label, delimiter);
    } else {
      out += label;
    }
    for (const table::MetadataColumn& column : columns) {
      out += delimiter;
      appendField(out, column.values[static_cast<std::size_t>(row)], style);
    }
    out += '\n';
  });
}

bool writeMetadataFile(const table::EmbeddingTable& table, const std::filesystem::path& path,
                       const base::TaskContext& context) {
  OutputFiles files;
  if (!appendMetadata(table, metadataStyle(path), files.add(path), context)) {
    return false;
  }
  files.commit();
  return true;
}

}  // namespace embedscope::formats
