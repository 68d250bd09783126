// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/snapshot.h"
#include "ui/plots/point_cloud.h"
#include "ui/train/film_view.h"
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
/// Shows the newest state of a run, in its own two leading axes, or a frame of the film in the
/// plane of the newest. Tables of more than two dimensions are projected on a worker; frames that
/// come meanwhile are skipped, except for the newest.
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

  /// A newer state of the run; drawn unless a frame of the film is shown.
  void show(const jobs::SnapshotPtr& snapshot);

  /// The newest state of the run; null before there is one.
  const jobs::SnapshotPtr& newest() const { return m_newest; }

  /// Shows a frame of the film.
  /// @param others  frames that the extent of the picture is to hold too.
  void showFrame(const jobs::SnapshotPtr& frame, const std::vector<jobs::SnapshotPtr>& others,
                 FilmView::Turning turning);

  /// Back to the newest state.
  void showNewest();

  QString watchedFeature() const;

  /// The chosen category, as a row of the watched feature's table.
  std::optional<std::int64_t> chosenRow() const;

  /// Label of a row of the watched feature's table.
  QString labelOfRow(std::int64_t row) const;

 signals:
  void watchedFeatureChanged(const QString& name);
  void chosenRowChanged();

 private:
  /// What comes back from the worker.
  struct Projected {
    VectorFrame frame;
    FilmViewPtr view;             ///< of a film
    base::RowMatrix extent = {};  ///< of a film, when its view was made: points of many frames
  };

  /// The frame of the film that is shown.
  struct Film {
    jobs::SnapshotPtr frame;
    std::vector<jobs::SnapshotPtr> others;
    FilmView::Turning turning = FilmView::Turning::None;
    FilmViewPtr view;  ///< made by the first projection
  };

  void setNames(const QStringList& names);
  void showEmpty(const QString& text);
  void watch();
  void drawNext();
  void project(const jobs::SnapshotPtr& snapshot);
  void projected();
  void draw(const jobs::SnapshotPtr& snapshot, const VectorFrame& view);
  std::shared_ptr<const base::RowMatrix> watchedValues(const jobs::SnapshotPtr& snapshot) const;
  QString labelOf(qint64 point) const;
  void describe(const jobs::FeatureSnapshot& feature, double explained);
  void restyle(const jobs::FeatureSnapshot& feature);
  const jobs::FeatureSnapshot* watchedIn(const jobs::SnapshotPtr& snapshot) const;

  plots::PointCloudPlot* m_plot;
  QComboBox* m_feature;
  QLabel* m_caption;
  QTimer m_pace;
  QFutureWatcher<Projected> m_projection;
  std::stop_source m_stop;
  RunDescription m_run;
  jobs::SnapshotPtr m_newest;     ///< of the run
  jobs::SnapshotPtr m_projected;  ///< being projected
  jobs::SnapshotPtr m_drawn;
  bool m_stale = false;     ///< m_newest is not drawn yet
  bool m_discard = false;   ///< the projection under way is of no use any more
  bool m_restyled = false;  ///< colors and axes suit the watched feature
  Eigen::MatrixXd m_basis;
  std::optional<Film> m_film;
};

}  // namespace embedscope::train
