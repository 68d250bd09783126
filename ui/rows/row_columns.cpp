// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rows/row_columns.h"

#include "core/table/row_lengths.h"
#include "ui/document/table_text.h"
#include "ui/plots/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>

namespace embedscope::rows {

namespace {

using Kind = RowColumn::Kind;

constexpr int kCosineDecimals = 4;

QString translated(const char* text) {
  return QCoreApplication::translate("RowColumns", text);
}

const table::MetadataColumn& metadataOf(const table::EmbeddingTable& table, RowColumn column) {
  return table.metadata().columns()[static_cast<std::size_t>(column.index)];
}

}  // namespace

std::vector<RowColumn> rowColumns(const table::EmbeddingTable& table) {
  std::vector<RowColumn> columns{
      {Kind::Selected}, {Kind::Number}, {Kind::Label}, {Kind::Length}, {Kind::Cosine}};
  for (std::int64_t i = 0; i < std::ssize(table.metadata().columns()); ++i) {
    columns.push_back({Kind::Metadata, i});
  }
  for (std::int64_t i = 0; i < std::min(kListedComponents, table.dimension()); ++i) {
    columns.push_back({Kind::Component, i});
  }
  return columns;
}

QString columnTitle(const table::EmbeddingTable& table, RowColumn column,
                    const QString& reference) {
  switch (column.kind) {
    case Kind::Selected:
      return translated("selected");
    case Kind::Number:
      return translated("row");
    case Kind::Label:
      return translated("label");
    case Kind::Length:
      return translated("length");
    case Kind::Cosine:
      return reference.isEmpty() ? translated("cosine")
                                 : translated("cosine with %1").arg(reference);
    case Kind::Metadata:
      return document::shownText(metadataOf(table, column).name);
    case Kind::Component:
      break;
  }
  return translated("dimension %1").arg(column.index);
}

bool holdsNumbers(RowColumn column) {
  return column.kind == Kind::Number || column.kind == Kind::Length ||
         column.kind == Kind::Cosine || column.kind == Kind::Component;
}

ReferenceRow::ReferenceRow(const table::EmbeddingTable& table, std::int64_t row) : m_row(row) {
  const std::span<const float> vector = table.row(row);
  const double length = table::lengthOf(vector);
  for (const float number : vector) {
    m_unit.push_back(length > 0 ? static_cast<double>(number) / length : 0);
  }
}

double ReferenceRow::cosineWith(std::span<const float> vector) const {
  if (m_unit.size() != vector.size()) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  double dot = 0;
  for (std::size_t i = 0; i < vector.size(); ++i) {
    dot += m_unit[i] * static_cast<double>(vector[i]);
  }
  const double length = table::lengthOf(vector);
  if (!std::isfinite(length) || std::isnan(dot)) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  return length > 0 ? std::clamp(dot / length, -1.0, 1.0) : 0;
}

QString cellText(const table::EmbeddingTable& table, std::int64_t row, RowColumn column,
                 const ReferenceRow& reference) {
  switch (column.kind) {
    case Kind::Selected:
      return {};
    case Kind::Number:
      return document::groupedText(row);
    case Kind::Label:
      return document::labelText(table, row);
    case Kind::Length:
      return plots::shortNumberText(table::lengthOf(table.row(row)));
    case Kind::Cosine:
      return reference.row()
                 ? plots::numberText(reference.cosineWith(table.row(row)), kCosineDecimals)
                 : QString();
    case Kind::Metadata:
      return document::shownText(metadataOf(table, column).values[static_cast<std::size_t>(row)]);
    case Kind::Component:
      break;
  }
  return plots::shortNumberText(
      static_cast<double>(table.row(row)[static_cast<std::size_t>(column.index)]));
}

QString rowsAsText(const table::EmbeddingTable& table, const std::vector<std::int64_t>& rows,
                   const std::vector<RowColumn>& columns, const ReferenceRow& reference) {
  const auto tidy = [](QString text) {
    for (QChar& c : text) {
      c = c == QLatin1Char('\t') || c == QLatin1Char('\n') || c == QLatin1Char('\r')
              ? QLatin1Char(' ')
              : c;
    }
    return text;
  };
  QString text;
  const auto addLine = [&](const auto& cell) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      text += (i == 0 ? QString() : QStringLiteral("\t")) + tidy(cell(columns[i]));
    }
    text += QLatin1Char('\n');
  };
  const QString name = reference.row() ? document::labelText(table, *reference.row()) : QString();
  addLine([&](RowColumn column) { return columnTitle(table, column, name); });
  for (const std::int64_t row : rows) {
    addLine([&](RowColumn column) {
      return column.kind == Kind::Number ? QString::number(row)
                                         : cellText(table, row, column, reference);
    });
  }
  return text;
}

}  // namespace embedscope::rows
