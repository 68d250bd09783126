// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/rate_spin_box.h"

#include <QLocale>

namespace embedscope::train {

namespace {

constexpr int kDecimals = 6;
constexpr double kSmallest = 1e-6;
constexpr double kLargest = 100;

}  // namespace

RateSpinBox::RateSpinBox(QWidget* parent) : QDoubleSpinBox(parent) {
  setDecimals(kDecimals);
  setRange(kSmallest, kLargest);
  setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
}

QString RateSpinBox::textFromValue(double value) const {
  QLocale plain = locale();
  plain.setNumberOptions(QLocale::OmitGroupSeparator);
  return plain.toString(value, 'f', QLocale::FloatingPointShortest);
}

}  // namespace embedscope::train
