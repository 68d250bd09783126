// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/legend_entry.h"

#include "ui/plots/mark_shape.h"
#include "ui/plots/selection_keys.h"
#include "ui/plots/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace embedscope::explore {

namespace {

constexpr int kMarkRadius = 4;
constexpr int kMarkRoom = 20;
constexpr int kGap = 4;

}  // namespace

LegendEntry::LegendEntry(std::optional<int> mark, const QString& name, const QString& count,
                         QWidget* parent)
    : QAbstractButton(parent), m_mark(mark), m_name(name), m_count(count) {
  setObjectName(QStringLiteral("legendEntry"));
  setAccessibleName(count.isEmpty() ? name : tr("%1, %2 rows").arg(name, count));
  setToolTip(
      tr("%1\nClick to select these rows: Shift adds them, Alt takes them away, both keep what is "
         "selected of them. Double-click (I) to show only them")
          .arg(name));
  setFocusPolicy(Qt::TabFocus);
  setAttribute(Qt::WA_Hover);
  setCursor(Qt::PointingHandCursor);
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  connect(this, &QAbstractButton::clicked, this,
          [this] { emit picked(plots::operationOf(m_modifiers)); });
}

QSize LegendEntry::sizeHint() const {
  return {200, fontMetrics().height() + kGap};
}

void LegendEntry::paintEvent(QPaintEvent* /*event*/) {
  const plots::Theme theme = plots::Theme::of(palette());
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  if (underMouse() || isDown()) {
    painter.fillRect(rect(), plots::mixed(theme.window, theme.text, isDown() ? 0.14 : 0.07));
  }
  if (hasFocus()) {
    painter.setPen(QPen(theme.accent, 1));
    painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
  }
  if (m_mark) {
    const plots::CategoryMark mark = plots::categoryMark(*m_mark, theme.isDark);
    painter.setPen(Qt::NoPen);
    painter.setBrush(mark.color);
    plots::paintMark(painter, mark.shape, {kMarkRadius + 4, rect().center().y() + 0.5},
                     kMarkRadius);
  }
  const int countWidth = m_count.isEmpty() ? 0 : fontMetrics().horizontalAdvance(m_count) + 8;
  const QRect words = rect().adjusted(kMarkRoom, 0, -countWidth - 2, 0);
  const bool isCategory = m_mark.value_or(-1) >= 0;
  painter.setPen(isCategory ? theme.text : theme.mutedText);
  painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                   fontMetrics().elidedText(m_name, Qt::ElideRight, words.width()));
  painter.setPen(theme.mutedText);
  painter.drawText(rect().adjusted(0, 0, -2, 0), Qt::AlignRight | Qt::AlignVCenter, m_count);
}

void LegendEntry::mouseReleaseEvent(QMouseEvent* event) {
  m_modifiers = event->modifiers();
  QAbstractButton::mouseReleaseEvent(event);
}

void LegendEntry::mouseDoubleClickEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) {
    emit isolateRequested();
  }
}

void LegendEntry::keyPressEvent(QKeyEvent* event) {
  m_modifiers = event->modifiers();
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    click();
  } else if (event->key() == Qt::Key_I && event->modifiers() == Qt::NoModifier) {
    emit isolateRequested();
  } else {
    QAbstractButton::keyPressEvent(event);
  }
}

void LegendEntry::keyReleaseEvent(QKeyEvent* event) {
  m_modifiers = event->modifiers();
  QAbstractButton::keyReleaseEvent(event);
}

}  // namespace embedscope::explore
