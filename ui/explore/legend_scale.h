// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/set_operation.h"

#include <QWidget>

namespace embedscope::explore {

/// A scale of colors from the least to the greatest number. A drag along it picks the numbers
/// between both ends (Shift adds, Alt subtracts). Keys: Left and Right move the lower end, Down and
/// Up the upper one, Enter or Space picks, Escape goes back to all of it.
class LegendScale : public QWidget {
  Q_OBJECT

 public:
  LegendScale(double least, double greatest, QWidget* parent = nullptr);

  /// The range that is marked now.
  double low() const { return valueAt(m_low); }

  double high() const { return valueAt(m_high); }

  QSize sizeHint() const override;

  QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

 signals:
  void picked(double low, double high, embedscope::table::SetOperation operation);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  double valueAt(double part) const { return m_least + part * (m_greatest - m_least); }

  double partAt(double x) const;

  bool isWhole() const { return m_low == 0 && m_high == 1; }

  void setRange(double low, double high);

  double m_least;
  double m_greatest;
  double m_low = 0;  ///< of the range, as a part of the scale
  double m_high = 1;
  double m_pressed = 0;
};

}  // namespace embedscope::explore
