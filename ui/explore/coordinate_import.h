// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/base/task_context.h"
#include "core/table/embedding_table.h"
#include "ui/document/document.h"
#include "ui/jobs/latest_job.h"

#include <QObject>
#include <QString>

#include <filesystem>
#include <map>
#include <memory>
#include <optional>

namespace embedscope::explore {

/// Where the rows of a table lie by coordinates that were made elsewhere.
struct ImportedPoints {
  std::shared_ptr<const base::RowMatrix> points;  ///< n × 2 or n × 3; NaN for rows that have none

  /// "10,000 rows · coordinates from umap.csv, matched by label · 12 rows without them not drawn".
  QString recipe;
};

using ImportedPtr = std::shared_ptr<const ImportedPoints>;

/// Finds the coordinates of a table's rows among the rows of another one, as table::matchRows does.
///
/// @param from  what the recipe calls `source`: "umap.csv".
/// @return nothing when stopped. @throws Error InvalidArgument: `source` does not have two or three
///         dimensions; as matchRows.
/// Cost O(n), expected.
ImportedPtr importedPoints(const table::EmbeddingTable& table, const table::EmbeddingTable& source,
                           const QString& from, const base::TaskContext& context = {});

/// The same from a file of any format that is read; what it holds is checked before it is read.
/// @throws Error also as formats::readTable.
ImportedPtr importedPoints(const table::EmbeddingTable& table, const std::filesystem::path& file,
                           const base::TaskContext& context = {});

/// Imports coordinates for the rows of tables, in the background, and remembers the newest ones of
/// each table as long as it is open.
class CoordinateImporter : public QObject {
  Q_OBJECT

 public:
  /// Both must outlive the importer.
  CoordinateImporter(document::Document& document, jobs::JobRunner& runner,
                     QObject* parent = nullptr);

  /// Those of a table; null: there are none.
  ImportedPtr find(document::TableId table) const;

  /// Remembers coordinates that were imported before. @param points  of as many rows as the table.
  void put(document::TableId table, ImportedPtr points);

  /// Imports for the current table: from a file, or from another table that is open. Only the
  /// newest request is worked on.
  void readFile(const QString& path);
  void takeFrom(document::TableId source);

  /// Stops the work under way.
  void cancel() { m_job.cancel(); }

  bool isRunning() const { return m_job.isRunning(); }

  /// What is worked on: "umap.csv".
  const QString& source() const { return m_source; }

 signals:
  /// Work has begun or ended, or a table has other coordinates.
  void changed();
  void progressed(double fraction);
  void imported(embedscope::document::TableId table);
  void failed(embedscope::document::TableId table, const QString& sentence);

 private:
  template <typename Work>
  void start(const QString& source, Work work);
  void dropClosedTables();

  document::Document& m_document;
  std::map<document::TableId, ImportedPtr> m_imported;
  document::TableId m_table;  ///< for which the work under way is
  QString m_source;
  jobs::LatestJob m_job;
};

}  // namespace embedscope::explore
