// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/define/category_view.h"

#include "ui/controls/flat_headers.h"
#include "ui/define/check_delegate.h"
#include "ui/define/validating_delegate.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>

#include <algorithm>

namespace embedscope::define {

namespace {

constexpr int kRowHeight = 26;
constexpr int kCountWidth = 88;
constexpr int kShareWidth = 80;
constexpr int kFrozenWidth = 72;
constexpr int kLabelWidth = 220;

}  // namespace

CategoryView::CategoryView(CategoryModel& model, QWidget* parent)
    : QTableView(parent), m_model(model) {
  setObjectName(QStringLiteral("categoryTable"));
  setAccessibleName(tr("Categories"));
  setModel(&model);
  setFrameShape(QFrame::NoFrame);
  setShowGrid(false);
  setAlternatingRowColors(true);
  setSelectionBehavior(SelectRows);
  setSelectionMode(ExtendedSelection);
  setEditTriggers(DoubleClicked | EditKeyPressed | AnyKeyPressed);
  setDragDropMode(InternalMove);
  setDragDropOverwriteMode(false);
  setDropIndicatorShown(true);
  setTabKeyNavigation(false);
  setWordWrap(false);
  setVerticalScrollMode(ScrollPerPixel);
  verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  verticalHeader()->setDefaultSectionSize(kRowHeight);
  verticalHeader()->setDefaultAlignment(Qt::AlignRight | Qt::AlignVCenter);
  horizontalHeader()->setHighlightSections(false);
  controls::keepHeadersFlat(*this);
  horizontalHeader()->setStretchLastSection(true);
  setColumnWidth(CategoryModel::Label, kLabelWidth);
  setColumnWidth(CategoryModel::Count, kCountWidth);
  setColumnWidth(CategoryModel::Share, kShareWidth);
  setColumnWidth(CategoryModel::Frozen, kFrozenWidth);
  auto* delegate = new ValidatingDelegate(
      [this](const QModelIndex& index, const QString& text) -> std::optional<QString> {
        if (index.column() != CategoryModel::Label || !m_model.feature()) {
          return {};
        }
        return document::labelProblem(*m_model.feature(), text.trimmed(),
                                      static_cast<std::size_t>(index.row()));
      },
      this);
  setItemDelegate(delegate);
  setItemDelegateForColumn(CategoryModel::Frozen, new CheckDelegate(this));
  connect(delegate, &ValidatingDelegate::refused, this, &CategoryView::refused);
  connect(delegate, &ValidatingDelegate::edited, this, &CategoryView::edited);
  connect(&model, &CategoryModel::rowsMovedTo, this, &CategoryView::selectRows);
}

std::vector<int> CategoryView::selectedRows() const {
  std::vector<int> rows;
  for (const QItemSelectionRange& range : selectionModel()->selection()) {
    for (int row = range.top(); row <= range.bottom(); ++row) {
      rows.push_back(row);
    }
  }
  std::ranges::sort(rows);
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

void CategoryView::selectRows(int first, int count) {
  if (count <= 0 || first < 0 || first + count > m_model.rowCount()) {
    return;
  }
  const QItemSelection rows(m_model.index(first, 0),
                            m_model.index(first + count - 1, m_model.columnCount() - 1));
  selectionModel()->setCurrentIndex(m_model.index(first, 0), QItemSelectionModel::NoUpdate);
  selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect);
  scrollTo(m_model.index(first, 0));
}

void CategoryView::deleteSelected() {
  const std::vector<int> rows = selectedRows();
  if (rows.empty()) {
    return;
  }
  m_model.removeCategories(rows);
  selectRows(std::min(rows.front(), m_model.rowCount() - 1), 1);
}

void CategoryView::moveSelected(int by) {
  const std::vector<int> rows = selectedRows();
  if (rows.empty() || by == 0) {
    return;
  }
  const int target = by < 0 ? rows.front() + by : rows.back() + 1 + by;
  if (target < 0 || target > m_model.rowCount()) {
    return;
  }
  const int first = m_model.moveCategories(rows, target);
  selectRows(first, static_cast<int>(rows.size()));
}

void CategoryView::copyLabels() const {
  QStringList labels;
  for (const int row : selectedRows()) {
    labels += m_model.index(row, CategoryModel::Label).data().toString();
  }
  QGuiApplication::clipboard()->setText(labels.join(QLatin1Char('\n')));
}

void CategoryView::keyPressEvent(QKeyEvent* event) {
  const bool moves = event->modifiers().testFlag(Qt::AltModifier) &&
                     (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down);
  if (moves) {
    moveSelected(event->key() == Qt::Key_Up ? -1 : 1);
  } else if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier) {
    m_model.toggleFrozen(selectedRows());
  } else if (event->matches(QKeySequence::Delete)) {
    deleteSelected();
  } else if (event->matches(QKeySequence::Paste)) {
    emit pasteRequested();
  } else if (event->matches(QKeySequence::Copy)) {
    copyLabels();
  } else {
    QTableView::keyPressEvent(event);
    return;
  }
  event->accept();
}

}  // namespace embedscope::define
