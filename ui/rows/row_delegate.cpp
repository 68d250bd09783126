// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rows/row_delegate.h"

#include "ui/plots/theme.h"
#include "ui/rows/rows_model.h"

#include <QPainter>

namespace embedscope::rows {

namespace {

constexpr double kTint = 0.22;
constexpr int kBarWidth = 3;

}  // namespace

QColor RowDelegate::selectedGround(const QPalette& palette) {
  const plots::Theme theme = plots::Theme::of(palette);
  return plots::mixed(theme.base, theme.accent, kTint);
}

void RowDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const {
  QStyledItemDelegate::initStyleOption(option, index);
  option->state.setFlag(QStyle::State_Selected, false);
  if (index.data(RowsModel::SelectedRole).toBool()) {
    option->backgroundBrush = selectedGround(option->palette);
  }
  option->font.setBold(index.data(RowsModel::ChosenRole).toBool());
}

void RowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                        const QModelIndex& index) const {
  QStyledItemDelegate::paint(painter, option, index);
  if (index.column() == 0 && index.data(RowsModel::ChosenRole).toBool()) {
    QRect bar = option.rect;
    bar.setWidth(kBarWidth);
    painter->fillRect(bar, plots::Theme::of(option.palette).selection);
  }
}

}  // namespace embedscope::rows
