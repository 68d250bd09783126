// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace embedscope::window {

/// Fusion with outlines that can be seen in a dark palette too.
///
/// Fusion darkens the color of the window for the outlines of check boxes, radio buttons and input
/// fields, which leaves next to nothing of a dark one. Light palettes look as they always do.
class OutlinedStyle : public QProxyStyle {
  Q_OBJECT

 public:
  OutlinedStyle();

  void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget = nullptr) const override;
  void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                          QPainter* painter, const QWidget* widget = nullptr) const override;
};

}  // namespace embedscope::window
