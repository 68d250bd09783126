// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rows/rows_model.h"

#include "ui/document/table_text.h"

#include <algorithm>
#include <limits>

namespace embedscope::rows {

namespace {

using Kind = RowColumn::Kind;

QString tipOf(Kind kind) {
  switch (kind) {
    case Kind::Selected:
      return RowsModel::tr("A tick tells that the row is selected; a click changes it");
    case Kind::Number:
      return RowsModel::tr("Where the row stands in the table, from 0");
    case Kind::Length:
      return RowsModel::tr("The Euclidean length of the row's vector");
    case Kind::Cosine:
      return RowsModel::tr(
          "How similar the row's vector is to that of the chosen row. Sorted by this column it "
          "stays with the row that was chosen then");
    case Kind::Component:
      return RowsModel::tr("A number of the row's vector");
    case Kind::Label:
    case Kind::Metadata:
      break;
  }
  return RowsModel::tr(
      "Click to sort: rising, falling, as in the table. Capital letters count as small ones, "
      "columns of numbers are sorted as numbers");
}

}  // namespace

RowsModel::RowsModel(document::Document& document, RowArrangement& arrangement, QObject* parent)
    : QAbstractTableModel(parent), m_document(document), m_arrangement(arrangement) {
  connect(&m_arrangement, &RowArrangement::changed, this, [this] {
    beginResetModel();
    m_count = static_cast<int>(
        std::min<std::int64_t>(m_arrangement.count(), std::numeric_limits<int>::max()));
    endResetModel();
  });
}

void RowsModel::setTable(table::TablePtr table) {
  beginResetModel();
  m_table = std::move(table);
  m_columns = m_table ? rowColumns(*m_table) : std::vector<RowColumn>();
  m_reference = {};
  m_count = 0;
  endResetModel();
}

void RowsModel::setReference(std::optional<std::int64_t> row) {
  if (row == m_reference.row() || !m_table) {
    return;
  }
  m_reference = row ? ReferenceRow(*m_table, *row) : ReferenceRow();
  const auto column = std::ranges::find(m_columns, Kind::Cosine, &RowColumn::kind);
  const auto place = static_cast<int>(column - m_columns.begin());
  emit headerDataChanged(Qt::Horizontal, place, place);
  if (m_count > 0) {
    emit dataChanged(index(0, place), index(m_count - 1, place));
  }
}

int RowsModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : m_count;
}

int RowsModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QString RowsModel::accessibleText(std::int64_t row, RowColumn column) const {
  const bool isSelected = m_document.selection().contains(row);
  if (column.kind == Kind::Selected) {
    return isSelected ? tr("selected") : tr("not selected");
  }
  const QString text = cellText(*m_table, row, column, m_reference);
  if (column.kind != Kind::Label) {
    return columnTitle(*m_table, column) + QLatin1Char(' ') + text;
  }
  return isSelected ? tr("%1, selected").arg(text) : text;
}

QVariant RowsModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= m_count) {
    return {};
  }
  const std::int64_t row = m_arrangement.rowAt(index.row());
  const RowColumn column = m_columns[static_cast<std::size_t>(index.column())];
  switch (role) {
    case Qt::DisplayRole:
      return cellText(*m_table, row, column, m_reference).simplified();
    case Qt::ToolTipRole:
      return column.kind == Kind::Label || column.kind == Kind::Metadata
                 ? cellText(*m_table, row, column, m_reference)
                 : QVariant();
    case Qt::TextAlignmentRole:
      return static_cast<int>((holdsNumbers(column) ? Qt::AlignRight : Qt::AlignLeft) |
                              Qt::AlignVCenter);
    case Qt::CheckStateRole:
      return column.kind != Kind::Selected          ? QVariant()
             : m_document.selection().contains(row) ? QVariant(Qt::Checked)
                                                    : QVariant(Qt::Unchecked);
    case Qt::AccessibleTextRole:
      return accessibleText(row, column);
    case RowRole:
      return QVariant::fromValue<qint64>(row);
    case SelectedRole:
      return m_document.selection().contains(row);
    case ChosenRole:
      return m_document.currentRow() == row;
    default:
      return {};
  }
}

/// With an arrow where the rows are sorted by it; nothing over the ticks, which say what they are.
QString RowsModel::heading(RowColumn column) const {
  if (column.kind == Kind::Selected) {
    return {};
  }
  const QString reference = m_reference.row()
                                ? document::labelText(*m_table, *m_reference.row()).simplified()
                                : QString();
  const QString title = columnTitle(*m_table, column, reference);
  const auto& sort = m_arrangement.query().sort;
  if (!sort || sort->column != column) {
    return title;
  }
  const QString arrow =
      sort->sorting == table::Sorting::Rising ? QStringLiteral("↑ ") : QStringLiteral("↓ ");
  return arrow + title;
}

QVariant RowsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) {
    return {};
  }
  const RowColumn column = m_columns[static_cast<std::size_t>(section)];
  switch (role) {
    case Qt::DisplayRole:
      return heading(column);
    case Qt::AccessibleTextRole:
      return columnTitle(*m_table, column);
    case Qt::ToolTipRole:
      return tipOf(column.kind);
    case Qt::TextAlignmentRole:
      return static_cast<int>((holdsNumbers(column) ? Qt::AlignRight : Qt::AlignLeft) |
                              Qt::AlignVCenter);
    default:
      return {};
  }
}

Qt::ItemFlags RowsModel::flags(const QModelIndex& index) const {
  return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren
                         : Qt::NoItemFlags;
}

}  // namespace embedscope::rows
