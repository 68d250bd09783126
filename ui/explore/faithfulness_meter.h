// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/projection/faithfulness.h"
#include "core/table/embedding_table.h"
#include "ui/explore/picture_maker.h"
#include "ui/jobs/latest_job.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>

namespace embedscope::explore {

/// Measures in the background how faithful a picture is. Asked for, since it takes longer than
/// drawing.
class FaithfulnessMeter : public QObject {
  Q_OBJECT

 public:
  using Points = std::shared_ptr<const base::RowMatrix>;

  /// The runner must outlive the meter.
  explicit FaithfulnessMeter(jobs::JobRunner& runner, QObject* parent = nullptr);

  /// @param picture  of `table`, with a point for every row.
  void measure(const table::TablePtr& table, const Picture& picture);

  /// Forgets the measurement and the work towards one; no signal follows.
  void drop();

  bool isRunning() const { return m_job.isRunning(); }

  /// What was measured of these points; null when it was not.
  const projection::Faithfulness* find(const Points& points) const;

 signals:
  /// Work has begun or ended, with or without a measurement.
  void changed();
  void failed(const QString& sentence);

 private:
  Points m_points;  ///< those measured
  std::optional<projection::Faithfulness> m_measured;
  jobs::LatestJob m_job;
};

}  // namespace embedscope::explore
