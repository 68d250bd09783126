// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTableView>

namespace embedscope::train {

/// Header and rows of a table in the order shown, cells separated by tabs, lines by line feeds.
QString tableText(const QAbstractItemModel& model);

/// A table of results: whole rows, no grid, columns at least as wide as what they hold; they share
/// what is left, and where there is not enough the table scrolls. Ctrl+C and the context menu copy
/// all of it as text.
class ResultTable : public QTableView {
  Q_OBJECT

 public:
  explicit ResultTable(QWidget* parent = nullptr);

  void setModel(QAbstractItemModel* model) override;

  /// Height at which so many rows are seen without scrolling.
  int heightFor(int rows) const;

 public slots:
  void copy() const;

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void fitColumns();
};

}  // namespace embedscope::train
