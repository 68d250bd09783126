// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/difference_plot.h"

#include "ui/plots/difference_painting.h"
#include "ui/plots/number_text.h"
#include "ui/plots/painted_layer.h"

#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>
#include <limits>

namespace embedscope::plots {

namespace {

constexpr int kTopMargin = 28;  // room for the words of the mark
constexpr int kRightMargin = 16;
constexpr double kAir = 0.12;
constexpr double kReach = 40;  // pixels within which the pointer finds a point
constexpr int kBandAlpha = 36;

/// Pixels of x or y, or NaN.
double pixelOf(const QCPAxis& axis, double value) {
  return std::isfinite(value) ? axis.coordToPixel(value) : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

struct DifferencePlot::View {
  std::vector<double> values;
  std::vector<DifferencePoint> points;
  std::optional<MarkedPlace> mark;
  QString above;
  QString below;
  std::optional<int> chosen;
  std::optional<QPointF> pointer;
  QCPGraph* lower = nullptr;
  QCPGraph* upper = nullptr;
  QCPGraph* line = nullptr;
  PaintedLayer* readout = nullptr;

  std::optional<int> pointAt(const QCPAxis& axis, double pixel) const;
};

DifferencePlot::DifferencePlot(QWidget* parent)
    : PlotWidget(parent), m_view(std::make_unique<View>()) {
  canvas().axisRect()->setAutoMargins(QCP::msLeft | QCP::msBottom);
  canvas().xAxis->setScaleType(QCPAxis::stLogarithmic);
  m_view->lower = canvas().addGraph();
  m_view->upper = canvas().addGraph();
  m_view->upper->setChannelFillGraph(m_view->lower);
  m_view->line = canvas().addGraph();
  new PaintedLayer(canvas(), [this](QCPPainter& painter) {
    if (!m_view->points.empty()) {
      if (m_view->mark) {
        paintMark(painter, canvas(), *m_view->mark, font(), theme());
      }
      paintSides(painter, canvas(), m_view->above, m_view->below, font(), theme());
      paintPoints(painter, canvas(), m_view->points, theme());
    }
  });
  m_view->readout = new PaintedLayer(canvas(), [this](QCPPainter& painter) {
    const std::optional<int> at =
        m_view->pointer ? m_view->pointAt(*canvas().xAxis, m_view->pointer->x()) : m_view->chosen;
    if (!at || isExport(painter)) {
      return;
    }
    const DifferencePoint& point = m_view->points[static_cast<std::size_t>(*at)];
    const QPointF place(pixelOf(*canvas().xAxis, point.x),
                        pixelOf(*canvas().yAxis, std::isfinite(point.mean) ? point.mean : 0));
    painter.setFont(font());
    paintCard(painter, readoutOf(point), place, canvas().viewport(), theme());
  });
  setAccessibleName(tr("Differences"));
  setToolTip(
      tr("Filled points differ beyond noise: their 95 % interval does not reach zero. "
         "Arrow keys read the points out."));
  setEmpty(true);
  DifferencePlot::restyle();
}

DifferencePlot::~DifferencePlot() = default;

void DifferencePlot::setAxisTitles(const QString& x, const QString& y) {
  canvas().xAxis->setLabel(x);
  canvas().yAxis->setLabel(y);
  queueReplot();
}

void DifferencePlot::setSides(const QString& above, const QString& below) {
  m_view->above = above;
  m_view->below = below;
  queueReplot();
}

void DifferencePlot::setValues(const std::vector<double>& values) {
  m_view->values = values;
  rebuild();
}

void DifferencePlot::setPoints(std::vector<DifferencePoint> points) {
  m_view->points = std::move(points);
  choose({});
  rebuild();
}

int DifferencePlot::pointCount() const {
  return static_cast<int>(m_view->points.size());
}

void DifferencePlot::setMark(const std::optional<MarkedPlace>& mark) {
  m_view->mark = mark;
  queueReplot();
}

std::optional<int> DifferencePlot::chosenPoint() const {
  return m_view->chosen;
}

void DifferencePlot::rebuild() {
  setEmpty(m_view->points.empty());
  for (QCPGraph* graph : {m_view->lower, m_view->upper, m_view->line}) {
    graph->data()->clear();
  }
  constexpr double kGap = std::numeric_limits<double>::quiet_NaN();
  for (const DifferencePoint& point : m_view->points) {
    const bool known = std::isfinite(point.lower) && std::isfinite(point.upper);
    m_view->lower->addData(point.x, known ? point.lower : kGap);
    m_view->upper->addData(point.x, known ? point.upper : kGap);
    m_view->line->addData(point.x, std::isfinite(point.mean) ? point.mean : kGap);
  }
  fitAxes();
  queueReplot();
}

void DifferencePlot::fitAxes() {
  std::vector<double> values = m_view->values;
  double low = 0;
  double high = 0;
  for (const DifferencePoint& point : m_view->points) {
    values.push_back(point.x);
    for (const double y : {point.mean, point.lower, point.upper}) {
      low = std::isfinite(y) ? std::min(low, y) : low;
      high = std::isfinite(y) ? std::max(high, y) : high;
    }
  }
  std::erase_if(values, [](double x) { return !std::isfinite(x) || x <= 0; });
  std::sort(values.begin(), values.end());
  const double first = values.empty() ? 1 : values.front();
  const double last = values.empty() ? 10 : values.back();
  const double air = std::max(1.15, std::pow(last / first, 0.05));
  canvas().xAxis->setRange(first / air, last * air);
  const auto ticker = QSharedPointer<QCPAxisTickerText>::create();
  for (const double x : values) {
    ticker->addTick(x, tickText(x));
  }
  canvas().xAxis->setTicker(ticker);
  const double width = high > low ? high - low : 2;
  canvas().yAxis->setRange(high > low ? low - kAir * width : -1,
                           high > low ? high + kAir * width : 1);
}

void DifferencePlot::restyle() {
  PlotWidget::restyle();
  QColor fill = theme().accent;
  fill.setAlpha(kBandAlpha);
  m_view->upper->setBrush(fill);
  m_view->lower->setPen(Qt::NoPen);
  m_view->upper->setPen(Qt::NoPen);
  m_view->line->setPen(QPen(theme().accent, 1.6));
  canvas().yAxis->grid()->setZeroLinePen(QPen(theme().mutedText, 1.2));
  canvas().xAxis->grid()->setPen(Qt::NoPen);
}

void DifferencePlot::layoutFor(QSize /*size*/) {
  canvas().axisRect()->setMargins(QMargins(0, kTopMargin, kRightMargin, 0));
}

std::optional<int> DifferencePlot::View::pointAt(const QCPAxis& axis, double pixel) const {
  std::optional<int> nearest;
  double best = kReach;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double distance = std::abs(axis.coordToPixel(points[i].x) - pixel);
    if (distance < best) {
      best = distance;
      nearest = static_cast<int>(i);
    }
  }
  return nearest;
}

QString DifferencePlot::readoutOf(const DifferencePoint& point) const {
  QString text = QStringLiteral("%1 %2\n").arg(canvas().xAxis->label(), tickText(point.x));
  if (!std::isfinite(point.mean)) {
    return text + tr("no difference: runs diverged");
  }
  text += tr("difference %1").arg(shortNumberText(point.mean));
  if (std::isfinite(point.lower) && std::isfinite(point.upper)) {
    text += tr("\n95 %: %1 to %2").arg(shortNumberText(point.lower), shortNumberText(point.upper));
    text += point.isBeyondNoise() ? tr("\nbeyond noise") : tr("\nwithin noise");
  }
  return text;
}

void DifferencePlot::choose(std::optional<int> point) {
  m_view->chosen = point;
  setAccessibleDescription(point ? readoutOf(m_view->points[static_cast<std::size_t>(*point)])
                                 : QString());
  queueOverlay();
}

void DifferencePlot::mouseMoveEvent(QMouseEvent* event) {
  m_view->pointer = event->position();
  queueOverlay();
}

void DifferencePlot::leaveEvent(QEvent* /*event*/) {
  m_view->pointer.reset();
  queueOverlay();
}

void DifferencePlot::keyPressEvent(QKeyEvent* event) {
  const int step = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
  if (step == 0 || m_view->points.empty()) {
    PlotWidget::keyPressEvent(event);
    return;
  }
  m_view->pointer.reset();
  const int last = pointCount() - 1;
  const int from = m_view->chosen.value_or(step > 0 ? -1 : last + 1);
  choose(std::clamp(from + step, 0, last));
}

void DifferencePlot::focusOutEvent(QFocusEvent* event) {
  PlotWidget::focusOutEvent(event);
  choose({});
}

}  // namespace embedscope::plots
