// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/embedding_table.h"

#include <QWidget>

#include <cstdint>
#include <vector>

class QListWidget;
class QPushButton;
class QToolButton;

namespace embedscope::product {

/// Several categories of a table, in an order; a category may be there more than once. The category
/// chosen on the page is added by a button, Delete takes the selected one out.
class RowList : public QWidget {
  Q_OBJECT

 public:
  /// @param name  of the list for screen readers and, as object name, for tests.
  /// @param most  how many categories it holds, ≥ 1.
  RowList(const QString& name, const char* objectName, std::size_t most, QWidget* parent = nullptr);

  /// Another table, with these of its rows.
  void setTable(const table::TablePtr& table, std::vector<std::int64_t> rows);

  /// The category that the button adds.
  void setCandidate(std::int64_t row);

  const std::vector<std::int64_t>& rows() const { return m_rows; }

 signals:
  void rowsChanged();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void add();
  void removeSelected();
  void showRows();

  table::TablePtr m_table;
  std::vector<std::int64_t> m_rows;
  std::int64_t m_candidate = 0;
  std::size_t m_most;
  QListWidget* m_list;
  QPushButton* m_add;
  QToolButton* m_remove;
};

}  // namespace embedscope::product
