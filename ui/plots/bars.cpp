// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/bars.h"

#include "ui/plots/number_text.h"
#include "ui/plots/painted_layer.h"

#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>

namespace embedscope::plots {

namespace {

constexpr double kSideMargin = 4;
constexpr double kBottomMargin = 4;
constexpr double kWidestBar = 24;

}  // namespace

class BarStrip : public QCPLayerable {
 public:
  explicit BarStrip(QCustomPlot& canvas) : QCPLayerable(&canvas, QStringLiteral("main")) {}

  std::vector<float> values;
  std::optional<float> range;
  int hovered = -1;
  Theme theme;
  QFont font;
  QSizeF size;

  QRectF area() const {
    const double top = QFontMetricsF(font).height() + 4;
    return {kSideMargin, top, std::max(1.0, size.width() - 2 * kSideMargin),
            std::max(1.0, size.height() - top - kBottomMargin)};
  }

  double pitch() const {
    return values.empty()
               ? 0
               : std::min(kWidestBar, area().width() / static_cast<double>(values.size()));
  }

  double extreme() const {
    double largest = 0;
    for (const float value : values) {
      if (std::isfinite(value)) {
        largest = std::max(largest, std::abs(static_cast<double>(value)));
      }
    }
    return largest;
  }

 protected:
  void applyDefaultAntialiasingHint(QCPPainter* painter) const override {
    painter->setAntialiasing(pitch() < 3);
  }

  void draw(QCPPainter* painter) override {
    if (values.empty()) {
      return;
    }
    const QRectF box = area();
    painter->setPen(QPen(theme.axis, 1));
    painter->drawLine(QLineF(box.left(), box.center().y(), box.right(), box.center().y()));
    drawBars(*painter, box);
    drawCaption(*painter);
  }

 private:
  void drawBars(QCPPainter& painter, const QRectF& box) const {
    const double full = range ? static_cast<double>(*range) : extreme();
    const double step = pitch();
    const double gap = step >= 4 ? 1 : 0;
    painter.setPen(Qt::NoPen);
    for (std::size_t i = 0; i < values.size(); ++i) {
      const double value = static_cast<double>(values[i]);
      if (!std::isfinite(value) || full <= 0) {
        continue;
      }
      const double height = std::clamp(value / full, -1.0, 1.0) * box.height() / 2;
      const QColor color = value < 0 ? theme.negative : theme.positive;
      const bool lit = static_cast<int>(i) == hovered;
      const QRectF bar(box.left() + static_cast<double>(i) * step, box.center().y(), step - gap,
                       -height);
      painter.fillRect(bar.normalized(), lit ? mixed(color, theme.text, 0.5) : color);
    }
  }

  void drawCaption(QCPPainter& painter) const {
    QString words;
    if (hovered >= 0 && hovered < static_cast<int>(values.size())) {
      const double value = static_cast<double>(values[static_cast<std::size_t>(hovered)]);
      words = QObject::tr("dimension %1:  %2").arg(hovered).arg(shortNumberText(value));
      painter.setPen(theme.text);
    } else {
      words = QObject::tr("d = %1   largest |value| %2")
                  .arg(values.size())
                  .arg(shortNumberText(extreme()));
      painter.setPen(theme.mutedText);
    }
    painter.setFont(font);
    painter.drawText(QRectF(kSideMargin, 0, size.width() - 2 * kSideMargin, area().top()),
                     Qt::AlignLeft | Qt::AlignVCenter, words);
  }
};

BarPlot::BarPlot(QWidget* parent) : PlotWidget(parent) {
  canvas().plotLayout()->clear();
  m_bars = new BarStrip(canvas());
  setAccessibleName(tr("Vector as bars"));
  setToolTip(tr("The numbers of the vector, one bar each. Point at a bar to read it"));
  setEmptyText(tr("The numbers of the chosen vector appear here"));
  setEmpty(true);
  BarPlot::restyle();
}

BarPlot::~BarPlot() = default;

void BarPlot::setValues(std::vector<float> values) {
  m_bars->values = std::move(values);
  m_bars->hovered = std::min(m_bars->hovered, valueCount() - 1);
  setEmpty(m_bars->values.empty());
  queueReplot();
}

int BarPlot::valueCount() const {
  return static_cast<int>(m_bars->values.size());
}

void BarPlot::setRange(std::optional<float> largest) {
  m_bars->range = largest;
  queueReplot();
}

int BarPlot::barAt(QPointF position) const {
  const QRectF area = m_bars->area();
  if (valueCount() == 0 || position.x() < area.left()) {
    return -1;
  }
  const int index = static_cast<int>((position.x() - area.left()) / m_bars->pitch());
  return index < valueCount() ? index : -1;
}

void BarPlot::setHovered(int index) {
  if (index == m_bars->hovered) {
    return;
  }
  m_bars->hovered = index;
  queueReplot();
  emit barHovered(index);
}

void BarPlot::restyle() {
  PlotWidget::restyle();
  m_bars->theme = theme();
  m_bars->font = font();
  m_bars->font.setPointSizeF(std::max(7.0, font().pointSizeF() * 0.9));
}

void BarPlot::layoutFor(QSize size) {
  m_bars->size = size;
}

void BarPlot::mouseMoveEvent(QMouseEvent* event) {
  setHovered(barAt(event->position()));
}

void BarPlot::leaveEvent(QEvent* /*event*/) {
  setHovered(-1);
}

void BarPlot::focusOutEvent(QFocusEvent* event) {
  PlotWidget::focusOutEvent(event);
  setHovered(-1);
}

void BarPlot::keyPressEvent(QKeyEvent* event) {
  const int last = valueCount() - 1;
  switch (event->key()) {
    case Qt::Key_Left:
      return setHovered(std::max(std::min(0, last), m_bars->hovered - 1));
    case Qt::Key_Right:
      return setHovered(std::min(last, m_bars->hovered + 1));
    case Qt::Key_Home:
      return setHovered(std::min(0, last));
    case Qt::Key_End:
      return setHovered(last);
    default:
      PlotWidget::keyPressEvent(event);
  }
}

}  // namespace embedscope::plots
