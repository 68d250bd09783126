// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/selection_controller.h"

#include "core/neighbors/with_neighbors.h"
#include "core/table/table_selection.h"
#include "ui/document/table_text.h"
#include "ui/explore/calculator_panel.h"
#include "ui/explore/search_panel.h"
#include "ui/inspector/neighbor_finder.h"
#include "ui/plots/point_cloud.h"

#include <QAction>
#include <QWidget>

#include <utility>

namespace embedscope::explore {

namespace {

constexpr std::size_t kMostBefore = 20;  // selections to go back to
constexpr std::int64_t kGrownBy = 10;    // neighbors of each selected row

}  // namespace

SelectionController::SelectionController(const Parts& parts, jobs::JobRunner& runner, QWidget& page)
    : QObject(&page),
      m_parts(parts),
      m_page(page),
      m_growing(runner, this),
      m_opening(runner, this) {
  makeSetCommands();
  makeNeighborCommands();
  makeShowCommands();
  connect(&parts.document, &document::Document::selectionChanged, this,
          &SelectionController::follow);
  connect(&parts.document, &document::Document::tablesChanged, this, [this] {
    std::erase_if(m_states,
                  [this](const auto& state) { return !m_parts.document.table(state.first); });
  });
  connect(&parts.finder, &inspector::NeighborFinder::stateChanged, this,
          &SelectionController::updateCommands);
  connect(&parts.calculator, &CalculatorPanel::calculationChanged, this,
          &SelectionController::updateCommands);
  connect(&parts.search, &SearchPanel::hitsChanged, this, &SelectionController::updateCommands);
  connect(&parts.plot, &plots::PointCloudPlot::rowsPicked, this, &SelectionController::pick);
  connect(&parts.plot, &plots::PointCloudPlot::pointToggled, this, &SelectionController::toggle);
}

QAction* SelectionController::addCommand(const char* name, const QString& text, const QString& tip,
                                         const QKeySequence& keys, std::function<void()> run) {
  auto* action = new QAction(text, this);
  action->setObjectName(QLatin1String(name));
  action->setToolTip(tip);
  action->setShortcut(keys);
  action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  connect(action, &QAction::triggered, this, [run = std::move(run)] { run(); });
  m_page.addAction(action);
  m_commands.push_back(action);
  return action;
}

void SelectionController::makeSetCommands() {
  m_all = addCommand("selectAll", tr("Select all"), tr("Selects every row that is shown"),
                     QKeySequence::SelectAll,
                     [this] { pick(shownRows(), table::SetOperation::Replace); });
  m_none = addCommand("selectNone", tr("Select none"), tr("Selects no row"),
                      QKeySequence(QStringLiteral("Ctrl+Shift+A")),
                      [this] { m_parts.document.setSelection(table::RowSet(m_selection.size())); });
  m_invert = addCommand("invertSelection", tr("Invert selection"),
                        tr("Selects what is not selected, and the other way round"),
                        QKeySequence(QStringLiteral("Ctrl+I")),
                        [this] { pick(m_selection.complement(), table::SetOperation::Replace); });
  m_previous = addCommand("previousSelection", tr("Previous selection"),
                          tr("Goes back to the selection before this one"),
                          QKeySequence(QStringLiteral("Ctrl+Alt+Z")), [this] { goBack(); });
  m_commands.push_back(nullptr);
}

void SelectionController::makeNeighborCommands() {
  m_neighbors = addCommand(
      "selectNeighbors", tr("Select neighbors"),
      tr("Selects the chosen row with its neighbors; without one, the rows of the calculator"),
      QKeySequence(QStringLiteral("Ctrl+Shift+G")),
      [this] { pick(neighborRows(), table::SetOperation::Replace); });
  m_grow = addCommand(
      "growSelection", tr("Grow to neighbors"),
      tr("Adds the %1 nearest neighbors, by cosine, of every selected row").arg(kGrownBy),
      QKeySequence(QStringLiteral("Ctrl+G")), [this] { growToNeighbors(); });
  m_hits = addCommand(
      "selectHits", tr("Select all hits"), tr("Selects every row that was found"),
      QKeySequence(QStringLiteral("Ctrl+Shift+F")),
      [this] { pick({m_selection.size(), m_parts.search.hits()}, table::SetOperation::Replace); });
  m_commands.push_back(nullptr);
}

void SelectionController::makeShowCommands() {
  m_isolate = addCommand("isolateSelection", tr("Show only the selection"),
                         tr("Shows only the selected rows, here and in the search (I); once more "
                            "shows all"),
                         QKeySequence(Qt::Key_I), [this] {
                           if (isolated() && (m_selection.empty() || m_selection == *isolated())) {
                             showAll();
                           } else {
                             isolate(m_selection);
                           }
                         });
  m_showAll = addCommand("showAllRows", tr("Show all rows"), tr("Shows every row again (Shift+I)"),
                         QKeySequence(Qt::SHIFT | Qt::Key_I), [this] { showAll(); });
  // Letters belong to fields, too: these keys are the picture's.
  for (QAction* action : {m_isolate, m_showAll}) {
    m_page.removeAction(action);
    m_parts.plot.addAction(action);
    action->setShortcutContext(Qt::WidgetShortcut);
  }
  m_newTable = addCommand("tableFromSelection", tr("New table from selection"),
                          tr("Opens the selected rows as a table of its own, with their labels and "
                             "metadata: to lay out only them, or to save them"),
                          QKeySequence(QStringLiteral("Ctrl+Shift+N")), [this] { openAsTable(); });
  updateCommands();
}

void SelectionController::updateCommands() {
  const bool any = !m_selection.empty();
  const bool isTable = m_selection.size() > 0;
  m_all->setEnabled(isTable);
  m_none->setEnabled(any);
  m_invert->setEnabled(isTable);
  const auto state = m_states.find(m_table);
  m_previous->setEnabled(state != m_states.end() && !state->second.before.empty());
  m_neighbors->setEnabled(isTable && !neighborRows().empty());
  m_grow->setEnabled(any && !m_growing.isRunning());
  m_hits->setEnabled(isTable && !m_parts.search.hits().empty());
  m_isolate->setEnabled(any || isolated());
  m_showAll->setEnabled(isolated().has_value());
  m_newTable->setEnabled(any && !m_opening.isRunning());
}

void SelectionController::pick(table::RowSet rows, table::SetOperation operation) {
  if (rows.size() != m_selection.size()) {
    return;  // of another table, which is on its way out
  }
  if (isolated()) {
    rows &= *isolated();
  }
  m_parts.document.setSelection(table::combined(m_selection, rows, operation));
}

void SelectionController::toggle(std::int64_t row) {
  table::RowSet selection = m_selection;
  if (selection.contains(row)) {
    selection.erase(row);
  } else {
    selection.insert(row);
  }
  m_parts.document.setSelection(std::move(selection));
}

void SelectionController::follow() {
  const table::RowSet& now = m_parts.document.selection();
  if (m_table != m_parts.document.currentTable() || now == m_selection) {
    return;  // `showTable` is for that
  }
  std::vector<table::RowSet>& before = m_states[m_table].before;
  before.push_back(std::exchange(m_selection, now));
  if (before.size() > kMostBefore) {
    before.erase(before.begin());
  }
  showSelection();
}

void SelectionController::showTable() {
  m_growing.drop();
  m_table = m_parts.document.currentTable();
  m_selection = m_parts.document.selection();
  m_parts.plot.setIsolatedRows(isolated());
  m_parts.search.setRows(isolated());
  showSelection();
  emit isolationChanged();
}

void SelectionController::setDimming(bool on) {
  if (on != m_dimming) {
    m_dimming = on;
    showSelection();
  }
}

void SelectionController::showSelection() {
  m_parts.plot.setSelectedRows(m_selection);
  m_parts.plot.setOthersGrey(m_dimming);
  updateCommands();
}

const std::optional<table::RowSet>& SelectionController::isolated() const {
  static const std::optional<table::RowSet> kAll;
  const auto state = m_states.find(m_table);
  return state != m_states.end() ? state->second.isolated : kAll;
}

table::RowSet SelectionController::shownRows() const {
  return isolated().value_or(table::RowSet::all(m_selection.size()));
}

void SelectionController::isolate(const table::RowSet& rows) {
  if (rows.empty() || rows.size() != m_selection.size()) {
    return;
  }
  m_states[m_table].isolated = rows;
  m_parts.plot.setIsolatedRows(rows);
  m_parts.plot.fitView();
  m_parts.search.setRows(rows);
  updateCommands();
  emit isolationChanged();
}

void SelectionController::showAll() {
  if (isolated()) {
    m_states[m_table].isolated.reset();
    m_parts.plot.setIsolatedRows(std::nullopt);
    m_parts.plot.fitView();
    m_parts.search.setRows(std::nullopt);
    updateCommands();
    emit isolationChanged();
  }
}

/// The chosen row with its neighbors, or the rows nearest to the result of the calculator.
table::RowSet SelectionController::neighborRows() const {
  const std::optional<std::int64_t> chosen = m_parts.document.currentRow();
  const Calculation* calculation = m_parts.calculator.calculation();
  table::RowSet rows(m_selection.size());
  if (chosen) {
    rows.insert(*chosen);
  }
  if (chosen || calculation != nullptr) {
    const auto& nearest = chosen ? m_parts.finder.neighbors() : calculation->nearest;
    for (const neighbors::Neighbor& neighbor : nearest) {
      rows.insert(neighbor.row);
    }
  }
  return rows;
}

void SelectionController::goBack() {
  std::vector<table::RowSet>& before = m_states[m_table].before;
  if (before.empty()) {
    return;
  }
  m_selection = std::move(before.back());
  before.pop_back();
  const table::RowSet selection = m_selection;
  m_parts.document.setSelection(selection);
  showSelection();
}

void SelectionController::growToNeighbors() {
  const auto* entry = m_parts.document.currentTableEntry();
  if (entry == nullptr || m_selection.empty()) {
    return;
  }
  m_growing.start(tr("Growing the selection"),
                  [table = entry->table, rows = m_selection](const base::TaskContext& context) {
                    const neighbors::ExactIndex index(table, neighbors::Metric::Cosine);
                    return neighbors::withNeighbors(index, rows, kGrownBy, context);
                  },
                  {.done =
                       [this](const table::RowSet& rows) {
                         pick(rows, table::SetOperation::Add);
                         updateCommands();
                       },
                   .failed =
                       [this](const base::Error& error) {
                         updateCommands();
                         emit failed(QString::fromStdString(error.sentence()));
                       },
                   .cancelled = [this] { updateCommands(); }});
  updateCommands();
}

void SelectionController::openAsTable() {
  const auto* entry = m_parts.document.currentTableEntry();
  if (entry == nullptr || m_selection.empty()) {
    return;
  }
  const QString name = QString::fromStdString(entry->table->name());
  const QString title = tr("%1 (%2 rows)").arg(name, document::groupedText(m_selection.count()));
  m_opening.start(tr("Opening the selection"),
                  [table = entry->table, rows = m_selection,
                   title = title.toStdString()](const base::TaskContext&) {
                    return table::selectRows(*table, rows.rows())->renamed(title);
                  },
                  {.done =
                       [this, name](const table::TablePtr& table) {
                         m_parts.document.addTable(table, document::TableEntry::Origin::Selected,
                                                   tr("selection of %1").arg(name));
                       },
                   .failed =
                       [this](const base::Error& error) {
                         updateCommands();
                         emit failed(QString::fromStdString(error.sentence()));
                       },
                   .cancelled = [this] { updateCommands(); }});
  updateCommands();
}

}  // namespace embedscope::explore
