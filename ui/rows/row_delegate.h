// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace embedscope::rows {

/// Draws the cells of a RowsModel: selected rows on the accent color's tint, the chosen row in bold
/// with a bar before it.
class RowDelegate : public QStyledItemDelegate {
  Q_OBJECT

 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  /// What selected rows stand on.
  static QColor selectedGround(const QPalette& palette);

  void paint(QPainter* painter, const QStyleOptionViewItem& option,
             const QModelIndex& index) const override;

 protected:
  void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;
};

}  // namespace embedscope::rows
