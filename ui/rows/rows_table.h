// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"
#include "ui/rows/rows_model.h"

#include <QTableView>

#include <optional>

namespace embedscope::rows {

/// The list of rows. A click chooses a row; with Ctrl, on the tick, or by Space it is selected or
/// not; Shift and a drag select from one to another. Selection is a set of the document's, not
/// Qt's: a million rows are selected as fast as one.
class RowsTable : public QTableView {
  Q_OBJECT

 public:
  /// All must outlive the table.
  RowsTable(document::Document& document, RowArrangement& arrangement, RowsModel& model,
            QWidget* parent = nullptr);

  /// Columns as wide as the first rows want, within bounds.
  void fitColumns();

  /// Does nothing: walking through a million labels at every key would take too long, and typing
  /// filters.
  void keyboardSearch(const QString& search) override;

 public slots:
  /// Moves to the document's chosen row, if it is listed.
  void showChosen();

  void selectAllListed();
  void clearRows();

 signals:
  /// A double click or Enter: somebody wants to see the chosen row elsewhere.
  void rowActivated();

  void copyRequested();

 protected:
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  void choose(int place);
  void toggle(int place);
  void selectTo(int place, bool adds);
  std::optional<int> placeForKey(int key) const;
  int columnOf(RowColumn::Kind kind) const;

  document::Document& m_document;
  RowArrangement& m_arrangement;
  RowsModel& m_model;
  int m_anchor = 0;  ///< the place from which a range reaches
  std::optional<int> m_pressed;
  bool m_isDrag = false;
  table::RowSet m_before;  ///< the selection before a drag that adds
};

}  // namespace embedscope::rows
