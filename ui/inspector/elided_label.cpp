// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/elided_label.h"

#include <QEvent>
#include <QFontMetrics>

namespace embedscope::inspector {

ElidedLabel::ElidedLabel(Qt::TextElideMode mode, QWidget* parent) : QLabel(parent), m_mode(mode) {
  setTextFormat(Qt::PlainText);
  setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

void ElidedLabel::setFullText(const QString& text) {
  m_fullText = text.simplified();
  setAccessibleName(m_fullText);
  elide();
}

QSize ElidedLabel::minimumSizeHint() const {
  return {0, QLabel::minimumSizeHint().height()};
}

void ElidedLabel::resizeEvent(QResizeEvent* event) {
  QLabel::resizeEvent(event);
  elide();
}

void ElidedLabel::changeEvent(QEvent* event) {
  QLabel::changeEvent(event);
  if (event->type() == QEvent::FontChange) {
    elide();
  }
}

void ElidedLabel::elide() {
  const QString shown = fontMetrics().elidedText(m_fullText, m_mode, contentsRect().width());
  if (shown != text()) {
    setText(shown);
  }
  setToolTip(shown == m_fullText ? QString() : m_fullText);
}

}  // namespace embedscope::inspector
