// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QSlider;
class QToolButton;

namespace embedscope::product {

/// The buttons that walk through the steps of a product, and the clock that plays them.
class StepControls : public QWidget {
  Q_OBJECT

 public:
  explicit StepControls(QWidget* parent = nullptr);

  /// Which buttons make sense.
  void setPosition(bool atStart, bool atEnd);

  /// Whether there is a step worth jumping to.
  void setJump(bool any);

  bool playing() const { return m_timer.isActive(); }

  void play();
  void pause();

  void togglePlay() { playing() ? pause() : play(); }

 signals:
  void firstRequested();
  void backRequested();
  void forwardRequested();
  void lastRequested();
  void jumpRequested();  ///< to the step that matters

  void playStarted();
  void ticked();  ///< the next step of a playing film is due

 private:
  QToolButton* addButton(QHBoxLayout& layout, const char* name, const QString& icon,
                         const QString& tip);
  void buildSpeed();

  QTimer m_timer;
  QToolButton* m_first = nullptr;
  QToolButton* m_back = nullptr;
  QToolButton* m_play = nullptr;
  QToolButton* m_forward = nullptr;
  QToolButton* m_last = nullptr;
  QPushButton* m_jump = nullptr;
  QSlider* m_speed;
  QLabel* m_speedText;
};

}  // namespace embedscope::product
