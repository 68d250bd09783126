// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/define/validating_delegate.h"

#include <QKeyEvent>
#include <QLineEdit>

namespace embedscope::define {

namespace {

constexpr int kRowHeight = 24;

}  // namespace

ValidatingDelegate::ValidatingDelegate(Check check, QObject* parent)
    : QStyledItemDelegate(parent), m_check(std::move(check)) {}

QWidget* ValidatingDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem& /*option*/,
                                          const QModelIndex& index) const {
  m_index = index;
  auto* editor = new QLineEdit(parent);
  editor->setObjectName(QStringLiteral("cellEditor"));
  editor->setFrame(false);
  connect(editor, &QLineEdit::textEdited, this, &ValidatingDelegate::edited);
  return editor;
}

QSize ValidatingDelegate::sizeHint(const QStyleOptionViewItem& option,
                                   const QModelIndex& index) const {
  return QStyledItemDelegate::sizeHint(option, index).expandedTo(QSize(0, kRowHeight));
}

bool ValidatingDelegate::eventFilter(QObject* watched, QEvent* event) {
  auto* editor = qobject_cast<QLineEdit*>(watched);
  if (editor != nullptr && event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    const bool leaves = key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Tab ||
                        key == Qt::Key_Backtab;
    if (leaves) {
      if (const auto problem = m_check(m_index, editor->text())) {
        emit refused(*problem);
        return true;
      }
    }
  }
  return QStyledItemDelegate::eventFilter(watched, event);
}

}  // namespace embedscope::define
