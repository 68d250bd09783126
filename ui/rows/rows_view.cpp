// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rows/rows_view.h"

#include "ui/controls/icons.h"
#include "ui/document/table_text.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace embedscope::rows {

namespace {

using Kind = RowColumn::Kind;

constexpr int kTypingPause = 120;  // ms
constexpr int kFilterWidth = 200;

}  // namespace

RowsView::RowsView(document::Document& document, jobs::JobRunner& runner, QWidget* parent)
    : LazyView(parent),
      m_document(document),
      m_arrangement(new RowArrangement(runner, this)),
      m_model(new RowsModel(document, *m_arrangement, this)),
      m_table(new RowsTable(document, *m_arrangement, *m_model, this)),
      m_filter(new QLineEdit(this)),
      m_selectedOnly(new QCheckBox(tr("Selected only"), this)),
      m_words(new QLabel(this)),
      m_cancel(new QToolButton(this)),
      m_columns(new QToolButton(this)),
      m_columnMenu(new QMenu(this)),
      m_copying(runner, this) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(makeTools());
  layout->addWidget(m_table, 1);
  m_pause.setSingleShot(true);
  m_pause.setInterval(kTypingPause);
  connect(&m_pause, &QTimer::timeout, this, &RowsView::filter);
  connectTable();
  connect(&m_document, &document::Document::currentTableChanged, this, &LazyView::becomeStale);
  connect(&m_document, &document::Document::tablesChanged, this, &LazyView::becomeStale);
  connect(&m_document, &document::Document::currentRowChanged, this, [this] {
    if (isVisible()) {
      followChosen();
    }
  });
  connect(&m_document, &document::Document::selectionChanged, this, [this] {
    if (isVisible() && m_model->table()) {
      m_arrangement->setSelection(m_document.selection());
      describe();
    }
  });
}

RowsView::~RowsView() = default;

QWidget* RowsView::makeTools() {
  auto* tools = new QWidget(this);
  m_filter->setObjectName(QStringLiteral("rowsFilter"));
  m_filter->setAccessibleName(tr("Filter rows"));
  m_filter->setPlaceholderText(tr("Filter labels and columns"));
  m_filter->setToolTip(
      tr("Lists the rows whose label or one of whose columns contains this text, "
         "in capital or small letters"));
  m_filter->setClearButtonEnabled(true);
  m_filter->setFixedWidth(kFilterWidth);
  m_selectedOnly->setObjectName(QStringLiteral("rowsSelectedOnly"));
  m_selectedOnly->setToolTip(tr("Lists the selected rows alone"));
  m_words->setObjectName(QStringLiteral("rowsWords"));
  m_words->setForegroundRole(QPalette::PlaceholderText);
  m_words->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  m_cancel->setObjectName(QStringLiteral("rowsCancel"));
  m_cancel->setText(tr("Cancel"));
  m_cancel->setToolTip(tr("Leaves the rows as they were listed before"));
  m_cancel->hide();
  m_columns->setObjectName(QStringLiteral("rowsColumns"));
  m_columns->setText(tr("Columns"));
  m_columns->setToolTip(tr("Which columns are listed"));
  m_columns->setAutoRaise(true);
  m_columns->setPopupMode(QToolButton::InstantPopup);
  m_columns->setMenu(m_columnMenu);
  auto* layout = new QHBoxLayout(tools);
  layout->setContentsMargins(8, 4, 8, 4);
  layout->setSpacing(8);
  layout->addWidget(m_filter);
  layout->addWidget(m_selectedOnly);
  layout->addWidget(m_words, 1);
  layout->addWidget(m_cancel);
  layout->addWidget(m_columns);
  connect(m_filter, &QLineEdit::textChanged, &m_pause, qOverload<>(&QTimer::start));
  connect(m_filter, &QLineEdit::returnPressed, this, [this] {
    filter();
    m_table->setFocus(Qt::TabFocusReason);
  });
  connect(m_selectedOnly, &QCheckBox::toggled, this, [this](bool on) {
    RowQuery query = m_arrangement->query();
    query.selectedOnly = on;
    m_arrangement->ask(query);
  });
  connect(m_cancel, &QToolButton::clicked, m_arrangement, &RowArrangement::cancel);
  return tools;
}

void RowsView::connectTable() {
  connect(m_table->horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, &RowsView::sortBy);
  connect(m_table, &RowsTable::copyRequested, this, &RowsView::copyRows);
  connect(m_table, &RowsTable::rowActivated, this, &RowsView::rowActivated);
  m_table->setContextMenuPolicy(Qt::CustomContextMenu);
  connect(m_table, &QWidget::customContextMenuRequested, this, &RowsView::showMenu);
  connect(m_arrangement, &RowArrangement::changed, this, [this] {
    showSort();
    followChosen();
    describe();
  });
  connect(m_arrangement, &RowArrangement::runningChanged, this, [this] {
    m_progress = 0;
    m_cancel->setVisible(m_arrangement->isRunning());
    describe();
  });
  connect(m_arrangement, &RowArrangement::progressed, this, [this](double fraction) {
    m_progress = fraction;
    describe();
  });
}

void RowsView::refresh() {
  const document::TableEntry* entry = m_document.currentTableEntry();
  setTable(entry ? entry->table : nullptr);
  if (m_model->table()) {
    m_arrangement->setSelection(m_document.selection());
  }
  followChosen();
  describe();
}

void RowsView::rest() {
  m_copying.drop();
  if (m_arrangement->isRunning()) {
    m_arrangement->cancel();
  }
}

void RowsView::setTable(const table::TablePtr& table) {
  if (table == m_model->table()) {
    return;
  }
  {
    const QSignalBlocker quietFilter(m_filter);
    const QSignalBlocker quietBox(m_selectedOnly);
    m_filter->clear();
    m_selectedOnly->setChecked(false);
  }
  m_pause.stop();
  m_model->setTable(table);
  m_arrangement->setTable(table);
  fillColumnMenu();
  m_table->fitColumns();
}

/// Numbers of the vectors are there, but hidden at first.
void RowsView::fillColumnMenu() {
  m_columnMenu->clear();
  for (int column = 0; column < m_model->columnCount(); ++column) {
    const Kind kind = m_model->columns()[static_cast<std::size_t>(column)].kind;
    m_table->setColumnHidden(column, kind == Kind::Component);
    if (kind == Kind::Selected || kind == Kind::Label) {
      continue;
    }
    QAction* action = m_columnMenu->addAction(
        columnTitle(*m_model->table(), m_model->columns()[static_cast<std::size_t>(column)]));
    action->setCheckable(true);
    action->setChecked(kind != Kind::Component);
    connect(action, &QAction::toggled, m_table,
            [this, column](bool on) { m_table->setColumnHidden(column, !on); });
  }
}

std::vector<RowColumn> RowsView::shownColumns() const {
  std::vector<RowColumn> shown;
  for (int column = 0; column < m_model->columnCount(); ++column) {
    const RowColumn one = m_model->columns()[static_cast<std::size_t>(column)];
    if (one.kind != Kind::Selected && !m_table->isColumnHidden(column)) {
      shown.push_back(one);
    }
  }
  return shown;
}

void RowsView::sortBy(int section, Qt::SortOrder order) {
  RowQuery query = m_arrangement->query();
  query.sort.reset();
  if (section >= 0 && section < m_model->columnCount()) {
    const RowColumn column = m_model->columns()[static_cast<std::size_t>(section)];
    // The most similar come first at the first click.
    const bool isRising = (order == Qt::AscendingOrder) != (column.kind == Kind::Cosine);
    query.sort = RowSort{column, isRising ? table::Sorting::Rising : table::Sorting::Falling, {}};
    if (column.kind == Kind::Cosine) {
      query.sort->reference = m_model->reference().row();
    }
    if (column.kind == Kind::Selected || (column.kind == Kind::Cosine && !query.sort->reference)) {
      query.sort.reset();
    }
  }
  m_arrangement->ask(query);
  showSort();
}

/// The arrow of the heading follows what is listed, also after a cancelled sort.
void RowsView::showSort() {
  const auto& sort = m_arrangement->query().sort;
  const QSignalBlocker quiet(m_table->horizontalHeader());
  int section = -1;
  Qt::SortOrder order = Qt::AscendingOrder;
  if (sort) {
    const auto& columns = m_model->columns();
    section = static_cast<int>(std::ranges::find(columns, sort->column) - columns.begin());
    const bool isRising = sort->sorting == table::Sorting::Rising;
    order =
        isRising != (sort->column.kind == Kind::Cosine) ? Qt::AscendingOrder : Qt::DescendingOrder;
  }
  m_table->horizontalHeader()->setSortIndicator(section, order);
}

/// Sorted by cosines, they stay those with the row that was chosen then.
void RowsView::followChosen() {
  if (!m_model->table()) {
    return;
  }
  const auto& sort = m_arrangement->query().sort;
  m_model->setReference(sort && sort->reference ? sort->reference : m_document.currentRow());
  m_table->showChosen();
}

void RowsView::filter() {
  m_pause.stop();
  RowQuery query = m_arrangement->query();
  query.filter = m_filter->text().toStdString();
  m_arrangement->ask(query);
}

void RowsView::describe() {
  if (m_arrangement->isRunning()) {
    m_words->setText(tr("Arranging the rows… %1 %").arg(static_cast<int>(m_progress * 100)));
    return;
  }
  if (!m_model->table()) {
    m_words->clear();
    return;
  }
  const std::int64_t all = m_model->table()->rowCount();
  const std::int64_t listed = m_arrangement->count();
  QString words =
      listed == all
          ? tr("%1 rows").arg(document::groupedText(all))
          : tr("%1 of %2 rows").arg(document::groupedText(listed), document::groupedText(all));
  if (const std::int64_t selected = m_document.selection().count(); selected > 0) {
    words += tr(" · %1 selected").arg(document::groupedText(selected));
  } else if (m_arrangement->query().selectedOnly) {
    words = tr("No row is selected");
  }
  m_words->setText(words);
}

void RowsView::copyRows() {
  const table::TablePtr table = m_model->table();
  if (!table) {
    return;
  }
  table::RowOrder rows = m_arrangement->listedOf(m_document.selection());
  if (m_document.selection().empty() && m_document.currentRow()) {
    rows = {*m_document.currentRow()};
  }
  if (rows.empty()) {
    return;
  }
  m_copying.start(
      tr("Copying rows"),
      [table, rows, columns = shownColumns(), reference = m_model->reference()](
          const base::TaskContext&) { return rowsAsText(*table, rows, columns, reference); },
      {.done = [](const QString& text) { QApplication::clipboard()->setText(text); }});
}

void RowsView::showMenu(const QPoint& place) {
  const QModelIndex index = m_table->currentIndex();
  QMenu menu(this);
  menu.addAction(tr("Copy rows"), QKeySequence::Copy, this, &RowsView::copyRows);
  if (index.isValid()) {
    menu.addAction(tr("Show in the picture"), this, &RowsView::rowActivated);
  }
  menu.addSeparator();
  menu.addAction(tr("Select all that are listed"), m_table, &RowsTable::selectAllListed);
  menu.addAction(tr("Select none"), m_table, &RowsTable::clearRows);
  if (index.isValid()) {
    menu.addSeparator();
    const int section = index.column();
    const RowColumn column = m_model->columns()[static_cast<std::size_t>(section)];
    QMenu* sorts = menu.addMenu(tr("Sort"));
    if (column.kind != Kind::Selected && column.kind != Kind::Cosine) {
      const QString title = columnTitle(*m_model->table(), column);
      sorts->addAction(tr("By “%1”, rising").arg(title), this,
                       [this, section] { sortBy(section, Qt::AscendingOrder); });
      sorts->addAction(tr("By “%1”, falling").arg(title), this,
                       [this, section] { sortBy(section, Qt::DescendingOrder); });
    }
    sorts->addAction(tr("By similarity to this row"), this, [this, index] {
      RowQuery query = m_arrangement->query();
      query.sort = RowSort{
          {Kind::Cosine}, table::Sorting::Falling, index.data(RowsModel::RowRole).value<qint64>()};
      m_arrangement->ask(query);
    });
    sorts->addAction(tr("As in the table"), this, [this] { sortBy(-1, Qt::AscendingOrder); });
  }
  menu.exec(m_table->viewport()->mapToGlobal(place));
}

}  // namespace embedscope::rows
