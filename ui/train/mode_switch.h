// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/train/train_mode.h"

#include <QWidget>

#include <vector>

class QToolButton;

namespace embedscope::train {

/// One run, a race, or the measurement of a crossover: three buttons of which one is down.
class ModeSwitch : public QWidget {
  Q_OBJECT

 public:
  explicit ModeSwitch(QWidget* parent = nullptr);

  TrainMode mode() const;
  void setMode(TrainMode mode);

 signals:
  void modeChanged(embedscope::train::TrainMode mode);

 private:
  void restyle();

  std::vector<QToolButton*> m_buttons;  ///< in the order of TrainMode
};

}  // namespace embedscope::train
