// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/palette.h"

#include "ui/plots/theme.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace embedscope::plots {

namespace {

constexpr int kColorCount = 7;
constexpr int kShapeCount = 6;

// Okabe and Ito's eight colors without black, which is text here. On white the yellow is darkened,
// on black the blue is lightened; hues stay.
constexpr std::array<QRgb, kColorCount> kOnLight = {0x0072B2, 0xE69F00, 0x009E73, 0xCC79A7,
                                                    0x56B4E9, 0xD55E00, 0xB8A800};
constexpr std::array<QRgb, kColorCount> kOnDark = {0x4C9FE0, 0xE69F00, 0x1DB88A, 0xD98BB6,
                                                   0x8ED1F5, 0xF07A2B, 0xF0E442};

using Anchors = std::array<QRgb, 10>;
constexpr Anchors kViridis = {0x440154, 0x482878, 0x3E4A89, 0x31688E, 0x26828E,
                              0x1F9E89, 0x35B779, 0x6DCD59, 0xB4DE2C, 0xFDE725};
constexpr Anchors kCividis = {0x00204D, 0x00336F, 0x39486B, 0x575C6D, 0x707173,
                              0x8A8779, 0xA69D75, 0xC4B56C, 0xE4CF5B, 0xFFEA46};

QColor interpolated(const Anchors& anchors, double t) {
  const double place = (std::isnan(t) ? 0 : std::clamp(t, 0.0, 1.0)) * 9.0;
  const auto left = std::min(static_cast<std::size_t>(place), anchors.size() - 2);
  return mixed(QColor(anchors[left]), QColor(anchors[left + 1]), place - static_cast<double>(left));
}

/// Relative luminance, WCAG 2.
double luminance(const QColor& color) {
  const auto linear = [](double c) {
    return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(static_cast<double>(color.redF())) +
         0.7152 * linear(static_cast<double>(color.greenF())) +
         0.0722 * linear(static_cast<double>(color.blueF()));
}

}  // namespace

int distinctMarkCount() {
  return kColorCount * kShapeCount;
}

int distinctColorCount() {
  return kColorCount;
}

int distinctShapeCount() {
  return kShapeCount;
}

CategoryMark categoryMark(int index, bool dark) {
  if (index < 0 || index >= distinctMarkCount()) {
    return {QColor(dark ? 0x8A929C : 0x8C949E), MarkShape::Disc};
  }
  const auto& colors = dark ? kOnDark : kOnLight;
  return {QColor(colors[static_cast<std::size_t>(index % kColorCount)]),
          static_cast<MarkShape>(index / kColorCount)};
}

QColor categoryColor(int index, bool dark) {
  return categoryMark(index, dark).color;
}

QColor viridis(double t) {
  return interpolated(kViridis, t);
}

QColor cividis(double t) {
  return interpolated(kCividis, t);
}

QColor diverging(double t, bool dark) {
  const double value = std::isnan(t) ? 0 : std::clamp(t, -1.0, 1.0);
  const QColor zero(dark ? 0x262A30 : 0xF7F7F7);
  const QColor middle(value < 0 ? (dark ? 0xA8503C : 0xE9A58F) : (dark ? 0x2F6FA8 : 0x8FBFE0));
  const QColor end(value < 0 ? (dark ? 0xFFB199 : 0x9E2F1B) : (dark ? 0xA5D8FF : 0x0B4F8A));
  const double size = std::abs(value);
  return size < 0.5 ? mixed(zero, middle, size * 2) : mixed(middle, end, size * 2 - 1);
}

double contrast(const QColor& a, const QColor& b) {
  const auto [darker, lighter] = std::minmax({luminance(a), luminance(b)});
  return (lighter + 0.05) / (darker + 0.05);
}

QColor inkOn(const QColor& background) {
  const double light = luminance(background);
  return (light + 0.05) * (light + 0.05) > 0.05 * 1.05 ? QColor(0x111418) : QColor(0xFFFFFF);
}

}  // namespace embedscope::plots
