// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/plot_widget.h"

#include <optional>
#include <vector>

namespace embedscope::plots {

class BarStrip;

/// A vector's d numbers as small bars around zero; the number under the pointer is shown. Left and
/// right keys walk through the bars.
class BarPlot : public PlotWidget {
  Q_OBJECT

 public:
  explicit BarPlot(QWidget* parent = nullptr);
  ~BarPlot() override;

  /// @param values  d numbers; one that is not finite is drawn as a gap.
  void setValues(std::vector<float> values);
  int valueCount() const;

  /// The size of number that fills the height. Nothing (at first): the largest one shown.
  void setRange(std::optional<float> largest);

  /// The bar at a place of the widget, or −1.
  int barAt(QPointF position) const;

  QSize sizeHint() const override { return {240, 96}; }

 signals:
  /// The bar under the pointer or chosen by key changed; −1 when there is none.
  void barHovered(int index);

 protected:
  void restyle() override;
  void layoutFor(QSize size) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  void setHovered(int index);

  BarStrip* m_bars;  // owned by the canvas
};

}  // namespace embedscope::plots
