// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/roomy_delegate.h"

namespace embedscope::inspector {

namespace {

constexpr int kAir = 6;

}  // namespace

QSize RoomyDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
  return QStyledItemDelegate::sizeHint(option, index) + QSize(0, kAir);
}

}  // namespace embedscope::inspector
