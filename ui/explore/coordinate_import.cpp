// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/coordinate_import.h"

#include "core/base/error.h"
#include "core/formats/table_io.h"
#include "core/table/row_match.h"
#include "ui/document/table_text.h"
#include "ui/explore/axes.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <string>
#include <utility>

namespace embedscope::explore {

namespace {

using base::Error;
using base::ErrorCode;

constexpr double kReading = 0.8;  ///< share of the progress

QString translated(const char* text) {
  return QCoreApplication::translate("CoordinateImport", text);
}

void requireCoordinates(std::int64_t dimension) {
  if (dimension != 2 && dimension != 3) {
    throw Error(ErrorCode::InvalidArgument,
                "coordinates are two or three numbers for each row, "
                "not " +
                    std::to_string(dimension));
  }
}

/// True when the first row is none: pandas writes the numbers of columns that have no names, and
/// "0,1" above two columns looks like coordinates.
bool beginsWithColumnNumbers(const table::EmbeddingTable& source, std::int64_t wantedRows) {
  return source.dimension() == 2 && source.rowCount() == wantedRows + 1 &&
         source.values()(0, 0) == 0 && source.values()(0, 1) == 1 &&
         table::countsRows(source.vocabulary());
}

table::TablePtr withoutFirstRow(const table::EmbeddingTable& source) {
  const Eigen::Index rows = source.rowCount() - 1;
  table::Vocabulary labels;
  for (Eigen::Index row = 0; row < rows; ++row) {
    labels.append(std::to_string(row));
  }
  return std::make_shared<const table::EmbeddingTable>(source.name(), std::move(labels),
                                                       source.values().bottomRows(rows));
}

QString recipeOf(const table::RowMatch& match, const base::RowMatrix& points, const QString& from) {
  const auto rows = [](std::int64_t count) {
    return count == 1 ? translated("1 row")
                      : translated("%1 rows").arg(document::groupedText(count));
  };
  QString text = (match.by == table::RowMatch::By::Label
                      ? translated("%1 · coordinates from %2, matched by label")
                      : translated("%1 · coordinates from %2, in the order of its rows"))
                     .arg(rows(points.rows()), from);
  if (match.missing > 0) {
    text += translated(" · %1 without coordinates not drawn").arg(rows(match.missing));
  }
  if (const std::int64_t undrawn = undrawnCount(points) - match.missing; undrawn > 0) {
    text += translated(" · %1 with NaN or infinity not drawn").arg(document::groupedText(undrawn));
  }
  if (match.surplus > 0) {
    text += translated(" · %1 of other labels left out").arg(rows(match.surplus));
  }
  return text;
}

/// What a table is called in a recipe; of coordinates that were kept here how they were made.
QString nameInRecipe(const document::TableEntry& entry) {
  const QString name = translated("“%1”").arg(QString::fromStdString(entry.table->name()));
  return entry.origin == document::TableEntry::Origin::Projected
             ? QStringLiteral("%1 (%2)").arg(name, entry.source)
             : name;
}

QString sentenceOf(const QString& source, const Error& error) {
  base::Place place = error.place();
  place.path.clear();
  const QString where = QString::fromStdString(place.text());
  const QString sentence = document::shownText(error.sentence());
  return where.isEmpty() ? QStringLiteral("%1: %2").arg(source, sentence)
                         : QStringLiteral("%1: %2: %3").arg(source, where, sentence);
}

}  // namespace

ImportedPtr importedPoints(const table::EmbeddingTable& table, const table::EmbeddingTable& source,
                           const QString& from, const base::TaskContext& context) {
  requireCoordinates(source.dimension());
  const table::RowMatch match = table::matchRows(table.vocabulary(), source.vocabulary(), context);
  auto points = std::make_shared<const base::RowMatrix>(
      table::matchedValues(source.values(), match, context));
  if (context.stopRequested()) {
    return nullptr;
  }
  const QString recipe = recipeOf(match, *points, from);
  return std::make_shared<const ImportedPoints>(ImportedPoints{std::move(points), recipe});
}

ImportedPtr importedPoints(const table::EmbeddingTable& table, const std::filesystem::path& file,
                           const base::TaskContext& context) {
  requireCoordinates(formats::previewTable(file).dimension);
  formats::ReadOptions options;
  options.checksMapped = false;
  const auto loaded = formats::readTable(file, options, context.part(0, kReading));
  if (!loaded) {
    return nullptr;
  }
  const table::TablePtr source = beginsWithColumnNumbers(*loaded->table, table.rowCount())
                                     ? withoutFirstRow(*loaded->table)
                                     : loaded->table;
  return importedPoints(table, *source, document::shownText(file.filename().string()),
                        context.part(kReading, 1));
}

CoordinateImporter::CoordinateImporter(document::Document& document, jobs::JobRunner& runner,
                                       QObject* parent)
    : QObject(parent), m_document(document), m_job(runner, this) {
  connect(&m_document, &document::Document::tablesChanged, this,
          &CoordinateImporter::dropClosedTables);
  connect(&runner, &jobs::JobRunner::jobChanged, this, [this](const jobs::JobInfo& job) {
    if (m_job.id() == job.id) {
      emit progressed(job.fraction);
    }
  });
}

ImportedPtr CoordinateImporter::find(document::TableId table) const {
  const auto found = m_imported.find(table);
  return found == m_imported.end() ? nullptr : found->second;
}

void CoordinateImporter::put(document::TableId table, ImportedPtr points) {
  m_imported[table] = std::move(points);
  emit changed();
}

void CoordinateImporter::readFile(const QString& path) {
  start(QFileInfo(path).fileName(),
        [file = std::filesystem::path(path.toStdU16String())](const table::EmbeddingTable& table,
                                                              const base::TaskContext& context) {
          return importedPoints(table, file, context);
        });
}

void CoordinateImporter::takeFrom(document::TableId source) {
  if (const document::TableEntry* entry = m_document.table(source)) {
    start(QString::fromStdString(entry->table->name()),
          [source = entry->table, from = nameInRecipe(*entry)](const table::EmbeddingTable& table,
                                                               const base::TaskContext& context) {
            return importedPoints(table, *source, from, context);
          });
  }
}

/// @param work  (table, context) → ImportedPtr.
template <typename Work>
void CoordinateImporter::start(const QString& source, Work work) {
  const document::TableEntry* entry = m_document.currentTableEntry();
  if (entry == nullptr) {
    return;
  }
  m_table = entry->id;
  m_source = source;
  m_job.start(tr("Importing coordinates from %1").arg(source),
              [table = entry->table, work = std::move(work)](const base::TaskContext& context) {
                return work(*table, context);
              },
              {.done =
                   [this](ImportedPtr points) {
                     m_imported[m_table] = std::move(points);
                     emit changed();
                     emit imported(m_table);
                   },
               .failed =
                   [this](const Error& error) {
                     emit changed();
                     emit failed(m_table, sentenceOf(m_source, error));
                   },
               .cancelled = [this] { emit changed(); }});
  emit changed();
}

void CoordinateImporter::dropClosedTables() {
  std::erase_if(m_imported, [this](const auto& item) { return !m_document.table(item.first); });
  if (m_job.isRunning() && !m_document.table(m_table)) {
    m_job.drop();
    emit changed();
  }
}

}  // namespace embedscope::explore
