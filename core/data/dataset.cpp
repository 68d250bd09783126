// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/dataset.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/data/category_encoding.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace embedscope::data {

namespace {

using base::Error;
using base::ErrorCode;

std::string inQuotes(std::string_view text) {
  return '"' + std::string(text) + '"';
}

std::int64_t columnOf(const DataTable& table, const std::string& name) {
  const std::optional<std::int64_t> column = table.findColumn(name);
  if (!column) {
    throw Error(ErrorCode::InvalidArgument, "there is no column " + inQuotes(name));
  }
  return *column;
}

void checkSelection(const DataTable& table, const DatasetSelection& selection) {
  std::vector<std::string> inputs = selection.numeric;
  for (const auto& categorical : selection.categorical) {
    inputs.push_back(categorical.column);
    if (categorical.rareBelow < 0) {
      throw Error(ErrorCode::InvalidArgument, "column " + inQuotes(categorical.column) +
                                                  ": categories of fewer than " +
                                                  base::groupedDigits(categorical.rareBelow) +
                                                  " rows cannot be merged; give a number from 0");
    }
  }
  if (inputs.empty()) {
    throw Error(ErrorCode::InvalidArgument,
                "there is nothing to learn from: choose at least one column beside the target");
  }
  columnOf(table, selection.target);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    columnOf(table, inputs[i]);
    if (inputs[i] == selection.target) {
      throw Error(ErrorCode::InvalidArgument, "column " + inQuotes(inputs[i]) +
                                                  " is the target and cannot be an input as well");
    }
    if (std::find(inputs.begin(), inputs.begin() + static_cast<std::ptrdiff_t>(i), inputs[i]) !=
        inputs.begin() + static_cast<std::ptrdiff_t>(i)) {
      throw Error(ErrorCode::InvalidArgument,
                  "column " + inQuotes(inputs[i]) + " is an input twice");
    }
  }
}

std::optional<double> finiteNumber(std::string_view cell) {
  const std::optional<double> value = base::parseDouble(cell);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

/// True when the column has values and all of them are finite numbers.
bool holdsNumbers(const DataTable& table, std::int64_t column) {
  bool any = false;
  for (std::int64_t row = 0; row < table.rowCount(); ++row) {
    const std::string_view cell = table.cell(row, column);
    if (isMissing(cell)) {
      continue;
    }
    if (!finiteNumber(cell)) {
      return false;
    }
    any = true;
  }
  return any;
}

/// Rows in which neither the target nor a number is missing.
std::vector<std::int64_t> usableRows(const DataTable& table, const DatasetSelection& selection) {
  std::vector<std::int64_t> needed = {columnOf(table, selection.target)};
  for (const std::string& name : selection.numeric) {
    needed.push_back(columnOf(table, name));
  }
  std::vector<std::int64_t> rows;
  for (std::int64_t row = 0; row < table.rowCount(); ++row) {
    if (std::none_of(needed.begin(), needed.end(),
                     [&](std::int64_t column) { return isMissing(table.cell(row, column)); })) {
      rows.push_back(row);
    }
  }
  if (rows.empty()) {
    throw Error(ErrorCode::BadData,
                "no row can be used: in each the target or a number is missing");
  }
  return rows;
}

void fillNumeric(const DataTable& table, const std::vector<std::int64_t>& rows, Dataset& dataset) {
  dataset.numeric.resize(static_cast<Eigen::Index>(rows.size()),
                         static_cast<Eigen::Index>(dataset.numericNames.size()));
  for (std::size_t j = 0; j < dataset.numericNames.size(); ++j) {
    const std::int64_t column = columnOf(table, dataset.numericNames[j]);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::string_view cell = table.cell(rows[i], column);
      const std::optional<double> value = finiteNumber(cell);
      if (!value) {
        throw Error(ErrorCode::InvalidArgument, "column " + inQuotes(dataset.numericNames[j]) +
                                                    " is not numeric: it holds " + inQuotes(cell));
      }
      dataset.numeric(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = *value;
    }
  }
}

Target makeTarget(const DataTable& table, const DatasetSelection& selection,
                  const std::vector<std::int64_t>& rows) {
  const std::string& name = selection.target;
  const std::int64_t column = columnOf(table, name);
  Target target;
  target.name = name;
  if (!selection.classify && holdsNumbers(table, column)) {
    target.values.reserve(rows.size());
    for (const std::int64_t row : rows) {
      target.values.push_back(finiteNumber(table.cell(row, column)).value());
    }
    return target;
  }
  target.kind = TargetKind::Classification;
  target.codes.reserve(rows.size());
  for (const std::int64_t row : rows) {
    target.codes.push_back(
        static_cast<std::int32_t>(target.classes.findOrAppend(table.cell(row, column))));
  }
  if (target.classes.size() < 2) {
    throw Error(ErrorCode::BadData, "target " + inQuotes(name) + " has one class only, " +
                                        inQuotes(target.classes.label(0)));
  }
  return target;
}

}  // namespace

DatasetPtr makeDataset(const DataTable& table, const DatasetSelection& selection) {
  checkSelection(table, selection);
  const std::vector<std::int64_t> rows = usableRows(table, selection);
  auto dataset = std::make_shared<Dataset>();
  dataset->rows = static_cast<std::int64_t>(rows.size());
  dataset->skippedRows = table.rowCount() - dataset->rows;
  dataset->numericNames = selection.numeric;
  fillNumeric(table, rows, *dataset);
  for (const DatasetSelection::Categorical& categorical : selection.categorical) {
    dataset->categorical.push_back(encodeCategories(table, columnOf(table, categorical.column),
                                                    categorical, rows, dataset->notes));
  }
  dataset->target = makeTarget(table, selection, rows);
  dataset->tableRows = rows;
  return dataset;
}

}  // namespace embedscope::data
