// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rows/shown_rows.h"

#include "ui/document/table_text.h"
#include "ui/rows/lazy_view.h"

#include <QCoreApplication>

#include <algorithm>
#include <numeric>

namespace embedscope::rows {

namespace {

/// Shown while nothing is chosen or selected.
constexpr std::int64_t kFirstRows = 100;

QString translated(const char* text) {
  return QCoreApplication::translate("ShownRows", text);
}

ShownRows selectedOnes(const table::RowSet& selection, std::int64_t most) {
  ShownRows shown{selection.rows(), {}};
  const QString all = document::groupedText(selection.count());
  if (selection.count() > most) {
    shown.rows.resize(static_cast<std::size_t>(most));
    shown.words =
        translated("the first %1 of %2 selected rows").arg(document::groupedText(most), all);
  } else {
    shown.words = selection.count() == 1 ? translated("1 selected row")
                                         : translated("%1 selected rows").arg(all);
  }
  return shown;
}

}  // namespace

ShownRows rowsToShow(const document::Document& document, const inspector::NeighborFinder& finder,
                     std::int64_t most) {
  const document::TableEntry* entry = document.currentTableEntry();
  if (entry == nullptr) {
    return {};
  }
  if (!document.selection().empty()) {
    return selectedOnes(document.selection(), most);
  }
  const table::EmbeddingTable& table = *entry->table;
  if (document.currentRow()) {
    ShownRows shown{{*document.currentRow()}, {}};
    for (const neighbors::Neighbor& neighbor : finder.neighbors()) {
      shown.rows.push_back(neighbor.row);
    }
    const QString label = document::labelText(table, *document.currentRow()).simplified();
    shown.words =
        shown.rows.size() == 1
            ? QStringLiteral("“%1”").arg(label)
            : translated("“%1” and its %2 neighbors").arg(label).arg(shown.rows.size() - 1);
    return shown;
  }
  ShownRows shown;
  shown.rows.resize(
      static_cast<std::size_t>(std::min({most, kFirstRows, std::int64_t{table.rowCount()}})));
  std::iota(shown.rows.begin(), shown.rows.end(), 0);
  shown.words = std::ssize(shown.rows) == table.rowCount()
                    ? translated("all %1 rows").arg(shown.rows.size())
                    : translated("nothing is selected: the first %1 rows").arg(shown.rows.size());
  return shown;
}

void followShownRows(LazyView& view, const document::Document& document,
                     const inspector::NeighborFinder& finder) {
  using document::Document;
  using inspector::NeighborFinder;
  QObject::connect(&document, &Document::currentTableChanged, &view, &LazyView::becomeStale);
  QObject::connect(&document, &Document::tablesChanged, &view, &LazyView::becomeStale);
  QObject::connect(&document, &Document::selectionChanged, &view, &LazyView::becomeStale);
  QObject::connect(&finder, &NeighborFinder::stateChanged, &view, [&view, &document, &finder] {
    const bool showsNeighbors = document.selection().empty();
    if (showsNeighbors && finder.state() != NeighborFinder::State::Searching) {
      view.becomeStale();
    }
  });
}

}  // namespace embedscope::rows
