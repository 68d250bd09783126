// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/outlined_style.h"

#include "ui/plots/theme.h"

#include <QStyleOption>

namespace embedscope::window {

namespace {

constexpr double kOutlineStrength = 0.45;  // from the ground to the text
constexpr int kFusionDarkening = 140;      // percent: Fusion's outline is window().darker(140)
constexpr int kDarkBelow = 128;

bool isDark(const QPalette& palette) {
  return palette.color(QPalette::Window).lightness() < kDarkBelow;
}

/// The palette from which Fusion arrives at an outline that stands out from the ground.
QPalette outlined(QPalette palette) {
  const QColor outline =
      plots::mixed(palette.color(QPalette::Base), palette.color(QPalette::Text), kOutlineStrength);
  palette.setColor(QPalette::Window, outline.lighter(kFusionDarkening));
  return palette;
}

}  // namespace

OutlinedStyle::OutlinedStyle() : QProxyStyle(QStringLiteral("Fusion")) {}

void OutlinedStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option,
                                  QPainter* painter, const QWidget* widget) const {
  if (isDark(option->palette)) {
    if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
        button != nullptr &&
        (element == PE_IndicatorCheckBox || element == PE_IndicatorRadioButton)) {
      QStyleOptionButton changed = *button;
      changed.palette = outlined(changed.palette);
      QProxyStyle::drawPrimitive(element, &changed, painter, widget);
      return;
    }
    if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
        frame != nullptr && element == PE_FrameLineEdit) {
      QStyleOptionFrame changed = *frame;
      changed.palette = outlined(changed.palette);
      QProxyStyle::drawPrimitive(element, &changed, painter, widget);
      return;
    }
  }
  QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void OutlinedStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                                       QPainter* painter, const QWidget* widget) const {
  if (const auto* box = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
      box != nullptr && control == CC_SpinBox && isDark(box->palette)) {
    QStyleOptionSpinBox changed = *box;
    changed.palette = outlined(changed.palette);
    QProxyStyle::drawComplexControl(control, &changed, painter, widget);
    return;
  }
  QProxyStyle::drawComplexControl(control, option, painter, widget);
}

}  // namespace embedscope::window
