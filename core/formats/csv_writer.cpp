// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/csv_writer.h"

#include "core/formats/label_rules.h"
#include "core/formats/row_writer.h"

namespace embedscope::formats {

namespace {

/// Blanks at the ends are quoted, too: some readers strip them otherwise.
bool needsQuotes(std::string_view label) {
  return label.empty() || label.find_first_of(",\"\r\n") != std::string_view::npos ||
         label.front() == ' ' || label.back() == ' ';
}

void appendField(std::string& out, std::string_view label) {
  if (!needsQuotes(label)) {
    out += label;
    return;
  }
  out += '"';
  for (const char c : label) {
    out.append(c == '"' ? 2 : 1, c);
  }
  out += '"';
}

std::vector<std::string> csvLosses(const table::EmbeddingTable& table) {
  return lossesWithoutMetadata(table, anyLabelRules(), kCsvFormat.info.title);
}

bool writeCsv(const table::EmbeddingTable& table, const std::filesystem::path& path,
              const WriteOptions& /*options*/, OutputFiles& files,
              const base::TaskContext& context) {
  std::string header = "label";
  for (Eigen::Index i = 0; i < table.dimension(); ++i) {
    header += ',';
    header += std::to_string(i);
  }
  base::AtomicFile& file = files.add(path);
  file.write(header + '\n');
  return writeRows(file, table.rowCount(), context, [&](std::int64_t row, std::string& out) {
    appendField(out, table.vocabulary().label(row));
    out += ',';
    appendNumbers(out, table.row(row), ',');
    out += '\n';
  });
}

}  // namespace

const Format kCsvFormat = {
    .info = {FormatId::Csv, "csv", "CSV", ".csv",
             "Header label,0,1,…; one row a line; labels quoted as needed", false, true},
    .losses = csvLosses,
    .write = writeCsv};

}  // namespace embedscope::formats
