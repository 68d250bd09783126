// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDoubleSpinBox>

namespace embedscope::train {

/// A spin box for learning rates: steps follow the size of the number, and no zeros trail.
class RateSpinBox : public QDoubleSpinBox {
  Q_OBJECT

 public:
  explicit RateSpinBox(QWidget* parent = nullptr);

  QString textFromValue(double value) const override;
};

}  // namespace embedscope::train
