// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/projection/faithfulness.h"
#include "core/projection/layout.h"
#include "core/projection/preparation.h"
#include "core/table/embedding_table.h"
#include "ui/jobs/latest_job.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>
#include <optional>

namespace embedscope::explore {

/// UMAP or t-SNE of a table in the background, handed out while it runs.
///
/// A run that is paused (or cancelled by the list of jobs) goes on where it stopped, with the same
/// bits as without the pause. When it is done it is measured how faithful the picture is.
class LayoutRun : public QObject {
  Q_OBJECT

 public:
  using Points = std::shared_ptr<const base::RowMatrix>;

  enum class State { Idle, Running, Paused, Done };

  /// The runner must outlive the run.
  explicit LayoutRun(jobs::JobRunner& runner, QObject* parent = nullptr);
  ~LayoutRun() override;

  /// Begins anew with this table, whose rows are prepared first. How faithful the picture is is
  /// measured against the table as it is.
  /// @param supervisor  a metadata column of it that supervises UMAP; empty: none.
  void start(const table::TablePtr& table, const projection::LayoutOptions& options,
             const projection::Preparation& preparation = {}, const QString& supervisor = {});

  /// Without effect unless Running, and unless Paused.
  void pause();
  void resume();

  /// Forgets everything; no signal follows.
  void clear();

  State state() const { return m_state; }

  /// The newest points, n × dims; null before the first ones.
  const Points& points() const { return m_points; }

  /// Of the newest points.
  std::int64_t step() const { return m_step; }

  std::int64_t steps() const { return m_steps; }

  /// As they were given: without the categories of the supervisor.
  const projection::LayoutOptions& options() const;

  /// What is done to the rows before they are laid out.
  projection::Preparation preparation() const;

  QString supervisor() const;

  /// How long it has run, without pauses and measuring.
  double seconds() const;

  /// The Kullback-Leibler divergence of t-SNE's picture; nothing until Done, and for UMAP.
  std::optional<double> divergence() const { return m_divergence; }

  /// Nothing until Done.
  const std::optional<projection::Faithfulness>& faithfulness() const { return m_faithfulness; }

 signals:
  void stateChanged();
  void pointsMoved();
  void failed(const QString& sentence);

 private:
  struct Work;

  /// What is found out when the picture is done.
  struct Measures {
    std::optional<projection::Faithfulness> faithfulness;
    std::optional<double> divergence;
  };

  void run();
  void become(State state);
  void forgetPoints();
  void takePoints();

  State m_state = State::Idle;
  std::shared_ptr<Work> m_work;
  Points m_points;
  std::int64_t m_step = 0;
  std::int64_t m_steps = 0;
  std::optional<double> m_divergence;
  std::optional<projection::Faithfulness> m_faithfulness;
  QTimer m_look;  ///< for newer points
  jobs::LatestJob m_job;
};

/// "UMAP" or "t-SNE".
QString layoutName(const projection::LayoutOptions& options);

}  // namespace embedscope::explore
