// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/point_cloud.h"

#include "ui/plots/painted_layer.h"
#include "ui/plots/plane_view.h"
#include "ui/plots/point_images.h"
#include "ui/plots/point_layer.h"
#include "ui/plots/point_lines.h"
#include "ui/plots/point_marks.h"
#include "ui/plots/point_picker.h"
#include "ui/plots/point_split.h"
#include "ui/plots/space_steering.h"

#include <QContextMenuEvent>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QTimer>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace embedscope::plots {

namespace {

constexpr double kReach = 10;         // pixels from the pointer to the point it means
constexpr double kDragThreshold = 4;  // pixels
constexpr double kZoomStep = 1.25;    // of one wheel notch or key
constexpr double kPanStep = 48;       // pixels of one arrow key
constexpr double kFollowPart = 0.25;  // of the way to the target, each frame
constexpr int kFrameMs = 16;
constexpr qint64 kCrowd = 600;  // more visible points leave no room for labels
constexpr int kMostCenterSteps = 24;
constexpr qint64 kCompany = 40;  // after a jump at least so many points are in view, if there are
constexpr double kCompanyStep = 1.3;
constexpr double kTurnStep = std::numbers::pi / 24;  // of one arrow key in space
constexpr double kTurnPerSecond = std::numbers::pi / 15;
constexpr double kLongestTurn = 0.1;  // seconds between two frames that are made up for
constexpr QMargins kMargins(56, 12, 16, 32);
constexpr QMargins kSpaceMargins(8, 8, 8, 8);
constexpr int kTitleRoom = 20;

}  // namespace

class PointCloudState {
 public:
  PointLayer* layer = nullptr;
  std::optional<PointPicker> picker;
  PointCloudPlot::Points points;          // all of them
  std::optional<table::RowSet> isolated;  // those that are there
  PointMarks marks;
  std::shared_ptr<const PointLines> lines;
  ImageProvider imageOf;
  bool imagesAsPoints = false;
  PlaneView view;
  bool fitted = false;
  bool autoFit = false;
  bool following = true;
  bool keepAspect = true;
  std::optional<qint64> framed;  // the row of a jump whose highlighted rows are not known yet
  std::optional<QPointF> pressed;
  Qt::MouseButton button = Qt::NoButton;
  QPointF lastDrag;
  bool dragging = false;
  bool panning = false;  // while dragging: the view moves; else the cloud turns
  QTimer followTimer;
  std::optional<SpaceSteering> steering;
  std::array<QString, 3> titles;
  QTimer turnTimer;
  QElapsedTimer turnClock;

  /// Around all points, and the extra mark if it is not so far off that they would become small.
  /// There must be points.
  QRectF everything() const {
    QRectF all = *layer->bounds();
    if (marks.extra) {
      const QPointF place = layer->planeOf(*marks.extra);
      const QRectF around = all.adjusted(-all.width(), -all.height(), all.width(), all.height());
      if (around.contains(place)) {
        all.setCoords(std::min(all.left(), place.x()), std::min(all.top(), place.y()),
                      std::max(all.right(), place.x()), std::max(all.bottom(), place.y()));
      }
    }
    return all;
  }
};

PointCloudPlot::PointCloudPlot(QWidget* parent)
    : PlotWidget(parent), m_state(std::make_unique<PointCloudState>()) {
  canvas().axisRect()->setAutoMargins(QCP::msNone);
  m_state->layer = new PointLayer(canvas().xAxis, canvas().yAxis);
  m_state->picker.emplace(*this, *m_state->layer, [this] { queueOverlay(); });
  m_state->steering.emplace(*m_state->layer, m_state->view);
  new PaintedLayer(canvas(), [this](QCPPainter& painter) {
    painter.setClipRect(m_state->view.box());
    paintOverlays(painter);
    paintPointMarks(painter, *m_state->layer, m_state->marks, font(), theme());
    painter.setClipping(false);
    if (!isExport(painter)) {
      m_state->picker->paint(painter, rect(), theme());
      paintHovered(painter, *m_state->layer, m_state->marks, rect(), font(), theme());
      paintHoveredImage(painter);
    }
  });
  m_state->followTimer.setInterval(kFrameMs);
  connect(&m_state->followTimer, &QTimer::timeout, this, &PointCloudPlot::followPoints);
  m_state->turnTimer.setInterval(kFrameMs);
  connect(&m_state->turnTimer, &QTimer::timeout, this, &PointCloudPlot::turnOn);
  setContextMenuPolicy(Qt::DefaultContextMenu);  // a drag with the right button pans
  setAccessibleName(tr("Point cloud"));
  setToolTip({});
  setEmpty(true);
  PointCloudPlot::restyle();
}

PointCloudPlot::~PointCloudPlot() = default;

void PointCloudPlot::setPoints(base::RowMatrix xy) {
  setPoints(std::make_shared<const base::RowMatrix>(std::move(xy)));
}

void PointCloudPlot::setPoints(Points points) {
  m_state->points = std::move(points);
  showPoints();
}

void PointCloudPlot::setIsolatedRows(std::optional<table::RowSet> rows) {
  m_state->isolated = std::move(rows);
  showPoints();
}

/// Those that are isolated, or all.
void PointCloudPlot::showPoints() {
  Points shown = m_state->points;
  if (shown && m_state->isolated) {
    shown = std::make_shared<const base::RowMatrix>(onlyRows(*shown, *m_state->isolated));
  }
  const bool wasSpace = isSpace();
  m_state->layer->setPoints(std::move(shown));
  if (isSpace() != wasSpace) {
    m_state->fitted = false;
    m_state->turnTimer.stop();
    arrangeAxes();
  }
  const bool empty = !m_state->layer->bounds();
  setEmpty(empty);
  if (empty) {
    m_state->fitted = false;
  } else if (!m_state->fitted) {
    fitView();
  } else if (m_state->autoFit && m_state->following) {
    m_state->followTimer.start();
  }
  queueReplot();
}

qint64 PointCloudPlot::pointCount() const {
  return m_state->layer->count();
}

void PointCloudPlot::setColorIndices(std::vector<int> categories, OwnColors own) {
  m_state->layer->setCategories(std::move(categories), std::move(own));
  queueReplot();
}

void PointCloudPlot::setColors(std::vector<QRgb> colors) {
  m_state->layer->setColors(std::move(colors));
  queueReplot();
}

void PointCloudPlot::setSizes(std::vector<float> sizes) {
  m_state->layer->setSizes(std::move(sizes));
  queueReplot();
}

void PointCloudPlot::setShapes(std::vector<int> shapes) {
  m_state->layer->setShapes(std::move(shapes));
  queueReplot();
}

void PointCloudPlot::setLabelImportance(std::vector<float> importance) {
  m_state->marks.importance = std::move(importance);
  queueOverlay();
}

void PointCloudPlot::setLabelProvider(LabelProvider provider) {
  m_state->marks.label = std::move(provider);
  queueOverlay();
}

void PointCloudPlot::setHighlighted(std::vector<qint64> rows) {
  m_state->marks.highlighted = std::move(rows);
  if (m_state->framed && m_state->framed == m_state->marks.selected &&
      !m_state->marks.highlighted.empty()) {
    centerOn(*m_state->framed);
  }
  queueOverlay();
}

void PointCloudPlot::setDistant(std::vector<qint64> rows) {
  m_state->marks.distant = std::move(rows);
  queueOverlay();
}

void PointCloudPlot::setExtraMark(std::optional<PlaceMark> mark) {
  m_state->marks.extra = std::move(mark);
  queueOverlay();
}

const std::optional<PlaceMark>& PointCloudPlot::extraMark() const {
  return m_state->marks.extra;
}

void PointCloudPlot::setLines(std::shared_ptr<const PointLines> lines) {
  m_state->lines = std::move(lines);
  queueOverlay();
}

void PointCloudPlot::setImages(ImageProvider imageOf, bool asPoints) {
  m_state->imageOf = std::move(imageOf);
  m_state->imagesAsPoints = asPoints;
  queueOverlay();
}

/// Lines and images, over the points and under what is emphasized.
void PointCloudPlot::paintOverlays(QCPPainter& painter) const {
  if (m_state->lines) {
    paintPointLines(painter, *m_state->layer, *m_state->lines, m_state->marks.selected, theme());
  }
  if (m_state->imageOf && m_state->imagesAsPoints) {
    paintPointImages(painter, *m_state->layer, m_state->imageOf, theme());
  }
}

void PointCloudPlot::paintHoveredImage(QCPPainter& painter) const {
  const qint64 row = m_state->marks.hovered;
  const std::optional<QPointF> pixel = positionOf(row);
  if (!m_state->imageOf || !pixel) {
    return;
  }
  if (const QImage image = m_state->imageOf(row); !image.isNull()) {
    paintImageCard(painter, image, *pixel, rect(), theme());
  }
}

bool PointCloudPlot::isExtraMarkInView() const {
  const auto& mark = m_state->marks.extra;
  return mark && m_state->view.plane().contains(m_state->layer->planeOf(*mark));
}

void PointCloudPlot::setSelected(std::optional<qint64> row) {
  m_state->marks.selected = row;
  if (m_state->framed != row) {
    m_state->framed.reset();
  }
  queueOverlay();
}

std::optional<qint64> PointCloudPlot::selected() const {
  return m_state->marks.selected;
}

void PointCloudPlot::setTool(ToolKind tool) {
  m_state->picker->take(tool);
}

ToolKind PointCloudPlot::tool() const {
  return m_state->picker->tool();
}

void PointCloudPlot::setSelectedRows(table::RowSet rows) {
  m_state->layer->setSelectedRows(std::move(rows));
  queueReplot();
}

const table::RowSet& PointCloudPlot::selectedRows() const {
  return m_state->layer->selectedRows();
}

void PointCloudPlot::setOthersGrey(bool on) {
  m_state->layer->setOthersGrey(on);
  queueReplot();
}

void PointCloudPlot::setLinksVisible(bool visible) {
  m_state->marks.linksVisible = visible;
  queueOverlay();
}

void PointCloudPlot::setAutoFit(bool on) {
  m_state->autoFit = on;
  m_state->following = true;
  if (on && m_state->layer->bounds()) {
    m_state->followTimer.start();
  }
}

void PointCloudPlot::setKeepAspectRatio(bool keep) {
  m_state->keepAspect = keep;
  if (keep) {
    m_state->view.equalizeUnits();
  }
  applyView();
}

void PointCloudPlot::setAxisTitles(const QString& x, const QString& y, const QString& z) {
  m_state->titles = {x, y, z};
  arrangeAxes();
  queueReplot();
}

void PointCloudPlot::arrangeAxes() {
  const auto& [x, y, z] = m_state->titles;
  canvas().xAxis->setLabel(x);
  canvas().yAxis->setLabel(y);
  m_state->layer->setSpaceTitles(m_state->titles);
  setAxesVisible(!isSpace());
  layoutFor(size());
}

bool PointCloudPlot::isSpace() const {
  return m_state->layer->isSpace();
}

const SpaceCamera& PointCloudPlot::camera() const {
  return m_state->layer->camera();
}

bool PointCloudPlot::isTurning() const {
  return m_state->turnTimer.isActive();
}

QRectF PointCloudPlot::view() const {
  return m_state->view.plane();
}

void PointCloudPlot::setView(const QRectF& plane) {
  pauseFollowing();
  m_state->fitted = true;
  m_state->view.show(plane, m_state->keepAspect);
  applyView();
}

std::optional<QPointF> PointCloudPlot::positionOf(qint64 row) const {
  const auto point = m_state->layer->pointOf(row);
  return point ? std::optional(m_state->view.toPixel(*point)) : std::nullopt;
}

qint64 PointCloudPlot::pointAt(QPointF position) const {
  return m_state->layer->nearest(position, kReach);
}

void PointCloudPlot::replotNow() {
  canvas().replot(QCustomPlot::rpImmediateRefresh);
}

void PointCloudPlot::fitView() {
  m_state->following = true;
  m_state->followTimer.stop();
  m_state->framed.reset();
  if (m_state->layer->bounds()) {
    m_state->fitted = true;
    m_state->view.fit(m_state->everything(), m_state->keepAspect);
    applyView();
  }
}

void PointCloudPlot::centerOn(qint64 row) {
  const auto point = m_state->layer->pointOf(row);
  if (!point) {
    return;
  }
  pauseFollowing();
  PlaneView widest = m_state->view;
  widest.fit(m_state->everything(), m_state->keepAspect);
  if (row != m_state->marks.selected || !frameHighlighted(*point, widest)) {
    m_state->framed = row;
    m_state->view.setCenter(*point);
    for (int step = 0; step < kMostCenterSteps && isCrowded(); ++step) {
      m_state->view.zoom(2, m_state->view.box().center());
    }
  }
  showCompany(widest);
  applyView();
}

bool PointCloudPlot::frameHighlighted(QPointF selected, const PlaneView& widest) {
  QPointF low = selected;
  QPointF high = selected;
  bool any = false;
  for (const qint64 row : m_state->marks.highlighted) {
    if (const auto point = m_state->layer->pointOf(row)) {
      low = {std::min(low.x(), point->x()), std::min(low.y(), point->y())};
      high = {std::max(high.x(), point->x()), std::max(high.y(), point->y())};
      any = true;
    }
  }
  if (any) {
    m_state->view.frame(QRectF(low, high), widest, m_state->keepAspect);
  }
  return any;
}

void PointCloudPlot::showCompany(const PlaneView& widest) {
  const qint64 wanted = std::min(kCompany, m_state->layer->count());
  while (!m_state->view.isAsWideAs(widest) &&
         m_state->layer->countInside(m_state->view.plane()) < wanted) {
    m_state->view.zoom(1 / kCompanyStep, m_state->view.box().center());
  }
}

bool PointCloudPlot::isCrowded() const {
  return m_state->layer->countNear(m_state->view.plane()) > kCrowd;
}

void PointCloudPlot::zoomBy(double factor) {
  pauseFollowing();
  m_state->view.zoom(factor, m_state->view.box().center());
  applyView();
}

void PointCloudPlot::moveByPixels(QPointF way) {
  pauseFollowing();
  m_state->view.moveByPixels(way);
  applyView();
}

void PointCloudPlot::holdWhatIsSeen() {
  if (m_state->following) {
    m_state->steering->holdEverything();
  } else {
    m_state->steering->holdView(m_state->marks.selected.value_or(-1));
  }
}

void PointCloudPlot::turnBy(double right, double down) {
  if (isSpace()) {
    holdWhatIsSeen();
    m_state->steering->turn(right, down);
    applyView();
  }
}

void PointCloudPlot::lookAlong(SpaceAxis axis) {
  if (isSpace()) {
    holdWhatIsSeen();
    m_state->steering->lookAlong(axis);
    applyView();
  }
}

void PointCloudPlot::setCamera(const SpaceCamera& camera) {
  m_state->layer->setCamera(camera);
  applyView();
}

void PointCloudPlot::setPerspective(bool on) {
  holdWhatIsSeen();
  m_state->steering->setPerspective(on);
  if (m_state->following) {
    fitView();
  }
  applyView();
}

void PointCloudPlot::setTurning(bool on) {
  if (on && isSpace()) {
    holdWhatIsSeen();
    m_state->turnClock.start();
    m_state->turnTimer.start();
  } else {
    m_state->turnTimer.stop();
  }
  emit viewChanged();
}

void PointCloudPlot::turnOn() {
  const double seconds = static_cast<double>(m_state->turnClock.restart()) / 1000;
  if (!m_state->dragging && isVisible()) {
    m_state->steering->turn(kTurnPerSecond * std::min(seconds, kLongestTurn), 0);
    applyView();
  }
}

void PointCloudPlot::pauseFollowing() {
  m_state->following = false;
  m_state->followTimer.stop();
  m_state->framed.reset();
}

void PointCloudPlot::followPoints() {
  PlaneView target = m_state->view;
  if (!m_state->layer->bounds()) {
    m_state->followTimer.stop();
    return;
  }
  target.fit(m_state->everything(), m_state->keepAspect);
  m_state->view.approach(target, kFollowPart);
  if (m_state->view.looksLike(target)) {
    m_state->followTimer.stop();
  }
  applyView();
}

void PointCloudPlot::applyView() {
  m_state->layer->setView(m_state->view);
  const QRectF plane = m_state->view.plane();
  canvas().xAxis->setRange(plane.left(), plane.right());
  canvas().yAxis->setRange(plane.top(), plane.bottom());
  queueReplot();
  emit viewChanged();
}

void PointCloudPlot::restyle() {
  PlotWidget::restyle();
  m_state->layer->setTheme(theme());
}

void PointCloudPlot::layoutFor(QSize size) {
  QMargins margins = isSpace() ? kSpaceMargins : kMargins;
  if (!isSpace()) {
    margins.setBottom(margins.bottom() + (canvas().xAxis->label().isEmpty() ? 0 : kTitleRoom));
    margins.setLeft(margins.left() + (canvas().yAxis->label().isEmpty() ? 0 : kTitleRoom));
  }
  canvas().axisRect()->setMargins(margins);
  m_state->view.setBox(
      QRectF(QPointF(0, 0), QSizeF(size).expandedTo(QSizeF(120, 80))).marginsRemoved(margins));
  if (m_state->following) {
    fitView();
  }
  applyView();
}

void PointCloudPlot::setHovered(qint64 row, QPointF position) {
  if (row != m_state->marks.hovered) {
    m_state->marks.hovered = row;
    queueOverlay();
    emit pointHovered(row, position);
  }
}

void PointCloudPlot::mousePressEvent(QMouseEvent* event) {
  if (m_state->picker->press(*event) || m_state->pressed || event->button() == Qt::NoButton) {
    return;
  }
  m_state->button = event->button();
  m_state->pressed = m_state->lastDrag = event->position();
  m_state->panning = !isSpace() || event->button() != Qt::LeftButton ||
                     event->modifiers().testFlag(Qt::ShiftModifier);
}

void PointCloudPlot::mouseMoveEvent(QMouseEvent* event) {
  if (m_state->picker->move(*event)) {
    setHovered(-1, {});
    return;
  }
  const QPointF position = event->position();
  if (!m_state->pressed || !(event->buttons() & m_state->button)) {
    setHovered(pointAt(position), position);
    return;
  }
  if (!m_state->dragging) {
    m_state->dragging = (position - *m_state->pressed).manhattanLength() >= kDragThreshold;
    if (!m_state->dragging) {
      return;
    }
    setCursor(Qt::ClosedHandCursor);
    setHovered(-1, position);
    holdWhatIsSeen();
  }
  const QPointF way = position - m_state->lastDrag;
  m_state->lastDrag = position;
  if (m_state->panning) {
    moveByPixels(way);
  } else {
    m_state->steering->turnByPixels(way);
    applyView();
  }
}

void PointCloudPlot::mouseReleaseEvent(QMouseEvent* event) {
  if (m_state->picker->release(*event) || !m_state->pressed || event->button() != m_state->button) {
    return;
  }
  const bool clicked = !m_state->dragging;
  m_state->pressed.reset();
  m_state->dragging = false;
  unsetCursor();
  holdWhatIsSeen();
  if (clicked && event->button() == Qt::LeftButton) {
    const qint64 row = pointAt(event->position());
    if (!m_state->picker->click(row, event->modifiers())) {
      emit pointClicked(row);
    }
  } else if (clicked && event->button() == Qt::RightButton) {
    showMenu(event->globalPosition().toPoint());
  }
}

void PointCloudPlot::contextMenuEvent(QContextMenuEvent* event) {
  // With the mouse the menu waits for the button to be released without a drag.
  if (event->reason() != QContextMenuEvent::Mouse) {
    showMenu(event->globalPos());
  }
}

void PointCloudPlot::showMenu(QPoint globalPosition) {
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->addActions(actions());
  menu->popup(globalPosition);
}

void PointCloudPlot::mouseDoubleClickEvent(QMouseEvent* event) {
  // While a tool is in hand, two quick strokes are no double click.
  if (!m_state->picker->press(*event)) {
    fitView();
  }
}

void PointCloudPlot::wheelEvent(QWheelEvent* event) {
  if (m_state->picker->wheel(*event)) {
    return event->accept();
  }
  pauseFollowing();
  m_state->view.zoom(std::pow(kZoomStep, event->angleDelta().y() / 120.0), event->position());
  applyView();
  event->accept();
}

bool PointCloudPlot::handleSpaceKey(int key) {
  switch (key) {
    case Qt::Key_Left:
      turnBy(-kTurnStep, 0);
      return true;
    case Qt::Key_Right:
      turnBy(kTurnStep, 0);
      return true;
    case Qt::Key_Up:
      turnBy(0, -kTurnStep);
      return true;
    case Qt::Key_Down:
      turnBy(0, kTurnStep);
      return true;
    case Qt::Key_P:
      setPerspective(!camera().perspective());
      return true;
    case Qt::Key_X:
      lookAlong(SpaceAxis::X);
      return true;
    case Qt::Key_Y:
      lookAlong(SpaceAxis::Y);
      return true;
    case Qt::Key_Z:
      lookAlong(SpaceAxis::Z);
      return true;
    case Qt::Key_O:
      setTurning(!isTurning());
      return true;
    default:
      return false;
  }
}

void PointCloudPlot::keyPressEvent(QKeyEvent* event) {
  if (m_state->picker->pressKey(*event)) {
    return;
  }
  const bool plain =
      !(event->modifiers() & (Qt::ShiftModifier | Qt::ControlModifier | Qt::AltModifier));
  if (isSpace() && plain && handleSpaceKey(event->key())) {
    return;
  }
  switch (event->key()) {
    case Qt::Key_0:
    case Qt::Key_F:
      return fitView();
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      return zoomBy(kZoomStep);
    case Qt::Key_Minus:
      return zoomBy(1 / kZoomStep);
    case Qt::Key_Left:
      return moveByPixels({kPanStep, 0});
    case Qt::Key_Right:
      return moveByPixels({-kPanStep, 0});
    case Qt::Key_Up:
      return moveByPixels({0, kPanStep});
    case Qt::Key_Down:
      return moveByPixels({0, -kPanStep});
    case Qt::Key_Escape:
      emit pointClicked(-1);
      return;
    default:
      PlotWidget::keyPressEvent(event);
  }
}

void PointCloudPlot::keyReleaseEvent(QKeyEvent* event) {
  if (!m_state->picker->releaseKey(*event)) {
    PlotWidget::keyReleaseEvent(event);
  }
}

void PointCloudPlot::leaveEvent(QEvent* /*event*/) {
  m_state->picker->leave();
  setHovered(-1, {});
}

}  // namespace embedscope::plots
