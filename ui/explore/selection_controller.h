// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/set_operation.h"
#include "ui/document/document.h"
#include "ui/jobs/latest_job.h"

#include <QKeySequence>
#include <QObject>

#include <functional>
#include <map>
#include <optional>
#include <vector>

class QAction;

namespace embedscope::inspector {
class NeighborFinder;
}

namespace embedscope::plots {
class PointCloudPlot;
}

namespace embedscope::explore {

class CalculatorPanel;
class SearchPanel;

/// What happens to the document's selection on the page: what tools, legend, filter and search pick
/// is combined with it; commands change it; the plot shows it. Remembers for each open table which
/// rows are isolated, and the selections before.
class SelectionController : public QObject {
  Q_OBJECT

 public:
  /// All must outlive the controller.
  struct Parts {
    document::Document& document;
    const inspector::NeighborFinder& finder;
    const CalculatorPanel& calculator;
    SearchPanel& search;
    plots::PointCloudPlot& plot;
  };

  /// @param page  where the keys of the commands work.
  SelectionController(const Parts& parts, jobs::JobRunner& runner, QWidget& page);

  /// In the order of a menu; null between groups. Owned by the controller.
  const std::vector<QAction*>& commands() const { return m_commands; }

  /// Shows only the selected rows, or all when that is so already.
  QAction* isolateAction() const { return m_isolate; }

  QAction* selectNoneAction() const { return m_none; }

  QAction* selectHitsAction() const { return m_hits; }

  /// Rows were pointed out: those that are not shown do not count.
  void pick(table::RowSet rows, table::SetOperation operation);

  /// Shows only these rows of the current table.
  void isolate(const table::RowSet& rows);

  void showAll();

  /// The rows of the current table that are shown; nothing: all.
  const std::optional<table::RowSet>& isolated() const;

  /// The plot has another table, or none. @see Document::currentTableChanged
  void showTable();

  /// Whether rows that are not selected are grey. On at first.
  void setDimming(bool on);

  /// What the commands go by changed.
  void updateCommands();

 signals:
  void isolationChanged();
  void failed(const QString& sentence);

 private:
  struct State {
    std::optional<table::RowSet> isolated;
    std::vector<table::RowSet> before;  ///< selections that were given up, newest last
  };

  QAction* addCommand(const char* name, const QString& text, const QString& tip,
                      const QKeySequence& keys, std::function<void()> run);
  void makeSetCommands();
  void makeNeighborCommands();
  void makeShowCommands();
  void follow();
  void showSelection();
  void toggle(std::int64_t row);
  table::RowSet shownRows() const;
  table::RowSet neighborRows() const;
  void goBack();
  void growToNeighbors();
  void openAsTable();

  Parts m_parts;
  QWidget& m_page;
  std::map<document::TableId, State> m_states;
  document::TableId m_table;  ///< of the selection that is shown
  table::RowSet m_selection;  ///< the one that is shown
  bool m_dimming = true;
  std::vector<QAction*> m_commands;
  QAction* m_all = nullptr;
  QAction* m_none = nullptr;
  QAction* m_invert = nullptr;
  QAction* m_previous = nullptr;
  QAction* m_neighbors = nullptr;
  QAction* m_grow = nullptr;
  QAction* m_hits = nullptr;
  QAction* m_isolate = nullptr;
  QAction* m_showAll = nullptr;
  QAction* m_newTable = nullptr;
  jobs::LatestJob m_growing;
  jobs::LatestJob m_opening;
};

}  // namespace embedscope::explore
