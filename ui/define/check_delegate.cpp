// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/define/check_delegate.h"

#include <QAbstractItemModel>
#include <QApplication>
#include <QMouseEvent>
#include <QStyle>

namespace embedscope::define {

void CheckDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const {
  QStyleOptionViewItem cell = option;
  initStyleOption(&cell, index);
  const bool checkable = cell.features.testFlag(QStyleOptionViewItem::HasCheckIndicator);
  cell.features &= ~QStyleOptionViewItem::HasCheckIndicator;
  cell.displayAlignment = Qt::AlignCenter;
  const QStyle* style = cell.widget != nullptr ? cell.widget->style() : QApplication::style();
  style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);
  if (!checkable) {
    return;
  }
  const QSize size(style->pixelMetric(QStyle::PM_IndicatorWidth, &cell, cell.widget),
                   style->pixelMetric(QStyle::PM_IndicatorHeight, &cell, cell.widget));
  cell.rect = QStyle::alignedRect(cell.direction, Qt::AlignCenter, size, option.rect);
  cell.state &= ~QStyle::State_HasFocus;
  cell.state |= cell.checkState == Qt::Checked ? QStyle::State_On : QStyle::State_Off;
  style->drawPrimitive(QStyle::PE_IndicatorItemViewItemCheck, &cell, painter, cell.widget);
}

bool CheckDelegate::editorEvent(QEvent* event, QAbstractItemModel* model,
                                const QStyleOptionViewItem& /*option*/, const QModelIndex& index) {
  const bool clicks = event->type() == QEvent::MouseButtonRelease &&
                      static_cast<QMouseEvent*>(event)->button() == Qt::LeftButton;
  if (!clicks || !index.flags().testFlag(Qt::ItemIsUserCheckable)) {
    return false;
  }
  const bool checked = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
  return model->setData(index, checked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

}  // namespace embedscope::define
