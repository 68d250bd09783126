// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/result_model.h"

#include "ui/document/table_text.h"

namespace embedscope::explore {

ResultModel::ResultModel(QObject* parent) : QAbstractListModel(parent) {}

void ResultModel::setRows(table::TablePtr table, std::vector<std::int64_t> rows,
                          const std::string& column) {
  beginResetModel();
  m_table = std::move(table);
  m_column = m_table && !column.empty() ? m_table->metadata().find(column) : nullptr;
  m_rows = std::move(rows);
  endResetModel();
}

int ResultModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QString ResultModel::textOf(std::int64_t row) const {
  const QString label = document::labelText(*m_table, row);
  return m_column == nullptr
             ? label
             : tr("%1 · %2").arg(
                   label, QString::fromStdString(m_column->values[static_cast<std::size_t>(row)]));
}

QVariant ResultModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) {
    return {};
  }
  const std::int64_t row = tableRow(index.row());
  if (role == Qt::DisplayRole) {
    return textOf(row).simplified();
  }
  if (role == Qt::ToolTipRole) {
    return tr("%1\nrow %2. Click to go there").arg(textOf(row), document::groupedText(row));
  }
  return {};
}

}  // namespace embedscope::explore
