// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rows/rows_table.h"

#include "ui/controls/flat_headers.h"
#include "ui/controls/key_help.h"
#include "ui/rows/row_delegate.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace embedscope::rows {

namespace {

using Kind = RowColumn::Kind;

constexpr int kAir = 8;
constexpr int kTickWidth = 32;
constexpr int kNarrowest = 56;
constexpr int kCosineWidth = 144;
constexpr int kArrowRoom = 24;  // of the sorting
constexpr int kWidest = 240;
constexpr int kRowsMeasured = 60;

}  // namespace

RowsTable::RowsTable(document::Document& document, RowArrangement& arrangement, RowsModel& model,
                     QWidget* parent)
    : QTableView(parent), m_document(document), m_arrangement(arrangement), m_model(model) {
  setObjectName(QStringLiteral("rowsTable"));
  setAccessibleName(tr("Rows of the table"));
  setAccessibleDescription(
      tr("Arrow keys choose a row, Space selects it, Shift and arrow keys select several, Escape "
         "clears the selection"));
  controls::setKeyHelp(*this, {{tr("Up, Down"), tr("Rows: choose the next row")},
                               {tr("Space"), tr("Rows: select the row, or no longer")},
                               {tr("Shift+Up, Shift+Down"), tr("Rows: select several")},
                               {tr("Ctrl+A, Esc"), tr("Rows: select all that are listed, none")},
                               {tr("Enter"), tr("Rows: show the row in the picture")}});
  setModel(&model);
  setItemDelegate(new RowDelegate(this));
  setSelectionMode(NoSelection);
  setEditTriggers(NoEditTriggers);
  setFrameShape(QFrame::NoFrame);
  setShowGrid(false);
  setWordWrap(false);
  setTabKeyNavigation(false);
  setVerticalScrollMode(ScrollPerItem);
  setHorizontalScrollMode(ScrollPerPixel);
  verticalHeader()->hide();
  verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  verticalHeader()->setDefaultSectionSize(fontMetrics().height() + kAir);
  verticalHeader()->setMinimumSectionSize(1);
  horizontalHeader()->setHighlightSections(false);
  horizontalHeader()->setTextElideMode(Qt::ElideRight);
  horizontalHeader()->setSectionsClickable(true);
  horizontalHeader()->setSortIndicatorShown(true);
  horizontalHeader()->setSortIndicatorClearable(true);
  horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
  horizontalHeader()->setMinimumSectionSize(kTickWidth);
  controls::keepHeadersFlat(*this);
  connect(&m_document, &document::Document::selectionChanged, viewport(),
          qOverload<>(&QWidget::update));
  connect(&m_document, &document::Document::currentRowChanged, this, &RowsTable::showChosen);
}

void RowsTable::keyboardSearch(const QString& /*search*/) {}

int RowsTable::columnOf(Kind kind) const {
  const auto& columns = m_model.columns();
  return static_cast<int>(std::ranges::find(columns, kind, &RowColumn::kind) - columns.begin());
}

void RowsTable::fitColumns() {
  const QFontMetrics metrics(horizontalHeader()->font());
  const int rows = std::min(m_model.rowCount(), kRowsMeasured);
  for (int column = 0; column < m_model.columnCount(); ++column) {
    const auto kind = m_model.columns()[static_cast<std::size_t>(column)].kind;
    if (kind == Kind::Selected) {
      setColumnWidth(column, kTickWidth);
      continue;
    }
    const QString title = m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    int width = kind == Kind::Cosine ? kCosineWidth  // the label in its heading changes
                                     : metrics.horizontalAdvance(title) + kArrowRoom;
    for (int row = 0; row < rows; ++row) {
      width = std::max(
          width,
          fontMetrics().horizontalAdvance(m_model.index(row, column).data().toString()) + 16);
    }
    setColumnWidth(column, std::clamp(width, kNarrowest, kWidest));
  }
}

void RowsTable::showChosen() {
  const std::optional<std::int64_t> row = m_document.currentRow();
  viewport()->update();
  const auto place = row && isVisible() ? m_arrangement.placeOf(*row) : std::nullopt;
  if (!place || *place >= m_model.rowCount()) {
    return;
  }
  const QModelIndex now = currentIndex();
  const int column = now.isValid() ? now.column() : columnOf(Kind::Label);
  const QModelIndex index = m_model.index(static_cast<int>(*place), column);
  if (index != now) {
    setCurrentIndex(index);
  }
  scrollTo(index);
}

void RowsTable::choose(int place) {
  m_anchor = place;
  m_document.setCurrentRow(m_arrangement.rowAt(place));
}

void RowsTable::toggle(int place) {
  table::RowSet selection = m_document.selection();
  const std::int64_t row = m_arrangement.rowAt(place);
  if (selection.contains(row)) {
    selection.erase(row);
  } else {
    selection.insert(row);
  }
  m_anchor = place;
  m_document.setSelection(std::move(selection));
}

void RowsTable::selectTo(int place, bool adds) {
  table::RowSet rows = m_arrangement.rowsBetween(m_anchor, place);
  if (adds) {
    rows |= m_before;
  }
  m_document.setSelection(std::move(rows));
}

void RowsTable::selectAllListed() {
  m_document.setSelection(m_arrangement.rowsBetween(0, m_arrangement.count() - 1));
}

void RowsTable::clearRows() {
  m_document.setSelection(table::RowSet(m_document.selection().size()));
}

/// The ground of selected rows goes on behind the last column.
void RowsTable::paintEvent(QPaintEvent* event) {
  QPainter painter(viewport());
  const int height = verticalHeader()->defaultSectionSize();
  const QColor ground = RowDelegate::selectedGround(palette());
  for (int y = 0, place = rowAt(0);
       place >= 0 && place < m_model.rowCount() && y < viewport()->height(); y += height, ++place) {
    if (m_document.selection().contains(m_arrangement.rowAt(place))) {
      painter.fillRect(0, rowViewportPosition(place), viewport()->width(), height, ground);
    }
  }
  painter.end();
  QTableView::paintEvent(event);
}

void RowsTable::mousePressEvent(QMouseEvent* event) {
  const QModelIndex index = indexAt(event->position().toPoint());
  if (event->button() != Qt::LeftButton || !index.isValid()) {
    if (event->button() == Qt::RightButton && index.isValid()) {
      choose(index.row());  // the menu is about this row
    }
    return;
  }
  const bool isCtrl = event->modifiers().testFlag(Qt::ControlModifier);
  const bool isTick =
      m_model.columns()[static_cast<std::size_t>(index.column())].kind == Kind::Selected;
  setCurrentIndex(index);
  m_before = m_document.selection();
  m_pressed = index.row();
  m_isDrag = false;
  if (event->modifiers().testFlag(Qt::ShiftModifier)) {
    selectTo(index.row(), isCtrl);
    m_pressed.reset();
  } else if (isCtrl || isTick) {
    toggle(index.row());
  } else {
    choose(index.row());
  }
}

void RowsTable::mouseMoveEvent(QMouseEvent* event) {
  if (!m_pressed || !event->buttons().testFlag(Qt::LeftButton) || m_model.rowCount() == 0) {
    return;
  }
  const int y = std::clamp(static_cast<int>(event->position().y()), -1, viewport()->height());
  const int height = std::max(1, verticalHeader()->defaultSectionSize());
  const int first = std::max(0, rowAt(0));
  const int place = std::clamp(y < 0 ? first - 1 : first + y / height, 0, m_model.rowCount() - 1);
  if (m_isDrag || place != *m_pressed) {
    m_isDrag = true;
    selectTo(place, event->modifiers().testFlag(Qt::ControlModifier));
    scrollTo(m_model.index(place, std::max(0, columnAt(0))));
  }
}

void RowsTable::mouseReleaseEvent(QMouseEvent* /*event*/) {
  m_pressed.reset();
}

void RowsTable::mouseDoubleClickEvent(QMouseEvent* event) {
  const QModelIndex index = indexAt(event->position().toPoint());
  if (event->button() == Qt::LeftButton && index.isValid()) {
    if (m_model.columns()[static_cast<std::size_t>(index.column())].kind == Kind::Selected) {
      toggle(index.row());  // two quick clicks on ticks
    } else {
      emit rowActivated();
    }
  }
}

/// Where a key leads; nothing for other keys.
std::optional<int> RowsTable::placeForKey(int key) const {
  const int at = currentIndex().isValid() ? currentIndex().row() : -1;
  const int page =
      std::max(1, viewport()->height() / std::max(1, verticalHeader()->defaultSectionSize()) - 1);
  const int last = m_model.rowCount() - 1;
  switch (key) {
    case Qt::Key_Up:
      return std::max(0, at - 1);
    case Qt::Key_Down:
      return std::min(last, at + 1);
    case Qt::Key_PageUp:
      return std::max(0, at - page);
    case Qt::Key_PageDown:
      return std::min(last, std::max(0, at) + page);
    case Qt::Key_Home:
      return 0;
    case Qt::Key_End:
      return last;
    default:
      return {};
  }
}

void RowsTable::keyPressEvent(QKeyEvent* event) {
  const bool hasRows = m_model.rowCount() > 0;
  if (const auto place = hasRows ? placeForKey(event->key()) : std::nullopt) {
    const bool extends = event->modifiers().testFlag(Qt::ShiftModifier);
    const int anchor = m_anchor;
    choose(*place);
    if (extends) {
      m_anchor = std::min(anchor, m_model.rowCount() - 1);
      m_before = m_document.selection();
      selectTo(*place, event->modifiers().testFlag(Qt::ControlModifier));
    }
  } else if (event->matches(QKeySequence::Copy)) {
    emit copyRequested();
  } else if (event->matches(QKeySequence::SelectAll)) {
    selectAllListed();
  } else if (event->key() == Qt::Key_Escape) {
    clearRows();
  } else if (hasRows && event->key() == Qt::Key_Space && currentIndex().isValid()) {
    toggle(currentIndex().row());
  } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    emit rowActivated();
  } else {
    QTableView::keyPressEvent(event);
    return;
  }
  event->accept();
}

}  // namespace embedscope::rows
