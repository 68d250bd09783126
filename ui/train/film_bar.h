// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/film.h"
#include "ui/train/film_view.h"

#include <QTimer>
#include <QWidget>

#include <cstdint>
#include <optional>

class QComboBox;
class QLabel;
class QPushButton;
class QSlider;
class QToolButton;

namespace embedscope::train {

/// Moves through the film of a run: a slider over its frames whose right end is the newest state,
/// play, how frames are laid over each other, and going on from the frame shown.
///
/// Holds no frames, only how many there are and at which steps.
class FilmBar : public QWidget {
  Q_OBJECT

 public:
  explicit FilmBar(QWidget* parent = nullptr);

  /// What there is to show. Stays at the frame shown, or at the newest state.
  void setFilm(const training::Film& film, std::int64_t stepsPerEpoch);

  /// Back to the newest state; not emitted.
  void clear();

  /// Whether the run can be continued from a frame now (not while it goes on).
  void setCanContinue(bool can);

  /// The frame shown; nothing: the newest state.
  std::optional<std::size_t> frame() const;

  /// Shows the last frame at or before a step.
  void showStep(std::int64_t step);

  FilmView::Turning turning() const;

 signals:
  /// Another frame is to be shown; −1: the newest state.
  void frameChosen(int frame);
  void turningChanged();
  void continueRequested();

 private:
  void buildControls();
  void buildPlay();
  void choose(int position);
  void playOn();
  void togglePlay();
  void stopPlaying();
  void tell();

  QToolButton* m_play;
  QSlider* m_slider;
  QLabel* m_text;
  QComboBox* m_turning;
  QPushButton* m_continue;
  QTimer m_timer;
  std::vector<std::int64_t> m_steps;  ///< of the frames
  std::int64_t m_stepsPerEpoch = 0;
  bool m_canContinue = false;
};

}  // namespace embedscope::train
