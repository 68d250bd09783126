// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/result_table.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>

#include <algorithm>
#include <vector>

namespace embedscope::train {

namespace {

constexpr int kRowPadding = 8;
constexpr int kColumnGap = 3;

}  // namespace

QString tableText(const QAbstractItemModel& model) {
  QString text;
  const int columns = model.columnCount();
  for (int row = -1; row < model.rowCount(); ++row) {
    for (int column = 0; column < columns; ++column) {
      text += row < 0 ? model.headerData(column, Qt::Horizontal).toString()
                      : model.index(row, column).data().toString();
      text += QLatin1Char(column + 1 < columns ? '\t' : '\n');
    }
  }
  return text;
}

ResultTable::ResultTable(QWidget* parent) : QTableView(parent) {
  setSelectionBehavior(QAbstractItemView::SelectRows);
  setSelectionMode(QAbstractItemView::SingleSelection);
  setEditTriggers(QAbstractItemView::NoEditTriggers);
  setShowGrid(false);
  setAlternatingRowColors(true);
  setWordWrap(false);
  setTabKeyNavigation(false);
  setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  verticalHeader()->hide();
  verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  verticalHeader()->setDefaultSectionSize(fontMetrics().height() + kRowPadding);
  horizontalHeader()->setHighlightSections(false);
  horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  auto* copyAction = new QAction(tr("Copy table"), this);
  copyAction->setShortcut(QKeySequence::Copy);
  copyAction->setShortcutContext(Qt::WidgetShortcut);
  addAction(copyAction);
  setContextMenuPolicy(Qt::ActionsContextMenu);
  connect(copyAction, &QAction::triggered, this, &ResultTable::copy);
}

void ResultTable::setModel(QAbstractItemModel* model) {
  QTableView::setModel(model);
  connect(model, &QAbstractItemModel::modelReset, this, &ResultTable::fitColumns);
  connect(model, &QAbstractItemModel::dataChanged, this, &ResultTable::fitColumns);
  connect(model, &QAbstractItemModel::headerDataChanged, this, &ResultTable::fitColumns);
  fitColumns();
}

int ResultTable::heightFor(int rows) const {
  return horizontalHeader()->sizeHint().height() + rows * verticalHeader()->defaultSectionSize() +
         2 * frameWidth();
}

void ResultTable::copy() const {
  QApplication::clipboard()->setText(tableText(*model()));
}

void ResultTable::resizeEvent(QResizeEvent* event) {
  QTableView::resizeEvent(event);
  fitColumns();
}

void ResultTable::fitColumns() {
  const int columns = model() == nullptr ? 0 : model()->columnCount();
  std::vector<int> widths;
  int taken = 0;
  for (int column = 0; column < columns; ++column) {
    widths.push_back(kColumnGap + std::max(sizeHintForColumn(column),
                                           horizontalHeader()->sectionSizeHint(column)));
    taken += widths.back();
  }
  int left = std::max(0, viewport()->width() - taken);
  for (int column = 0; column < columns; ++column) {
    const int share = left / (columns - column);
    setColumnWidth(column, widths[static_cast<std::size_t>(column)] + share);
    left -= share;
  }
}

}  // namespace embedscope::train
