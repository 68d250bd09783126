// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/neighbors/exact_index.h"
#include "core/neighbors/hnsw_index.h"
#include "ui/document/document.h"
#include "ui/jobs/job_runner.h"

#include <QObject>
#include <QString>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace embedscope::inspector {

/// What neighbors are wanted.
struct NeighborWish {
  neighbors::Metric metric = neighbors::Metric::Cosine;
  std::int64_t count = 10;   ///< 1 to NeighborFinder::kMostCount; fewer where the table has fewer
  bool approximate = false;  ///< by an index, where the table is large enough for one

  bool operator==(const NeighborWish&) const = default;
};

/// Finds the nearest rows of the document's chosen row, for everybody who shows them.
///
/// Follows the document's selection by itself. Small tables are answered within the call that chose
/// the row; others by jobs, of which only the newest request is ever answered. A large table that
/// is asked again gets a rounded copy of its rows in the background, which makes later answers
/// several times as fast without changing them. An approximate index is built when it is wished
/// for, by a job that can be cancelled. All of this goes with the table.
class NeighborFinder : public QObject {
  Q_OBJECT

 public:
  static constexpr std::int64_t kCount = 10;  ///< neighbors at first
  static constexpr std::int64_t kMostCount = 1000;
  /// Tables of fewer rows are searched so fast that an approximate index gains nothing.
  static constexpr std::int64_t kApproximateFrom = 100'000;

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

  const NeighborWish& wish() const { return m_wish; }

  /// Searches anew where the wish is another one.
  void setWish(const NeighborWish& wish);

  /// Offers approximate indices for tables of so many rows; kApproximateFrom at first.
  void setApproximateFrom(std::int64_t rows) { m_approximateFrom = rows; }

  /// Whether the current table is large enough, and the metric one, for an approximate index.
  bool offersApproximate() const;

  /// True while an approximate index is being built for the answer.
  bool isBuilding() const;

  /// Of an answer by an approximate index: the share of true neighbors that it finds, measured on a
  /// sample of rows.
  std::optional<double> recall() const { return m_recall; }

  /// Searches again after `Stopped`.
  void findAgain();

 signals:
  void stateChanged();

  /// The answer for a row that is still the chosen one; comes after `stateChanged`.
  void neighborsFound(embedscope::document::TableId table, qint64 row,
                      const std::vector<embedscope::neighbors::Neighbor>& neighbors);

 private:
  /// An approximate index with what it was measured to find.
  struct Approximate {
    std::shared_ptr<const neighbors::HnswIndex> index;
    double recall = 0;
  };

  /// What is kept of a table to answer faster.
  struct Aids {
    int asked = 0;  ///< exact searches so far
    std::shared_ptr<const neighbors::RoundedRows> rounded;
    std::optional<jobs::JobId> rounding;
    bool mayRound = true;  ///< false once it was cancelled or failed
    std::map<neighbors::Metric, Approximate> approximate;
    std::optional<jobs::JobId> building;
    neighbors::Metric builtMetric = neighbors::Metric::Cosine;  ///< by `building`
  };

  using Find = std::function<Neighbors(const base::TaskContext&)>;

  struct Request {
    document::TableId table;
    std::int64_t row = 0;
    std::int64_t serial = 0;  ///< tells two requests for the same row apart

    bool operator==(const Request&) const = default;
  };

  void follow();
  void dropClosedTables();
  void ask(const table::TablePtr& table);
  void askExact(const table::TablePtr& table, Aids& aids);
  void roundRows(const table::TablePtr& table, Aids& aids);
  void build(const table::TablePtr& table, Aids& aids);
  void buildEnded(document::TableId id, std::optional<Approximate> built, const QString& problem);
  void search(const table::TablePtr& table, const Find& find);
  void answer(const Request& request, Neighbors found);
  void fail(const Request& request, const QString& problem);
  void stop(const Request& request);
  void cancelSearch();
  void become(State state, Neighbors found = {}, const QString& problem = {});

  document::Document& m_document;
  jobs::JobRunner& m_runner;
  NeighborWish m_wish;
  std::int64_t m_approximateFrom = kApproximateFrom;
  std::map<document::TableId, Aids> m_aids;
  std::optional<jobs::JobId> m_search;  ///< under way
  std::optional<Request> m_request;     ///< the newest
  std::int64_t m_lastSerial = 0;
  State m_state = State::Nothing;
  Neighbors m_neighbors;
  QString m_problem;
  std::optional<double> m_recall;
};

}  // namespace embedscope::inspector
