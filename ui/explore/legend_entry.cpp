// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/legend_entry.h"

#include "ui/plots/mark_shape.h"
#include "ui/plots/selection_keys.h"
#include "ui/plots/theme.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
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
  tell();
  setFocusPolicy(Qt::TabFocus);
  setAttribute(Qt::WA_Hover);
  setCursor(Qt::PointingHandCursor);
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  connect(this, &QAbstractButton::clicked, this,
          [this] { emit picked(plots::operationOf(m_modifiers)); });
  m_markClick.setSingleShot(true);
  m_markClick.setInterval(QApplication::doubleClickInterval());
  connect(&m_markClick, &QTimer::timeout, this, &QAbstractButton::click);
}

void LegendEntry::setColoring(Coloring coloring, std::optional<QRgb> pinned) {
  m_coloring = coloring;
  m_pinned = pinned;
  tell();
  update();
}

void LegendEntry::tell() {
  QString tip =
      tr("%1\nClick to select these rows: Shift adds them, Alt takes them away, both keep what is "
         "selected of them. Double-click (I) to show only them")
          .arg(m_name);
  QString color;
  if (m_coloring == Coloring::OfOthers) {
    tip += tr("\nC gives one of these categories a color of its own");
  } else if (m_pinned) {
    color = tr("Its color, %1, was chosen by hand and stays").arg(QColor(*m_pinned).name());
    tip += QStringLiteral("\n") + color + tr(". C chooses another one, Delete takes it back");
  } else if (m_coloring == Coloring::Own) {
    tip += tr("\nDouble-click its mark (C) to give it a color of its own");
  }
  setToolTip(tip);
  setAccessibleDescription(color);
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
    plots::CategoryMark mark = plots::categoryMark(*m_mark, theme.isDark);
    mark.color = m_pinned ? QColor(*m_pinned) : mark.color;
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

bool LegendEntry::isOnColor(const QMouseEvent& event) const {
  return m_coloring == Coloring::Own && event.button() == Qt::LeftButton &&
         QRectF(0, 0, kMarkRoom, height()).contains(event.position());
}

/// A click on the mark waits: the color is not chosen at the price of the selection.
void LegendEntry::mouseReleaseEvent(QMouseEvent* event) {
  m_modifiers = event->modifiers();
  if (isDown() && isOnColor(*event)) {
    setDown(false);
    m_markClick.start();
    return;
  }
  QAbstractButton::mouseReleaseEvent(event);
}

void LegendEntry::mouseDoubleClickEvent(QMouseEvent* event) {
  if (isOnColor(*event)) {
    m_markClick.stop();
    emit colorRequested();
  } else if (event->button() == Qt::LeftButton) {
    emit isolateRequested();
  }
}

void LegendEntry::contextMenuEvent(QContextMenuEvent* event) {
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->setObjectName(QStringLiteral("legendMenu"));
  menu->addAction(tr("Select these rows"), this,
                  [this] { emit picked(table::SetOperation::Replace); });
  menu->addAction(tr("Show only these rows"), this, &LegendEntry::isolateRequested);
  if (m_coloring != Coloring::None) {
    menu->addSeparator();
    menu->addAction(
        m_coloring == Coloring::Own ? tr("Choose color…") : tr("Choose color of a category…"), this,
        &LegendEntry::colorRequested);
  }
  if (m_pinned) {
    menu->addAction(tr("Reset color"), this, &LegendEntry::colorReset);
  }
  menu->popup(event->globalPos());
}

void LegendEntry::keyPressEvent(QKeyEvent* event) {
  m_modifiers = event->modifiers();
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    click();
  } else if (event->key() == Qt::Key_I && event->modifiers() == Qt::NoModifier) {
    emit isolateRequested();
  } else if (event->key() == Qt::Key_C && event->modifiers() == Qt::NoModifier &&
             m_coloring != Coloring::None) {
    emit colorRequested();
  } else if (event->key() == Qt::Key_Delete && m_pinned) {
    emit colorReset();
  } else {
    QAbstractButton::keyPressEvent(event);
  }
}

void LegendEntry::keyReleaseEvent(QKeyEvent* event) {
  m_modifiers = event->modifiers();
  QAbstractButton::keyReleaseEvent(event);
}

}  // namespace embedscope::explore
