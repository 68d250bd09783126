// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/rows/lazy_view.h"
#include "ui/rows/rows_table.h"

#include <QTimer>

class QCheckBox;
class QLabel;
class QLineEdit;
class QMenu;
class QToolButton;

namespace embedscope::rows {

/// All rows of the current table as a list: sorted and filtered as wanted, all or the selected ones
/// alone. Choosing and selecting go both ways with the document, and so with every picture.
class RowsView : public LazyView {
  Q_OBJECT

 public:
  /// Both must outlive the view.
  RowsView(document::Document& document, jobs::JobRunner& runner, QWidget* parent = nullptr);
  ~RowsView() override;

  RowsTable& table() { return *m_table; }

  RowArrangement& arrangement() { return *m_arrangement; }

 public slots:
  /// Puts the selected rows (without any, the chosen one) onto the clipboard, as they are listed.
  void copyRows();

 signals:
  /// The chosen row is to be shown in the picture.
  void rowActivated();

 protected:
  void refresh() override;
  void rest() override;

 private:
  QWidget* makeTools();
  void connectTable();
  void fillColumnMenu();
  void showMenu(const QPoint& place);
  void setTable(const table::TablePtr& table);
  void sortBy(int section, Qt::SortOrder order);
  void showSort();
  void followChosen();
  void filter();
  void describe();
  std::vector<RowColumn> shownColumns() const;

  document::Document& m_document;
  RowArrangement* m_arrangement;
  RowsModel* m_model;
  RowsTable* m_table;
  QLineEdit* m_filter;
  QCheckBox* m_selectedOnly;
  QLabel* m_words;
  QToolButton* m_cancel;
  QToolButton* m_columns;
  QMenu* m_columnMenu;
  QTimer m_pause;  ///< in typing
  jobs::LatestJob m_copying;
  double m_progress = 0;
};

}  // namespace embedscope::rows
