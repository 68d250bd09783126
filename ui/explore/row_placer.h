// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"
#include "ui/explore/placing.h"
#include "ui/jobs/latest_job.h"

#include <QObject>
#include <QString>

#include <vector>

namespace embedscope::explore {

/// Places the rows of another open table into a picture, in the background, and opens the points of
/// both as a table.
class RowPlacer : public QObject {
  Q_OBJECT

 public:
  /// Both must outlive the placer.
  RowPlacer(document::Document& document, jobs::JobRunner& runner, QObject* parent = nullptr);

  /// The open tables whose rows have as many numbers as those of the current one, without it.
  std::vector<document::TableEntry> candidates() const;

  /// @param recipe  of the picture, told of the new table. @param other  a candidate.
  void place(const PlacingPicture& picture, const QString& recipe, document::TableId other);

  bool isRunning() const { return m_job.isRunning(); }

 signals:
  /// Work has begun or ended.
  void runningChanged();

  /// The table is open. @param column  tells which row is of which table.
  void opened(embedscope::document::TableId table, const QString& column);
  void failed(const QString& sentence);

 private:
  document::Document& m_document;
  jobs::LatestJob m_job;
};

}  // namespace embedscope::explore
