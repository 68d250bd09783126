// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/table/embedding_table.h"
#include "ui/document/document.h"
#include "ui/explore/picture_maker.h"
#include "ui/jobs/latest_job.h"

#include <QObject>
#include <QString>

namespace embedscope::explore {

/// The points of a picture as a table of their own: the labels and metadata of the rows they stand
/// for, and their coordinates as vectors.
///
/// @param points  n × 2 or n × 3, a point for each row of `table`. Cost O(n).
table::TablePtr coordinateTable(const table::EmbeddingTable& table, const base::RowMatrix& points,
                                const QString& name);

/// Opens the coordinates of pictures as tables; in the background, since a million labels take
/// their time.
class CoordinateKeeper : public QObject {
  Q_OBJECT

 public:
  /// Both must outlive the keeper.
  CoordinateKeeper(document::Document& document, jobs::JobRunner& runner,
                   QObject* parent = nullptr);

  /// @param picture  of a table that is open.
  void keep(const Picture& picture);

  bool isRunning() const { return m_job.isRunning(); }

 signals:
  /// Work has begun or ended.
  void runningChanged();
  void failed(const QString& sentence);

 private:
  document::Document& m_document;
  jobs::LatestJob m_job;
};

}  // namespace embedscope::explore
