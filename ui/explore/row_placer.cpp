// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/row_placer.h"

#include "ui/document/table_text.h"

#include <algorithm>
#include <iterator>

namespace embedscope::explore {

RowPlacer::RowPlacer(document::Document& document, jobs::JobRunner& runner, QObject* parent)
    : QObject(parent), m_document(document), m_job(runner, this) {}

std::vector<document::TableEntry> RowPlacer::candidates() const {
  std::vector<document::TableEntry> others;
  const document::TableEntry* current = m_document.currentTableEntry();
  if (current != nullptr) {
    std::ranges::copy_if(
        m_document.tables(), std::back_inserter(others), [&](const document::TableEntry& entry) {
          return entry.id != current->id && entry.table->dimension() == current->table->dimension();
        });
  }
  return others;
}

void RowPlacer::place(const PlacingPicture& picture, const QString& recipe,
                      document::TableId other) {
  const table::TablePtr second = m_document.table(other)->table;
  const QString first = QString::fromStdString(picture.table->name());
  const QString name = QString::fromStdString(second->name());
  const QString column = tr("of table");
  const QString rows = second->rowCount() == 1
                           ? tr("1 row")
                           : tr("%1 rows").arg(document::groupedText(second->rowCount()));
  const QString source = tr("%1 · %2 of “%3” placed").arg(recipe, rows, name);
  m_job.start(tr("Placing rows of “%1”").arg(name),
              [picture, second, title = tr("%1 with %2").arg(first, name),
               column](const base::TaskContext& context) {
                const auto places = placesIn(picture, second->values(), context);
                return places ? togetherTable(picture, *second, *places, title, column) : nullptr;
              },
              {.done =
                   [this, source, column](const table::TablePtr& together) {
                     emit runningChanged();
                     emit opened(m_document.addTable(
                                     together, document::TableEntry::Origin::Projected, source),
                                 column);
                   },
               .failed =
                   [this](const base::Error& error) {
                     emit runningChanged();
                     emit failed(QString::fromStdString(error.sentence()));
                   },
               .cancelled = [this] { emit runningChanged(); }});
  emit runningChanged();
}

}  // namespace embedscope::explore
