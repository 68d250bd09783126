// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/controls/elided_label.h"

#include <QEvent>
#include <QFontMetrics>

namespace embedscope::controls {

ElidedLabel::ElidedLabel(Qt::TextElideMode mode, QWidget* parent) : QLabel(parent), m_mode(mode) {
  setTextFormat(Qt::PlainText);
  setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

void ElidedLabel::setFullText(const QString& text) {
  m_fullText = text.simplified();
  setAccessibleName(m_fullText);
  elide();
}

void ElidedLabel::setDetail(const QString& detail) {
  m_detail = detail;
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
  const bool isShortened = shown != m_fullText;
  setToolTip(!m_detail.isEmpty() ? m_detail : isShortened ? m_fullText : QString());
}

}  // namespace embedscope::controls
