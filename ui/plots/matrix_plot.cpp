// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/matrix_plot.h"

#include "ui/plots/matrix_drawing.h"
#include "ui/plots/number_text.h"
#include "ui/plots/painted_layer.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace embedscope::plots {

namespace {

constexpr double kZoomStep = 1.25;
constexpr double kWheelNotch = 120;
constexpr int kDecimals = 4;

}  // namespace

MatrixPlot::MatrixPlot(QWidget* parent) : PlotWidget(parent) {
  canvas().plotLayout()->clear();
  m_drawing = new Drawing(canvas());
  new PaintedLayer(canvas(), [this](QCPPainter& painter) {
    if (!m_drawing->pointed || isExport(painter)) {
      return;
    }
    const QRectF cell = cellRect(*m_drawing->pointed);
    painter.setAntialiasing(false);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme().text, 1));
    painter.drawRect(cell.adjusted(0, 0, -1, -1));
    painter.setAntialiasing(true);
    painter.setFont(font());
    paintCard(painter, readout(*m_drawing->pointed), cell.center(), canvas().viewport(), theme());
  });
  setAccessibleName(tr("Matrix"));
  setEmpty(true);
  MatrixPlot::restyle();
}

MatrixPlot::~MatrixPlot() = default;

void MatrixPlot::setContent(Content content) {
  const auto shape = [](const Content& c) {
    return c.values ? std::pair(c.values->rows(), c.values->cols())
                    : std::pair(Eigen::Index{0}, Eigen::Index{0});
  };
  const bool isAnother = shape(content) != shape(m_drawing->content);
  m_drawing->content = std::move(content);
  m_drawing->changed();
  m_drawing->markedRow.reset();
  setEmpty(m_drawing->isEmpty());
  point({});
  if (isAnother) {
    fitView();
  }
  layoutFor(size());
  queueReplot();
}

const MatrixPlot::Content& MatrixPlot::content() const {
  return m_drawing->content;
}

void MatrixPlot::setMarkedRow(std::optional<Eigen::Index> row) {
  m_drawing->markedRow = row;
  queueReplot();
}

std::optional<MatrixPlot::Cell> MatrixPlot::cellAt(QPointF position) const {
  if (m_drawing->isEmpty() || !m_drawing->area().contains(position)) {
    return {};
  }
  const QPointF cells = m_drawing->cellsAt(position);
  return Cell{
      std::clamp<Eigen::Index>(static_cast<Eigen::Index>(cells.y()), 0, m_drawing->rowCount() - 1),
      std::clamp<Eigen::Index>(static_cast<Eigen::Index>(cells.x()), 0,
                               m_drawing->columnCount() - 1)};
}

QRectF MatrixPlot::cellRect(Cell cell) const {
  return m_drawing->pixelsOf(
      {static_cast<double>(cell.column), static_cast<double>(cell.row), 1, 1});
}

double MatrixPlot::rowsPerPixel() const {
  return m_drawing->rowsPerPixel();
}

QString MatrixPlot::readout(Cell cell) const {
  const Content& content = m_drawing->content;
  const QString number =
      numberText(static_cast<double>((*content.values)(cell.row, cell.column)), kDecimals);
  const QString row = content.rowLabel ? content.rowLabel(cell.row) : QString();
  const QString column = content.columnLabel ? content.columnLabel(cell.column) : QString();
  const QString name =
      content.valueName.isEmpty() ? number : content.valueName + QLatin1Char(' ') + number;
  return content.isSquare ? tr("%1\n%2\n%3").arg(row, column, name)
                          : tr("%1\ndimension %2:  %3").arg(row, column, name);
}

void MatrixPlot::fitView() {
  m_drawing->view = QRectF(0, 0, static_cast<double>(m_drawing->columnCount()),
                           static_cast<double>(m_drawing->rowCount()));
  m_drawing->tidyView();
  queueReplot();
}

void MatrixPlot::zoom(double factor, QPointF center) {
  if (m_drawing->isEmpty()) {
    return;
  }
  const QPointF at = m_drawing->cellsAt(center);
  QRectF& view = m_drawing->view;
  const QSizeF before = view.size();
  view.setSize(before / factor);
  m_drawing->tidyView();
  const QSizeF after = view.size();
  view.moveTopLeft({at.x() - (at.x() - view.left()) * after.width() / before.width(),
                    at.y() - (at.y() - view.top()) * after.height() / before.height()});
  m_drawing->tidyView();
  queueReplot();
}

void MatrixPlot::moveBy(double columns, double rows) {
  m_drawing->view.translate(columns, rows);
  m_drawing->tidyView();
  queueReplot();
}

void MatrixPlot::point(std::optional<Cell> cell) {
  if (cell != m_drawing->pointed) {
    m_drawing->pointed = cell;
    setAccessibleDescription(cell ? readout(*cell) : QString());
    queueOverlay();
  }
}

void MatrixPlot::restyle() {
  PlotWidget::restyle();
  m_drawing->theme = theme();
  m_drawing->font = font();
  layoutFor(size());
}

void MatrixPlot::layoutFor(QSize size) {
  m_drawing->layoutFor(size);
}

void MatrixPlot::mousePressEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton && !m_drawing->isEmpty()) {
    m_pressed = event->position();
    m_dragged = event->position();
    m_isDrag = false;
  }
}

void MatrixPlot::mouseMoveEvent(QMouseEvent* event) {
  const QPointF position = event->position();
  if (!m_pressed) {
    point(cellAt(position));
    return;
  }
  m_isDrag =
      m_isDrag || (position - *m_pressed).manhattanLength() >= QApplication::startDragDistance();
  if (m_isDrag) {
    point({});
    const QPointF way = m_drawing->cellsAt(m_dragged) - m_drawing->cellsAt(position);
    m_dragged = position;
    moveBy(way.x(), way.y());
  }
}

void MatrixPlot::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || !m_pressed) {
    return;
  }
  const std::optional<Cell> cell = cellAt(event->position());
  m_pressed.reset();
  if (!m_isDrag && cell) {
    emit cellClicked(cell->row, cell->column);
  }
}

void MatrixPlot::mouseDoubleClickEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) {
    m_pressed.reset();
    fitView();
  }
}

void MatrixPlot::wheelEvent(QWheelEvent* event) {
  zoom(std::pow(kZoomStep, event->angleDelta().y() / kWheelNotch), event->position());
  point(cellAt(event->position()));
  event->accept();
}

void MatrixPlot::moveCurrent(int key) {
  Cell cell = m_drawing->pointed.value_or(Cell{static_cast<Eigen::Index>(m_drawing->view.top()),
                                               static_cast<Eigen::Index>(m_drawing->view.left())});
  if (m_drawing->pointed) {
    cell.column += key == Qt::Key_Right ? 1 : key == Qt::Key_Left ? -1 : 0;
    cell.row += key == Qt::Key_Down ? 1 : key == Qt::Key_Up ? -1 : 0;
  }
  cell.row = std::clamp<Eigen::Index>(cell.row, 0, m_drawing->rowCount() - 1);
  cell.column = std::clamp<Eigen::Index>(cell.column, 0, m_drawing->columnCount() - 1);
  const QRectF& view = m_drawing->view;  // follows the cell
  const auto x = static_cast<double>(cell.column);
  const auto y = static_cast<double>(cell.row);
  moveBy(std::min(0.0, x - view.left()) + std::max(0.0, x + 1 - view.right()),
         std::min(0.0, y - view.top()) + std::max(0.0, y + 1 - view.bottom()));
  point(cell);
}

void MatrixPlot::keyPressEvent(QKeyEvent* event) {
  if (m_drawing->isEmpty()) {
    return PlotWidget::keyPressEvent(event);
  }
  switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
      return moveCurrent(event->key());
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      return zoom(kZoomStep, m_drawing->area().center());
    case Qt::Key_Minus:
      return zoom(1 / kZoomStep, m_drawing->area().center());
    case Qt::Key_0:
    case Qt::Key_F:
      return fitView();
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
      if (m_drawing->pointed) {
        emit cellClicked(m_drawing->pointed->row, m_drawing->pointed->column);
      }
      return;
    default:
      PlotWidget::keyPressEvent(event);
  }
}

void MatrixPlot::leaveEvent(QEvent* /*event*/) {
  point({});
}

void MatrixPlot::focusOutEvent(QFocusEvent* event) {
  PlotWidget::focusOutEvent(event);
  m_pressed.reset();
  point({});
}

}  // namespace embedscope::plots
