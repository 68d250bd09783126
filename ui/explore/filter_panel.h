// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/embedding_table.h"
#include "core/table/row_filter.h"
#include "core/table/set_operation.h"
#include "ui/jobs/latest_job.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QToolButton;

namespace embedscope::explore {

/// Finds the rows whose label or metadata says something, for the selection: a column, what is
/// asked of it, and a value. Enter selects (Shift adds, Alt subtracts, both intersect), and so does
/// a button with a menu. Large tables are gone through in the background.
class FilterPanel : public QWidget {
  Q_OBJECT

 public:
  /// The runner must outlive the panel.
  explicit FilterPanel(jobs::JobRunner& runner, QWidget* parent = nullptr);

  /// Asks this table from now on; null: none. A column of the same name stays chosen.
  void setTable(table::TablePtr table);

 signals:
  /// @param rows  of as many rows as the table has.
  void rowsPicked(const embedscope::table::RowSet& rows, embedscope::table::SetOperation operation);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void buildFields();
  void buildButton();
  void fillColumns();
  void showFields();
  table::FilterOperator comparison() const;
  std::optional<table::RowFilter> filter();
  std::optional<double> numberIn(const QLineEdit& field);
  void apply(table::SetOperation operation);
  void answer(const table::RowSet& rows, table::SetOperation operation);
  void tell(const QString& words);

  table::TablePtr m_table;
  QComboBox* m_column;
  QComboBox* m_comparison;
  QLineEdit* m_value;
  QLineEdit* m_upper;
  QToolButton* m_select;
  QLabel* m_words;
  jobs::LatestJob m_job;
};

}  // namespace embedscope::explore
