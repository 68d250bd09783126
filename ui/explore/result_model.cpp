// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/result_model.h"

#include "ui/document/table_text.h"

namespace embedscope::explore {

ResultModel::ResultModel(QObject* parent) : QAbstractListModel(parent) {}

void ResultModel::setRows(table::TablePtr table, std::vector<std::int64_t> rows) {
  beginResetModel();
  m_table = std::move(table);
  m_rows = std::move(rows);
  endResetModel();
}

int ResultModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant ResultModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) {
    return {};
  }
  const std::int64_t row = tableRow(index.row());
  if (role == Qt::DisplayRole) {
    return document::labelText(*m_table, row).simplified();
  }
  if (role == Qt::ToolTipRole) {
    return tr("%1\nrow %2. Click to go there")
        .arg(document::labelText(*m_table, row), document::groupedText(row));
  }
  return {};
}

}  // namespace embedscope::explore
