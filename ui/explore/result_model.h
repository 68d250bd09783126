// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/embedding_table.h"

#include <QAbstractListModel>

#include <cstdint>
#include <string>
#include <vector>

namespace embedscope::explore {

/// Rows of a table as a list of their labels, looked up when they are shown, perhaps with what a
/// metadata column says of them behind.
class ResultModel : public QAbstractListModel {
  Q_OBJECT

 public:
  explicit ResultModel(QObject* parent = nullptr);

  /// @param column  the name of a metadata column to tell beside the labels; empty: none.
  void setRows(table::TablePtr table, std::vector<std::int64_t> rows,
               const std::string& column = {});

  /// @param place  0 ≤ place < rowCount().
  std::int64_t tableRow(int place) const { return m_rows[static_cast<std::size_t>(place)]; }

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;

 private:
  QString textOf(std::int64_t row) const;

  table::TablePtr m_table;
  const table::MetadataColumn* m_column = nullptr;  ///< of the table
  std::vector<std::int64_t> m_rows;
};

}  // namespace embedscope::explore
