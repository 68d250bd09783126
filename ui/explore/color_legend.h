// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/explore/color_scheme.h"

#include <QWidget>

#include <memory>

namespace embedscope::explore {

/// Says what the colors of the points stand for: marks with names and counts, or a scale.
class ColorLegend : public QWidget {
  Q_OBJECT

 public:
  explicit ColorLegend(QWidget* parent = nullptr);

  /// Null: nothing to explain.
  void setScheme(std::shared_ptr<const ColorScheme> scheme);

  QSize sizeHint() const override;

  QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  struct Line {
    int mark = 0;
    QString name;
    QString count;
  };

  std::vector<Line> lines() const;
  int lineHeight() const;
  void paintLine(QPainter& painter, const QRect& place, const Line& line) const;
  void paintScale(QPainter& painter) const;

  std::shared_ptr<const ColorScheme> m_scheme;
};

}  // namespace embedscope::explore
