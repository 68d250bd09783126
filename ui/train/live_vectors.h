// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/snapshot.h"
#include "ui/plots/point_cloud.h"
#include "ui/train/run_description.h"
#include "ui/train/vector_frame.h"

#include <QFutureWatcher>
#include <QString>
#include <QTimer>
#include <QWidget>

#include <optional>
#include <stop_token>
#include <vector>

class QComboBox;
class QLabel;

namespace embedscope::train {

/// The vectors of one feature, drawn as they move: at most 30 pictures a second, one at a time.
///
/// Tables of more than two dimensions are projected on a worker; frames that come meanwhile are
/// skipped, except for the newest.
class LiveVectors : public QWidget {
  Q_OBJECT

 public:
  explicit LiveVectors(QWidget* parent = nullptr);
  ~LiveVectors() override;

  /// The features to choose from before there is a run.
  void offerFeatures(const QStringList& names);

  void beginRun(const RunDescription& run);

  /// Forgets the last run.
  void clear();

  /// Shows a newer state of the run.
  void show(const jobs::SnapshotPtr& snapshot);

  QString watchedFeature() const;

 signals:
  void watchedFeatureChanged(const QString& name);

 private:
  void setNames(const QStringList& names);
  void showEmpty(const QString& text);
  void watch();
  void drawNext();
  void project(const jobs::FeatureSnapshot& feature);
  void draw(const jobs::SnapshotPtr& snapshot, const VectorFrame& view);
  void describe(const jobs::FeatureSnapshot& feature, double explained);
  void restyle(const jobs::FeatureSnapshot& feature);
  const jobs::FeatureSnapshot* watchedIn(const jobs::SnapshotPtr& snapshot) const;
  QString labelOf(qint64 point) const;

  plots::PointCloudPlot* m_plot;
  QComboBox* m_feature;
  QLabel* m_caption;
  QTimer m_pace;
  QFutureWatcher<VectorFrame> m_projection;
  std::stop_source m_stop;
  RunDescription m_run;
  jobs::SnapshotPtr m_newest;     ///< of the run
  jobs::SnapshotPtr m_projected;  ///< being projected
  jobs::SnapshotPtr m_drawn;
  bool m_stale = false;     ///< m_newest is not drawn yet
  bool m_discard = false;   ///< the projection under way is of no use any more
  bool m_restyled = false;  ///< colors and axes suit the watched feature
  Eigen::MatrixXd m_basis;
};

}  // namespace embedscope::train
