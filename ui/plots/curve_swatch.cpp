// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curve_swatch.h"

#include <QPainter>

namespace embedscope::plots {

QPixmap curveSwatch(const CurveStyle& style, bool dark, double ratio) {
  constexpr QSize kSize(24, 14);
  QPixmap picture(kSize * ratio);
  picture.setDevicePixelRatio(ratio);
  picture.fill(Qt::transparent);
  QPainter painter(&picture);
  painter.setRenderHint(QPainter::Antialiasing);
  CurveStyle plain = style;
  plain.emphasis = CurveStyle::Emphasis::Strong;
  painter.setPen(plain.pen(dark));
  painter.drawLine(QLineF(1, kSize.height() / 2.0, kSize.width() - 1, kSize.height() / 2.0));
  return picture;
}

}  // namespace embedscope::plots
