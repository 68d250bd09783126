// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/neighbors/exact_index.h"
#include "ui/document/document.h"
#include "ui/jobs/job_runner.h"

#include <QObject>
#include <QString>

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace embedscope::inspector {

/// Finds the nearest rows (cosine, exact) of the document's chosen row, for everybody who shows
/// them.
///
/// Follows the document's selection by itself. The index of a table is built once, when a row of it
/// is chosen for the first time, and dropped with the table. Small tables are answered within the
/// call that chose the row; others by jobs, of which only the newest request is ever answered.
class NeighborFinder : public QObject {
  Q_OBJECT

 public:
  /// How many neighbors are found (fewer when the table has fewer other rows).
  static constexpr std::int64_t kCount = 10;

  enum class State {
    Nothing,    ///< no row is chosen
    Searching,  ///< the answer is on its way
    Found,
    Stopped,  ///< somebody cancelled the search; see `findAgain`
    Failed,   ///< there is no answer; `problem()` says why
  };

  using Neighbors = std::vector<neighbors::Neighbor>;

  /// The document and the runner must outlive the finder.
  NeighborFinder(document::Document& document, jobs::JobRunner& runner, QObject* parent = nullptr);
  ~NeighborFinder() override;

  State state() const { return m_state; }

  /// The neighbors of the document's chosen row, nearest first; empty unless `Found`.
  const Neighbors& neighbors() const { return m_neighbors; }

  /// Why there is no answer, as a sentence; empty unless `Failed`.
  const QString& problem() const { return m_problem; }

  /// Searches again after `Stopped`.
  void findAgain();

 signals:
  void stateChanged();

  /// The answer for a row that is still the chosen one; comes after `stateChanged`.
  void neighborsFound(embedscope::document::TableId table, qint64 row,
                      const std::vector<embedscope::neighbors::Neighbor>& neighbors);

 private:
  using IndexPtr = std::shared_ptr<const neighbors::ExactIndex>;

  struct Request {
    document::TableId table;
    std::int64_t row = 0;
    std::int64_t serial = 0;  ///< tells two requests for the same row apart

    bool operator==(const Request&) const = default;
  };

  void follow();
  void dropClosedTables();
  void buildIndex(const table::TablePtr& table);
  void search(const IndexPtr& index);
  void answer(const Request& request, Neighbors found);
  void fail(const Request& request, const QString& problem);
  void stop(const Request& request);
  void cancelSearch();
  void become(State state, Neighbors found = {}, const QString& problem = {});

  document::Document& m_document;
  jobs::JobRunner& m_runner;
  std::map<document::TableId, IndexPtr> m_indices;
  std::map<document::TableId, jobs::JobId> m_builds;  ///< under way
  std::optional<jobs::JobId> m_search;                ///< under way
  std::optional<Request> m_request;                   ///< the newest
  std::int64_t m_lastSerial = 0;
  State m_state = State::Nothing;
  Neighbors m_neighbors;
  QString m_problem;
};

}  // namespace embedscope::inspector
