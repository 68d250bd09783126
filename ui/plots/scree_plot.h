// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/plot_widget.h"

#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace embedscope::plots {

/// How much of the whole variance lies along each principal component: a bar for each, and a line
/// of all up to it with its own axis on the right. Left and right keys walk through the components.
class ScreePlot : public PlotWidget {
  Q_OBJECT

 public:
  /// A component with a name above its bar, e.g. "x".
  struct Mark {
    int component = 0;  ///< from 0
    QString name;
  };

  explicit ScreePlot(QWidget* parent = nullptr);
  ~ScreePlot() override;

  /// @param shares  of the whole variance, in [0, 1], falling; empty: nothing is drawn.
  void setShares(std::vector<double> shares);
  int componentCount() const;

  void setMarks(std::vector<Mark> marks);

  /// "PC 3: 4.1 % of the variance, 38.2 % with those before". @param component  there is.
  QString readout(int component) const;

  /// The component whose bar is nearest to a place of the widget; nothing when there is none.
  std::optional<int> componentAt(QPointF position) const;

 protected:
  void restyle() override;
  void layoutFor(QSize size) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  struct View;

  void rebuild();
  void paintMarks(QPainter& painter) const;
  void point(std::optional<int> component);

  std::unique_ptr<View> m_view;
};

}  // namespace embedscope::plots
