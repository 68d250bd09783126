// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/controls/disclosure_heading.h"

#include "ui/controls/section.h"

#include <QStyleOption>
#include <QStylePainter>

namespace embedscope::controls {

namespace {

constexpr int kArrow = 10;
constexpr int kGap = 6;
constexpr int kPadding = 3;  // above and below the text, for an easy click

}  // namespace

DisclosureHeading::DisclosureHeading(const QString& title, QWidget* parent)
    : QAbstractButton(parent) {
  setText(title);
  setFont(SectionLabel(title).font());
  setCheckable(true);
  setFocusPolicy(Qt::StrongFocus);
  setCursor(Qt::PointingHandCursor);
}

QSize DisclosureHeading::sizeHint() const {
  const QSize words = fontMetrics().size(Qt::TextSingleLine, text().toUpper());
  return {kArrow + kGap + words.width() + 2, words.height() + 2 * kPadding};
}

void DisclosureHeading::paintEvent(QPaintEvent* /*event*/) {
  QStylePainter painter(this);
  const QPalette::ColorRole role = underMouse() ? QPalette::WindowText : QPalette::PlaceholderText;
  QStyleOption arrow;
  arrow.initFrom(this);
  arrow.rect = QRect(0, (height() - kArrow) / 2, kArrow, kArrow);
  arrow.palette.setBrush(QPalette::ButtonText, palette().brush(role));
  painter.drawPrimitive(
      isChecked() ? QStyle::PE_IndicatorArrowDown : QStyle::PE_IndicatorArrowRight, arrow);
  painter.setPen(palette().color(role));
  const QRect words = rect().adjusted(kArrow + kGap, 0, 0, 0);
  painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text());
  if (hasFocus()) {
    QStyleOptionFocusRect focus;
    focus.initFrom(this);
    painter.drawPrimitive(QStyle::PE_FrameFocusRect, focus);
  }
}

void DisclosureHeading::enterEvent(QEnterEvent* event) {
  QAbstractButton::enterEvent(event);
  update();
}

void DisclosureHeading::leaveEvent(QEvent* event) {
  QAbstractButton::leaveEvent(event);
  update();
}

}  // namespace embedscope::controls
