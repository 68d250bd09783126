// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/json_writer.h"

#include "core/base/float_text.h"
#include "core/base/text.h"
#include "core/formats/json_lines.h"
#include "core/formats/label_rules.h"
#include "core/formats/row_writer.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <set>

namespace embedscope::formats {

namespace {

using Json = nlohmann::json;

std::string jsonText(std::string_view text) {
  return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// True for what JSON calls a number, and that is read back as the same text.
bool isJsonNumber(const std::string& text) {
  const bool begins = !text.empty() && (text[0] == '-' || (text[0] >= '0' && text[0] <= '9'));
  return begins && Json::accept(text);
}

/// A metadata column, ready to be written.
struct Column {
  std::string start;  ///< ,"name":
  bool isNumeric = false;
  const std::vector<std::string>* values = nullptr;
};

std::vector<Column> columnsOf(const table::Metadata& metadata) {
  std::vector<Column> columns;
  std::set<std::string> taken = {"label", "vector"};
  for (const table::MetadataColumn& column : metadata.columns()) {
    std::string name = column.name;
    for (int number = 2; !taken.insert(name).second; ++number) {
      name = fmt::format("{}_{}", column.name, number);
    }
    columns.push_back({fmt::format(", {}: ", jsonText(name)),
                       std::ranges::all_of(column.values,
                                           [](const std::string& value) {
                                             return value.empty() || isJsonNumber(value);
                                           }),
                       &column.values});
  }
  return columns;
}

/// Numbers that JSON readers take for floating-point ones: "-0" would lose its sign as an integer.
void appendJsonNumber(std::string& out, float value) {
  if (std::isnan(value)) {
    out += "null";
  } else if (std::isinf(value)) {
    out += value < 0 ? "-1e999" : "1e999";
  } else if (value == 0.0F) {
    out += std::signbit(value) ? "-0.0" : "0";
  } else {
    base::appendFloat(out, value);
  }
}

}  // namespace

std::vector<std::string> jsonLinesLosses(const table::EmbeddingTable& table) {
  std::vector<std::string> losses =
      labelLosses(table.vocabulary(), anyTextRules(), kJsonLinesFormat.info.title);
  std::int64_t rows = 0;
  for (Eigen::Index row = 0; row < table.rowCount(); ++row) {
    rows += std::ranges::any_of(table.row(row), [](float value) { return std::isnan(value); });
  }
  if (rows > 0) {
    losses.push_back(
        fmt::format("{} NaN, which JSON does not have; written as null",
                    rows == 1 ? "1 row holds" : base::groupedDigits(rows) + " rows hold"));
  }
  return losses;
}

bool writeJsonLines(const table::EmbeddingTable& table, const std::filesystem::path& path,
                    const WriteOptions& /*options*/, OutputFiles& files,
                    const base::TaskContext& context) {
  const std::vector<Column> columns = columnsOf(table.metadata());
  const std::vector<std::string> labels = writableLabels(table.vocabulary(), anyTextRules());
  return writeRows(files.add(path), table.rowCount(), context,
                   [&](std::int64_t row, std::string& out) {
                     out += "{\"label\": ";
                     out += jsonText(labels[static_cast<std::size_t>(row)]);
                     for (const Column& column : columns) {
                       const std::string& value = (*column.values)[static_cast<std::size_t>(row)];
                       out += column.start;
                       out += value.empty() ? "null" : column.isNumeric ? value : jsonText(value);
                     }
                     const char* separator = ", \"vector\": [";
                     for (const float value : table.row(row)) {
                       out += separator;
                       appendJsonNumber(out, value);
                       separator = ", ";
                     }
                     out += "]}\n";
                   });
}

}  // namespace embedscope::formats
