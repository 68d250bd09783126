// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/heat_map.h"

#include "ui/plots/heat_map_cells.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>

namespace embedscope::plots {

HeatMap::HeatMap(QWidget* parent) : PlotWidget(parent) {
  canvas().plotLayout()->clear();
  m_cells = new HeatMapCells(canvas());
  setAccessibleName(tr("Heat map"));
  setEmptyText(tr("The numbers appear here"));
  setEmpty(true);
  HeatMap::restyle();
}

HeatMap::~HeatMap() = default;

void HeatMap::setRows(std::vector<HeatMapRow> rows) {
  const auto oldHint = sizeHint();
  m_cells->rows = std::move(rows);
  m_cells->rowsChanged();
  m_cells->hovered.reset();
  m_cells->current.reset();
  setEmpty(m_cells->rows.empty());
  if (sizeHint() != oldHint) {
    updateGeometry();
  }
  refresh();
}

const std::vector<HeatMapRow>& HeatMap::rows() const {
  return m_cells->rows;
}

int HeatMap::rowCount() const {
  return static_cast<int>(m_cells->rows.size());
}

int HeatMap::columnCount() const {
  return m_cells->columnCount();
}

void HeatMap::setColumnLabels(const QStringList& labels) {
  m_cells->columnLabels = labels;
  refresh();
}

void HeatMap::setTitle(const QString& title) {
  m_cells->title = title;
  refresh();
}

void HeatMap::setRange(std::optional<float> largest) {
  m_cells->range = largest;
  queueReplot();
}

float HeatMap::largestMagnitude() const {
  return static_cast<float>(m_cells->largestMagnitude());
}

void HeatMap::setHighlightedCell(std::optional<Cell> cell) {
  m_cells->highlightedCell = cell;
  queueReplot();
}

void HeatMap::setHighlightedColumn(std::optional<int> column) {
  m_cells->highlightedColumn = column;
  queueReplot();
}

void HeatMap::setOutlinedRow(std::optional<int> row) {
  m_cells->outlinedRow = row;
  queueReplot();
}

void HeatMap::setFoldedColumns(std::vector<int> columns) {
  m_cells->foldedColumns = std::move(columns);
  queueReplot();
}

void HeatMap::setDecimals(int decimals) {
  m_cells->decimals = decimals;
  refresh();
}

void HeatMap::setLargestCell(int pixels) {
  m_cells->largestCell = std::max(4, pixels);
  refresh();
}

void HeatMap::setLabelWidth(std::optional<int> pixels) {
  m_cells->fixedLabelWidth = pixels;
  refresh();
}

QRectF HeatMap::cellRect(int row, int column) const {
  return m_cells->cellRect(row, column);
}

QSize HeatMap::sizeHint() const {
  return m_cells->comfortableSize().boundedTo(QSize(640, 480)).expandedTo(QSize(96, 64));
}

QSize HeatMap::minimumSizeHint() const {
  return {96, 56};
}

void HeatMap::refresh() {
  layoutFor(size());
  queueReplot();
}

void HeatMap::restyle() {
  PlotWidget::restyle();
  m_cells->theme = theme();
  m_cells->font = font();
  layoutFor(size());
}

void HeatMap::layoutFor(QSize size) {
  m_cells->layoutFor(size);
}

void HeatMap::click(Cell cell) {
  emit rowClicked(cell.row);
  if (!m_cells->cellRect(cell.row, cell.column).isEmpty()) {
    emit cellClicked(cell.row, cell.column);
  }
}

void HeatMap::mousePressEvent(QMouseEvent* event) {
  const int row = m_cells->rowAt(event->position().y());
  if (event->button() == Qt::LeftButton && row >= 0) {
    click({row, m_cells->columnAt(event->position().x())});
  }
}

void HeatMap::mouseMoveEvent(QMouseEvent* event) {
  const Cell cell{m_cells->rowAt(event->position().y()), m_cells->columnAt(event->position().x())};
  const std::optional<Cell> hovered =
      cell.row >= 0 && cell.column >= 0 ? std::optional(cell) : std::nullopt;
  if (hovered != m_cells->hovered) {
    m_cells->hovered = hovered;
    queueReplot();
  }
}

void HeatMap::keyPressEvent(QKeyEvent* event) {
  if (rowCount() == 0 || columnCount() == 0) {
    return PlotWidget::keyPressEvent(event);
  }
  Cell cell = m_cells->current.value_or(Cell{});
  switch (event->key()) {
    case Qt::Key_Left:
      --cell.column;
      break;
    case Qt::Key_Right:
      ++cell.column;
      break;
    case Qt::Key_Up:
      --cell.row;
      break;
    case Qt::Key_Down:
      ++cell.row;
      break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
      return click(cell);
    default:
      return PlotWidget::keyPressEvent(event);
  }
  cell.row = std::clamp(cell.row, 0, rowCount() - 1);
  cell.column = std::clamp(cell.column, 0, columnCount() - 1);
  m_cells->current = cell;
  queueReplot();
}

void HeatMap::focusInEvent(QFocusEvent* event) {
  PlotWidget::focusInEvent(event);
  if (event->reason() != Qt::MouseFocusReason && rowCount() > 0 && !m_cells->current) {
    m_cells->current = Cell{};
  }
  queueReplot();
}

void HeatMap::focusOutEvent(QFocusEvent* event) {
  PlotWidget::focusOutEvent(event);
  m_cells->current.reset();
  queueReplot();
}

void HeatMap::leaveEvent(QEvent* /*event*/) {
  m_cells->hovered.reset();
  queueReplot();
}

bool HeatMap::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const Cell cell{m_cells->rowAt(help->pos().y()), m_cells->columnAt(help->pos().x())};
    if (cell.row >= 0) {
      QToolTip::showText(help->globalPos(), m_cells->describe(cell), this);
      return true;
    }
  }
  return PlotWidget::event(event);
}

}  // namespace embedscope::plots
