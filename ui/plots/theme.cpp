// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/theme.h"

namespace embedscope::plots {

QColor mixed(const QColor& from, const QColor& to, double part) {
  const auto channel = [part](int a, int b) { return static_cast<int>(a + (b - a) * part + 0.5); };
  return {channel(from.red(), to.red()), channel(from.green(), to.green()),
          channel(from.blue(), to.blue()), channel(from.alpha(), to.alpha())};
}

Theme Theme::light() {
  return {.isDark = false,
          .window = QColor(0xF4F5F7),
          .base = QColor(0xFFFFFF),
          .text = QColor(0x1C2127),
          .mutedText = QColor(0x5C6773),
          .grid = QColor(0xEDEFF2),
          .axis = QColor(0xB8C0C9),
          .border = QColor(0xD5DAE0),
          .accent = QColor(0x1F6FB2),
          .onAccent = QColor(0xFFFFFF),
          .selection = QColor(0xD55E00),
          .positive = QColor(0x2B7BBA),
          .negative = QColor(0xC8553D)};
}

Theme Theme::dark() {
  return {.isDark = true,
          .window = QColor(0x1D2025),
          .base = QColor(0x16181C),
          .text = QColor(0xE3E6EA),
          .mutedText = QColor(0x9AA4AF),
          .grid = QColor(0x24282E),
          .axis = QColor(0x4A525C),
          .border = QColor(0x363C44),
          .accent = QColor(0x4C9FE0),
          .onAccent = QColor(0x0B1218),
          .selection = QColor(0xFF9A3C),
          .positive = QColor(0x5AA9E6),
          .negative = QColor(0xE8826B)};
}

Theme Theme::of(const QPalette& palette) {
  const bool isDark = palette.color(QPalette::Base).lightness() < 128;
  Theme theme = isDark ? dark() : light();
  if (palette.color(QPalette::Base) == theme.base && palette.color(QPalette::Text) == theme.text) {
    return theme;
  }
  theme.window = palette.color(QPalette::Window);
  theme.base = palette.color(QPalette::Base);
  theme.text = palette.color(QPalette::Text);
  theme.accent = palette.color(QPalette::Highlight);
  theme.onAccent = palette.color(QPalette::HighlightedText);
  theme.mutedText = mixed(theme.text, theme.base, 0.35);
  theme.grid = mixed(theme.base, theme.text, 0.07);
  theme.axis = mixed(theme.base, theme.text, 0.3);
  theme.border = mixed(theme.base, theme.text, 0.2);
  return theme;
}

QPalette Theme::palette() const {
  QPalette palette;
  palette.setColor(QPalette::Window, window);
  palette.setColor(QPalette::WindowText, text);
  palette.setColor(QPalette::Base, base);
  palette.setColor(QPalette::AlternateBase, mixed(base, window, 0.6));
  palette.setColor(QPalette::Text, text);
  palette.setColor(QPalette::PlaceholderText, mutedText);
  palette.setColor(QPalette::Button, isDark ? mixed(window, text, 0.06) : mixed(window, base, 0.5));
  palette.setColor(QPalette::ButtonText, text);
  palette.setColor(QPalette::BrightText, selection);
  palette.setColor(QPalette::ToolTipBase, isDark ? mixed(window, text, 0.08) : base);
  palette.setColor(QPalette::ToolTipText, text);
  palette.setColor(QPalette::Highlight, accent);
  palette.setColor(QPalette::HighlightedText, onAccent);
  palette.setColor(QPalette::Link, accent);
  palette.setColor(QPalette::LinkVisited, accent);
  palette.setColor(QPalette::Light, isDark ? mixed(window, text, 0.18) : base);
  palette.setColor(QPalette::Midlight, isDark ? mixed(window, text, 0.1) : window);
  palette.setColor(QPalette::Mid, border);
  palette.setColor(QPalette::Dark, axis);
  palette.setColor(QPalette::Shadow, isDark ? QColor(Qt::black) : mutedText);
  const QColor faint = mixed(text, window, 0.55);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
    palette.setColor(QPalette::Disabled, role, faint);
  }
  palette.setColor(QPalette::Disabled, QPalette::Highlight, border);
  palette.setColor(QPalette::Disabled, QPalette::HighlightedText, faint);
  return palette;
}

}  // namespace embedscope::plots
