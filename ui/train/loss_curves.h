// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/step_thinner.h"
#include "ui/jobs/training_updates.h"
#include "ui/plots/curves.h"
#include "ui/train/run_description.h"

#include <QWidget>

#include <optional>

class QCheckBox;

namespace embedscope::controls {
class ElidedLabel;
}  // namespace embedscope::controls

namespace embedscope::train {

/// The losses of a run as they come: steps faintly (means of neighbors in long runs), the mean of
/// each epoch solid, validation dashed; and the validation metric in words.
class LossCurves : public QWidget {
  Q_OBJECT

 public:
  explicit LossCurves(QWidget* parent = nullptr);

  void beginRun(const RunDescription& run);

  /// Forgets the last run.
  void clear();

  /// Marks a step of the film; NaN: none.
  void setMarker(double step);

  /// Appends what is new. Cost: the new records.
  void append(const jobs::TrainingUpdates& updates);

 signals:
  /// A click on the plot at this step.
  void stepClicked(double step);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  plots::CurveStyle stepStyle() const;
  void appendSteps(const jobs::TrainingUpdates& updates);
  void appendEpochs(const jobs::TrainingUpdates& updates);
  void tellMetric(const training::EpochRecord& epoch);

  plots::CurvePlot* m_plot;
  QCheckBox* m_logarithmic;
  controls::ElidedLabel* m_metric;
  RunDescription m_run;
  std::optional<jobs::StepThinner> m_thinner;  ///< once the length of the run is known
  plots::CurvePlot::SeriesId m_steps = -1;
  plots::CurvePlot::SeriesId m_train = -1;
  plots::CurvePlot::SeriesId m_validation = -1;
};

}  // namespace embedscope::train
