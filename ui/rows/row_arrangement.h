// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/latest_job.h"
#include "ui/rows/arranged_rows.h"

#include <QObject>

#include <cstdint>

namespace embedscope::rows {

/// Keeps the rows of a table sorted and filtered as asked, in the background where the table is not
/// small. Work that is cancelled leaves things as they were.
class RowArrangement : public QObject {
  Q_OBJECT

 public:
  /// The runner must outlive the arrangement.
  explicit RowArrangement(jobs::JobRunner& runner, QObject* parent = nullptr);

  /// Another table: all its rows, in its order.
  void setTable(table::TablePtr table);

  /// Asks for other rows; `changed` follows, perhaps before this returns.
  void ask(const RowQuery& query);

  /// What was asked for last.
  const RowQuery& query() const { return m_query; }

  /// The selected rows. Matters where only those are listed.
  void setSelection(const table::RowSet& selection);

  std::int64_t count() const;

  /// The row at a place of the list. @param place  0 ≤ place < count().
  std::int64_t rowAt(std::int64_t place) const;

  /// Where a row stands; nothing when it is not listed. O(count()) where they are arranged.
  std::optional<std::int64_t> placeOf(std::int64_t row) const;

  /// Rows of the list from place to place, both included.
  table::RowSet rowsBetween(std::int64_t from, std::int64_t to) const;

  /// The rows of a set in the order of the list; those not listed are left out.
  table::RowOrder listedOf(const table::RowSet& rows) const;

  bool isRunning() const { return m_job.isRunning(); }

  /// Stops what is under way; `changed` follows.
  void cancel() { m_job.cancel(); }

 signals:
  void changed();         ///< other rows are listed, or in another order
  void runningChanged();  ///< work began or ended
  void progressed(double fraction);

 private:
  void arrange();
  void take(ArrangedRows arranged);

  table::TablePtr m_table;
  table::RowSet m_selection;
  RowQuery m_query;
  ArrangedRows m_arranged;
  jobs::LatestJob m_job;
};

}  // namespace embedscope::rows
