// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curves.h"

#include "ui/plots/curve_labels.h"
#include "ui/plots/curve_set.h"
#include "ui/plots/painted_layer.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <limits>

namespace embedscope::plots {

namespace {

constexpr int kTickWidth = 80;  // logical pixels that a number below the axis may need
constexpr int kMostTicks = 5;
constexpr double kDragThreshold = 4;
constexpr double kZoomStep = 1.25;
constexpr int kTopMargin = 12;

void setScale(QCPAxis& axis, bool logarithmic) {
  axis.setScaleType(logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
  axis.setTicker(logarithmic ? QSharedPointer<QCPAxisTicker>(new QCPAxisTickerLog)
                             : QSharedPointer<QCPAxisTicker>(new QCPAxisTicker));
}

}  // namespace

struct CurvePlot::View {
  bool following = true;
  double marker = std::numeric_limits<double>::quiet_NaN();
  std::optional<QPointF> pressed;
  std::optional<QPointF> pointer;
  bool dragging = false;
  QCPRange pressedX;
  QCPRange pressedY;
  PaintedLayer* labels = nullptr;
  PaintedLayer* readout = nullptr;
};

CurvePlot::CurvePlot(QWidget* parent)
    : PlotWidget(parent),
      m_curves(std::make_unique<CurveSet>(canvas())),
      m_view(std::make_unique<View>()) {
  canvas().axisRect()->setAutoMargins(QCP::msLeft | QCP::msBottom);
  m_view->labels = new PaintedLayer(canvas(), [this](QCPPainter& p) {
    paintMarker(p, canvas(), m_view->marker, theme());
    paintEndLabels(p, canvas(), *m_curves, font(), theme());
  });
  m_view->readout = new PaintedLayer(canvas(), [this](QCPPainter& p) {
    if (m_view->pointer && !m_view->dragging && !isExport(p)) {
      paintReadout(p, canvas(), *m_curves, *m_view->pointer, font(), theme());
    }
  });
  setAccessibleName(tr("Curves"));
  setToolTip(tr("Drag to move, turn the wheel to zoom; double-click to follow the data again"));
  setEmptyText(tr("Curves appear here while a model trains"));
  setEmpty(true);
  CurvePlot::restyle();
}

CurvePlot::~CurvePlot() = default;

CurvePlot::SeriesId CurvePlot::addSeries(const QString& name, const CurveStyle& style) {
  const SeriesId id = m_curves->add(name, style);
  m_curves->restyle(*m_curves->find(id), theme());
  dataChanged();
  return id;
}

void CurvePlot::removeSeries(SeriesId id) {
  m_curves->remove(id);
  dataChanged();
}

void CurvePlot::clearSeries() {
  m_curves->clear();
  setFollowing(true);
  dataChanged();
}

int CurvePlot::seriesCount() const {
  return static_cast<int>(m_curves->curves().size());
}

void CurvePlot::setSeriesStyle(SeriesId id, const CurveStyle& style) {
  if (Curve* curve = m_curves->find(id)) {
    curve->style = style;
    m_curves->restyle(*curve, theme());
    queueReplot();
  }
}

void CurvePlot::setSeriesName(SeriesId id, const QString& name) {
  if (Curve* curve = m_curves->find(id)) {
    curve->name = name;
    layoutFor(size());
    queueReplot();
  }
}

void CurvePlot::setSeriesVisible(SeriesId id, bool visible) {
  if (Curve* curve = m_curves->find(id)) {
    m_curves->setVisible(*curve, visible);
    dataChanged();
  }
}

void CurvePlot::append(SeriesId id, double x, double y) {
  if (Curve* curve = m_curves->find(id)) {
    m_curves->append(*curve, {&x, 1}, {&y, 1});
    dataChanged();
  }
}

void CurvePlot::append(SeriesId id, const std::vector<double>& x, const std::vector<double>& y) {
  if (Curve* curve = m_curves->find(id)) {
    m_curves->append(*curve, x, y);
    dataChanged();
  }
}

void CurvePlot::setSeries(SeriesId id, const std::vector<double>& x, const std::vector<double>& y) {
  if (Curve* curve = m_curves->find(id)) {
    m_curves->replace(*curve, x, y);
    dataChanged();
  }
}

void CurvePlot::cutAfter(double x) {
  for (const auto& [id, curve] : m_curves->curves()) {
    m_curves->cutAfter(*m_curves->find(id), x);
  }
  dataChanged();
}

void CurvePlot::setBand(SeriesId id, const std::vector<double>& x, const std::vector<double>& y,
                        const std::vector<double>& lower, const std::vector<double>& upper) {
  if (Curve* curve = m_curves->find(id)) {
    m_curves->replace(*curve, x, y);
    m_curves->replaceBand(*curve, lower, upper);
    m_curves->restyle(*curve, theme());
    dataChanged();
  }
}

void CurvePlot::setAxisTitles(const QString& x, const QString& y) {
  canvas().xAxis->setLabel(x);
  canvas().yAxis->setLabel(y);
  queueReplot();
}

void CurvePlot::setLogarithmic(bool on) {
  if (on == isLogarithmic()) {
    return;
  }
  m_curves->setLogarithmic(on);
  setScale(*canvas().yAxis, on);
  setFollowing(true);
  dataChanged();
}

void CurvePlot::setLogarithmicX(bool on) {
  setScale(*canvas().xAxis, on);
  setFollowing(true);
  dataChanged();
}

bool CurvePlot::isLogarithmic() const {
  return m_curves->isLogarithmic();
}

void CurvePlot::setMarker(double x) {
  m_view->marker = x;
  queueReplot();
}

bool CurvePlot::isFollowing() const {
  return m_view->following;
}

void CurvePlot::setFollowing(bool following) {
  if (following != m_view->following) {
    m_view->following = following;
    emit followingChanged(following);
  }
}

void CurvePlot::fitView() {
  setFollowing(true);
  dataChanged();
}

void CurvePlot::dataChanged() {
  setEmpty(!m_curves->hasPoints());
  if (m_view->following) {
    const bool isLogarithmicX = canvas().xAxis->scaleType() == QCPAxis::stLogarithmic;
    canvas().xAxis->setRange(
        m_curves->xRange().value_or(isLogarithmicX ? QCPRange(0.1, 1) : QCPRange(0, 1)));
    canvas().yAxis->setRange(
        m_curves->yRange().value_or(isLogarithmic() ? QCPRange(0.1, 1) : QCPRange(0, 1)));
  }
  layoutFor(size());
  queueReplot();
}

void CurvePlot::restyle() {
  PlotWidget::restyle();
  m_curves->restyle(theme());
  layoutFor(size());
}

void CurvePlot::layoutFor(QSize size) {
  const int right = endLabelWidth(*m_curves, font(), size.width());
  canvas().axisRect()->setMargins(QMargins(0, kTopMargin, right, 0));
  const int plotWidth = size.width() - right;
  canvas().xAxis->ticker()->setTickCount(std::clamp(plotWidth / kTickWidth, 2, kMostTicks));
}

void CurvePlot::mousePressEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) {
    m_view->pressed = event->position();
    m_view->pressedX = canvas().xAxis->range();
    m_view->pressedY = canvas().yAxis->range();
  }
}

void CurvePlot::mouseMoveEvent(QMouseEvent* event) {
  m_view->pointer = event->position();
  if (!m_view->pressed || !(event->buttons() & Qt::LeftButton)) {
    m_view->readout->redraw();
    return;
  }
  const QPointF way = event->position() - *m_view->pressed;
  m_view->dragging = m_view->dragging || way.manhattanLength() >= kDragThreshold;
  if (!m_view->dragging) {
    return;
  }
  setFollowing(false);
  canvas().xAxis->setRange(movedRange(*canvas().xAxis, m_view->pressedX, way.x()));
  canvas().yAxis->setRange(movedRange(*canvas().yAxis, m_view->pressedY, way.y()));
  queueReplot();
}

void CurvePlot::mouseReleaseEvent(QMouseEvent* event) {
  if (m_view->pressed && !m_view->dragging && event->button() == Qt::LeftButton) {
    emit xClicked(canvas().xAxis->pixelToCoord(event->position().x()));
  }
  m_view->pressed.reset();
  m_view->dragging = false;
}

void CurvePlot::mouseDoubleClickEvent(QMouseEvent* /*event*/) {
  fitView();
}

void CurvePlot::zoom(double factor, QPointF center) {
  const QRect box = canvas().axisRect()->rect();
  setFollowing(false);
  if (center.x() >= box.left()) {
    canvas().xAxis->scaleRange(1 / factor, canvas().xAxis->pixelToCoord(center.x()));
  }
  if (center.y() <= box.bottom()) {
    canvas().yAxis->scaleRange(1 / factor, canvas().yAxis->pixelToCoord(center.y()));
  }
  queueReplot();
}

void CurvePlot::wheelEvent(QWheelEvent* event) {
  zoom(std::pow(kZoomStep, event->angleDelta().y() / 120.0), event->position());
  event->accept();
}

void CurvePlot::moveBy(double x, double y) {
  setFollowing(false);
  canvas().xAxis->setRange(movedRange(*canvas().xAxis, canvas().xAxis->range(), x));
  canvas().yAxis->setRange(movedRange(*canvas().yAxis, canvas().yAxis->range(), y));
  queueReplot();
}

void CurvePlot::keyPressEvent(QKeyEvent* event) {
  constexpr double kStep = 40;
  const QPointF center = canvas().axisRect()->rect().center();
  switch (event->key()) {
    case Qt::Key_0:
    case Qt::Key_F:
      return fitView();
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      return zoom(kZoomStep, center);
    case Qt::Key_Minus:
      return zoom(1 / kZoomStep, center);
    case Qt::Key_Left:
      return moveBy(kStep, 0);
    case Qt::Key_Right:
      return moveBy(-kStep, 0);
    case Qt::Key_Up:
      return moveBy(0, kStep);
    case Qt::Key_Down:
      return moveBy(0, -kStep);
    default:
      PlotWidget::keyPressEvent(event);
  }
}

void CurvePlot::leaveEvent(QEvent* /*event*/) {
  m_view->pointer.reset();
  m_view->readout->redraw();
}

}  // namespace embedscope::plots
