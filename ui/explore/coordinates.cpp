// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/coordinates.h"

#include <memory>

namespace embedscope::explore {

table::TablePtr coordinateTable(const table::EmbeddingTable& table, const base::RowMatrix& points,
                                const QString& name) {
  return std::make_shared<const table::EmbeddingTable>(name.toStdString(), table.vocabulary(),
                                                       points, table.metadata());
}

CoordinateKeeper::CoordinateKeeper(document::Document& document, jobs::JobRunner& runner,
                                   QObject* parent)
    : QObject(parent), m_document(document), m_job(runner, this) {}

void CoordinateKeeper::keep(const Picture& picture) {
  const table::TablePtr table = m_document.table(picture.table)->table;
  const QString name = tr("%1 coordinates").arg(QString::fromStdString(table->name()));
  m_job.start(tr("Keeping coordinates"),
              [table, points = picture.points, name](const base::TaskContext&) {
                return coordinateTable(*table, *points, name);
              },
              {.done =
                   [this, recipe = picture.recipe](const table::TablePtr& kept) {
                     emit runningChanged();
                     m_document.addTable(kept, document::TableEntry::Origin::Projected, recipe);
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
