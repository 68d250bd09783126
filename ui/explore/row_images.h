// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/embedding_table.h"
#include "ui/jobs/latest_job.h"

#include <QCache>
#include <QImage>
#include <QObject>
#include <QString>

#include <cstdint>
#include <optional>
#include <set>

namespace embedscope::explore {

/// The images of a table's rows: parts of its sprite sheet, or files that a metadata column names.
///
/// The sheet is read in the background when the table is shown; files when their rows are asked
/// for, each kept in a small size.
class RowImages : public QObject {
  Q_OBJECT

 public:
  /// The runner must outlive the object.
  explicit RowImages(jobs::JobRunner& runner, QObject* parent = nullptr);

  /// @param folder  that relative paths of a column begin in; empty: where the program runs.
  void setTable(const table::TablePtr& table, const QString& folder);

  /// Whether the table has a sheet or such a column.
  bool isKnown() const { return m_column != nullptr || (m_table && m_table->sprites()); }

  /// Where the images come from: "sprites.png" or "column “image”".
  QString source() const;

  /// A null one when the row has none, or not yet; then `changed` follows.
  QImage imageOf(std::int64_t row);

 signals:
  void changed();
  void failed(const QString& sentence);

 private:
  void readSheet();
  void readNext();

  table::TablePtr m_table;
  const table::MetadataColumn* m_column = nullptr;  ///< of m_table
  QString m_folder;
  QImage m_sheet;
  QCache<qint64, QImage> m_files;
  std::set<std::int64_t> m_wanted;  ///< rows whose files are to be read
  jobs::LatestJob m_job;
};

/// The first metadata column whose first values are names of image files; null: there is none.
const table::MetadataColumn* imageColumn(const table::Metadata& metadata);

}  // namespace embedscope::explore
