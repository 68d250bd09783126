// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/first_rows_view.h"

#include "ui/document/table_text.h"
#include "ui/files/file_look.h"
#include "ui/plots/number_text.h"

#include <QHeaderView>

#include <algorithm>

namespace embedscope::files {

namespace {

constexpr Eigen::Index kNumbers = 4;
constexpr int kLabelWidth = 140;
constexpr int kNumberWidth = 76;

QTableWidgetItem* numberItem(float value) {
  auto* item = new QTableWidgetItem(plots::shortNumberText(static_cast<double>(value)));
  item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
  return item;
}

}  // namespace

FirstRowsView::FirstRowsView(QWidget* parent) : QTableWidget(parent) {
  setObjectName(QStringLiteral("firstRows"));
  setAccessibleName(tr("First rows"));
  setEditTriggers(NoEditTriggers);
  setSelectionMode(NoSelection);
  setFocusPolicy(Qt::NoFocus);
  setShowGrid(false);
  verticalHeader()->hide();
  verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
  horizontalHeader()->setSectionsClickable(false);
  horizontalHeader()->setHighlightSections(false);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setFixedHeight(verticalHeader()->defaultSectionSize() * (static_cast<int>(kFirstRows) + 1) +
                 2 * frameWidth());
}

void FirstRowsView::showRows(const table::TablePtr& table) {
  clear();
  setRowCount(0);
  setColumnCount(0);
  if (!table) {
    return;
  }
  const Eigen::Index shown = std::min(kNumbers, table->dimension());
  const bool isCut = shown < table->dimension();
  setColumnCount(static_cast<int>(shown) + (isCut ? 2 : 1));
  setRowCount(static_cast<int>(table->rowCount()));
  QStringList names = {tr("label")};
  for (Eigen::Index i = 0; i < shown; ++i) {
    names += QString::number(i);
  }
  if (isCut) {
    names += QStringLiteral("…");
  }
  setHorizontalHeaderLabels(names);
  for (int row = 0; row < rowCount(); ++row) {
    auto* label = new QTableWidgetItem(document::labelText(*table, row));
    label->setToolTip(label->text());
    setItem(row, 0, label);
    for (Eigen::Index i = 0; i < shown; ++i) {
      setItem(row, static_cast<int>(i) + 1,
              numberItem(table->row(row)[static_cast<std::size_t>(i)]));
    }
    if (isCut) {
      setItem(row, columnCount() - 1, new QTableWidgetItem(QStringLiteral("…")));
    }
  }
  setColumnWidth(0, kLabelWidth);
  for (int column = 1; column < columnCount(); ++column) {
    setColumnWidth(column, isCut && column + 1 == columnCount() ? kNumberWidth / 3 : kNumberWidth);
  }
}

}  // namespace embedscope::files
