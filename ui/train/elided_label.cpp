// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/elided_label.h"

namespace embedscope::train {

ElidedLabel::ElidedLabel(QWidget* parent) : QLabel(parent) {
  setTextFormat(Qt::PlainText);
  setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

void ElidedLabel::setFullText(const QString& text) {
  m_fullText = text;
  setAccessibleName(text);
  elide();
}

QSize ElidedLabel::minimumSizeHint() const {
  return {0, QLabel::minimumSizeHint().height()};
}

void ElidedLabel::resizeEvent(QResizeEvent* event) {
  QLabel::resizeEvent(event);
  elide();
}

void ElidedLabel::elide() {
  const QString shown = fontMetrics().elidedText(m_fullText, Qt::ElideMiddle, width());
  setText(shown);
  setToolTip(shown == m_fullText ? QString() : m_fullText);
}

}  // namespace embedscope::train
