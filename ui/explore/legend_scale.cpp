// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/legend_scale.h"

#include "ui/plots/number_text.h"
#include "ui/plots/palette.h"
#include "ui/plots/selection_keys.h"
#include "ui/plots/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace embedscope::explore {

namespace {

constexpr int kScaleHeight = 10;
constexpr int kMargin = 3;
constexpr int kGap = 4;
constexpr double kKeyStep = 0.02;  // of the scale
constexpr double kClick = 0.01;    // a shorter drag means all of it

}  // namespace

LegendScale::LegendScale(double least, double greatest, QWidget* parent)
    : QWidget(parent), m_least(least), m_greatest(greatest) {
  setObjectName(QStringLiteral("legendScale"));
  setAccessibleName(tr("Scale of colors"));
  setFocusPolicy(Qt::StrongFocus);
  setCursor(Qt::SplitHCursor);
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  setToolTip(
      tr("Drag along the scale to select the rows between two numbers: Shift adds them, Alt takes "
         "them away. By keys: Left and Right move the lower end, Down and Up the upper one, Enter "
         "selects"));
  setRange(0, 1);
}

QSize LegendScale::sizeHint() const {
  return {200, 2 * kMargin + kScaleHeight + kGap + fontMetrics().height()};
}

double LegendScale::partAt(double x) const {
  return std::clamp((x - kMargin) / std::max(1, width() - 2 * kMargin), 0.0, 1.0);
}

void LegendScale::setRange(double low, double high) {
  m_low = std::clamp(std::min(low, high), 0.0, 1.0);
  m_high = std::clamp(std::max(low, high), 0.0, 1.0);
  setAccessibleDescription(
      tr("%1 to %2").arg(plots::tickText(this->low()), plots::tickText(this->high())));
  update();
}

void LegendScale::paintEvent(QPaintEvent* /*event*/) {
  const plots::Theme theme = plots::Theme::of(palette());
  QPainter painter(this);
  const QRect scale(kMargin, kMargin, width() - 2 * kMargin, kScaleHeight);
  QLinearGradient gradient(scale.left(), 0, scale.right(), 0);
  constexpr int kStops = 16;
  for (int i = 0; i <= kStops; ++i) {
    const double t = static_cast<double>(i) / kStops;
    gradient.setColorAt(t, plots::viridis(t));
  }
  painter.fillRect(scale, gradient);
  if (!isWhole()) {
    const int left = scale.left() + static_cast<int>(m_low * scale.width());
    const int right = scale.left() + static_cast<int>(m_high * scale.width());
    QColor veil = theme.window;
    veil.setAlphaF(0.75F);
    painter.fillRect(QRect(scale.topLeft(), QPoint(left - 1, scale.bottom())), veil);
    painter.fillRect(QRect(QPoint(right + 1, scale.top()), scale.bottomRight()), veil);
    painter.setPen(QPen(theme.text, 1));
    painter.drawLine(left, 0, left, scale.bottom() + kMargin);
    painter.drawLine(right, 0, right, scale.bottom() + kMargin);
  }
  if (hasFocus()) {
    painter.setPen(QPen(theme.accent, 1));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
  }
  const QRect words = rect().adjusted(kMargin, scale.bottom() + kGap, -kMargin, 0);
  painter.setPen(isWhole() ? theme.mutedText : theme.text);
  painter.drawText(words, Qt::AlignLeft | Qt::AlignTop, plots::tickText(low()));
  painter.drawText(words, Qt::AlignRight | Qt::AlignTop, plots::tickText(high()));
}

void LegendScale::mousePressEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) {
    m_pressed = partAt(event->position().x());
    setRange(m_pressed, m_pressed);
  }
}

void LegendScale::mouseMoveEvent(QMouseEvent* event) {
  if (event->buttons().testFlag(Qt::LeftButton)) {
    setRange(m_pressed, partAt(event->position().x()));
  }
}

void LegendScale::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) {
    return;
  }
  if (m_high - m_low < kClick) {
    setRange(0, 1);
  } else {
    emit picked(low(), high(), plots::operationOf(event->modifiers()));
  }
}

void LegendScale::keyPressEvent(QKeyEvent* event) {
  const auto move = [this](double low, double high) {
    const double newLow = std::clamp(m_low + low, 0.0, 1.0);
    const double newHigh = std::clamp(m_high + high, 0.0, 1.0);
    if (newLow < newHigh) {
      setRange(newLow, newHigh);
    }
  };
  switch (event->key()) {
    case Qt::Key_Left:
      return move(-kKeyStep, 0);
    case Qt::Key_Right:
      return move(kKeyStep, 0);
    case Qt::Key_Down:
      return move(0, -kKeyStep);
    case Qt::Key_Up:
      return move(0, kKeyStep);
    case Qt::Key_Escape:
      return setRange(0, 1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
      emit picked(low(), high(), plots::operationOf(event->modifiers()));
      return;
    default:
      QWidget::keyPressEvent(event);
  }
}

void LegendScale::focusInEvent(QFocusEvent* event) {
  QWidget::focusInEvent(event);
  update();
}

void LegendScale::focusOutEvent(QFocusEvent* event) {
  QWidget::focusOutEvent(event);
  update();
}

}  // namespace embedscope::explore
