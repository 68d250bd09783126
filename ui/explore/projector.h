// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/projection/prepared_pca.h"
#include "ui/document/document.h"
#include "ui/jobs/latest_job.h"

#include <QObject>

#include <map>
#include <memory>
#include <vector>

namespace embedscope::explore {

/// The principal components of a table's prepared rows, as far as pictures need them.
struct Principal {
  projection::PreparedPca pca;  ///< with as many components as scores
  base::RowMatrix scores;       ///< n × k, all rows in its basis

  /// The share of the whole variance along a component, 0 ≤ component < d, in [0, 1]; 0 when
  /// nothing varies.
  double share(Eigen::Index component) const;
};

using PrincipalPtr = std::shared_ptr<const Principal>;

/// How many components have scores (fewer when the table has fewer dimensions).
constexpr Eigen::Index kComponents = 10;

/// Centred PCA of all rows of a table, then all rows projected. Nothing when stopped.
/// @throws Error as `projection::fitPreparedPca`. Cost O(n·d² + d³), memory n × k floats, and n × d
/// while it runs with unit rows.
PrincipalPtr principalOf(const table::EmbeddingTable& table,
                         const projection::Preparation& preparation = {},
                         const base::TaskContext& context = {});

/// Computes the principal components of tables in the background and remembers them as long as the
/// tables are open: of each table by the two preparations asked for last, so that one can go from
/// one picture to the other at once.
class Projector : public QObject {
  Q_OBJECT

 public:
  /// Both must outlive the projector.
  Projector(document::Document& document, jobs::JobRunner& runner, QObject* parent = nullptr);

  /// The result for a table whose rows are prepared so; null while there is none.
  PrincipalPtr find(document::TableId table, const projection::Preparation& preparation) const;

  /// Makes sure that the table's components are there or on their way; one of the signals `ready`,
  /// `failed`, `cancelled` follows unless they are there. Only the newest request is worked on.
  void request(document::TableId table, const projection::Preparation& preparation);

  /// Stops the work under way; `cancelled` follows.
  void cancel() { m_job.cancel(); }

  /// Forgets the work under way; no signal follows.
  void drop();

  bool isRunning() const { return m_job.isRunning(); }

 signals:
  void started(const QString& title);
  void progressed(double fraction);
  void ready(embedscope::document::TableId table);
  void failed(embedscope::document::TableId table, const QString& sentence);
  void cancelled(embedscope::document::TableId table);

 private:
  struct Result {
    projection::Preparation preparation;
    PrincipalPtr principal;
  };

  void keep(document::TableId table, Result result);
  void dropClosedTables();

  document::Document& m_document;
  std::map<document::TableId, std::vector<Result>> m_results;  ///< the one asked for last at last
  document::TableId m_table;                                   ///< the one under way
  projection::Preparation m_preparation;                       ///< likewise
  jobs::LatestJob m_job;
};

}  // namespace embedscope::explore
