// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

#include <optional>

class QCheckBox;
class QLabel;
class QPushButton;
class QSlider;

namespace embedscope::train {

/// What the run controls show.
struct RunControlsState {
  bool active = false;  ///< a run is under way
  bool paused = false;
  bool canStart = false;
  QString status;  ///< progress, or why Start is disabled
};

/// Start, Pause, Step, Stop and slow motion, with a line that says how far the run is.
class RunControls : public QWidget {
  Q_OBJECT

 public:
  explicit RunControls(QWidget* parent = nullptr);

  void setState(const RunControlsState& state);

  bool isSlow() const;

 signals:
  void startRequested();
  void pauseOrResumeRequested();
  void stepRequested();
  void stopRequested();

  /// Nothing: full speed.
  void slowMotionChanged(std::optional<double> stepsPerSecond);

 private:
  QWidget* buildSlowMotion();
  void tellSlowMotion();
  void setPauseText(bool paused);

  QPushButton* m_start;
  QPushButton* m_pause;
  QPushButton* m_step;
  QPushButton* m_stop;
  QCheckBox* m_slow;
  QSlider* m_speed;
  QLabel* m_speedText;
  QLabel* m_status;
  std::optional<bool> m_pauseShowsResume;
};

}  // namespace embedscope::train
