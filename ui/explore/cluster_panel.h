// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/embedding_table.h"
#include "ui/explore/cluster_run.h"
#include "ui/jobs/latest_job.h"

#include <QWidget>

#include <memory>
#include <optional>

class QComboBox;
class QFormLayout;
class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace embedscope::explore {

/// Divides the rows of a table, or the points of its picture, into clusters: how, the button that
/// starts it, how far it is, and what came out.
class ClusterPanel : public QWidget {
  Q_OBJECT

 public:
  using ColumnPtr = std::shared_ptr<const table::MetadataColumn>;

  /// The runner must outlive the panel.
  explicit ClusterPanel(jobs::JobRunner& runner, QWidget* parent = nullptr);

  /// The table to be divided; null: none. What is under way for another one is dropped; clusters
  /// stay while the numbers of the table do, also when its metadata change.
  void setTable(const table::TablePtr& table);

  /// The points of its picture, n × 2; null: there is none, or they still move.
  void setPoints(const std::shared_ptr<const base::RowMatrix>& points);

  /// The name of each row's cluster; null: there are no clusters.
  ColumnPtr clusters() const { return m_answer ? m_answer->names : nullptr; }

 signals:
  void clustersChanged();

  /// The clusters shall stay as a column of the table. @param changed  the same table with it.
  void kept(const embedscope::table::TablePtr& changed, const QString& column);

 private:
  void buildOptions();
  void buildProgress();
  void follow();
  bool dividesPoints() const;
  ClusterQuestion question() const;
  void press();
  void start();
  void keep();
  void setRunning(bool running);
  void showAnswer(const std::optional<ClusterAnswer>& answer);

  table::TablePtr m_table;
  std::shared_ptr<const base::RowMatrix> m_points;
  std::optional<ClusterAnswer> m_answer;
  QComboBox* m_method;
  QComboBox* m_what;
  QComboBox* m_metric;
  QSpinBox* m_count;
  QSpinBox* m_least;
  QSpinBox* m_seed;
  QFormLayout* m_form;
  QPushButton* m_button;
  QPushButton* m_keep;
  QProgressBar* m_progress;
  QLabel* m_words;
  jobs::LatestJob m_job;
  jobs::LatestJob m_keeping;
};

}  // namespace embedscope::explore
