// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/snapshot.h"
#include "ui/train/film_bar.h"
#include "ui/train/live_vectors.h"
#include "ui/train/loss_curves.h"
#include "ui/train/neighbor_curves.h"
#include "ui/train/run_controller.h"

#include <QObject>

namespace embedscope::train {

/// Lets the film bar, the vectors, the losses and the neighbors of a category show the same step.
class FilmController : public QObject {
  Q_OBJECT

 public:
  struct Views {
    FilmBar* bar;
    LiveVectors* vectors;
    LossCurves* losses;
    NeighborCurves* neighbors;
  };

  /// @param views  must outlive this object, as must the run.
  FilmController(RunController& run, Views views, QObject* parent = nullptr);

 private:
  void begin();
  void takeFilm();
  void showState();
  void showFrame();
  std::vector<jobs::SnapshotPtr> framesForExtent() const;
  void follow();
  FilmedTable filmOf(std::size_t feature) const;

  RunController& m_run;
  Views m_views;
  std::vector<jobs::SnapshotPtr> m_extent;  ///< frames of the whole film, when it was entered
};

}  // namespace embedscope::train
