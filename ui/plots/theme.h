// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>

namespace embedscope::plots {

/// The colors of the window and of everything drawn in it.
///
/// A theme travels as a QPalette: set `theme.palette()` on the application, and every plot restyles
/// itself when its palette changes, by `Theme::of(palette())`. There is no global theme.
struct Theme {
  bool isDark = false;
  QColor window;     ///< behind panels
  QColor base;       ///< behind plots, lists and fields
  QColor text;       ///< words and numbers
  QColor mutedText;  ///< units, axis numbers, hints; still 4.5 : 1 on `base`
  QColor grid;       ///< faint lines inside a plot
  QColor axis;       ///< axis lines and ticks
  QColor border;     ///< edges of panels and cards
  QColor accent;     ///< the one accent color; also undecided data
  QColor onAccent;   ///< text on `accent`
  QColor selection;  ///< the chosen point, row or bar; stands out from `accent`
  QColor positive;   ///< numbers above zero
  QColor negative;   ///< numbers below zero

  static Theme light();
  static Theme dark();

  /// The theme a palette was made from. For a foreign palette: the nearer of light and dark, with
  /// the palette's own window, base, text and highlight.
  static Theme of(const QPalette& palette);

  /// For QApplication::setPalette, meant for the Fusion style.
  QPalette palette() const;
};

/// The color `part` of the way from `from` to `to`. @param part  in [0, 1].
QColor mixed(const QColor& from, const QColor& to, double part);

}  // namespace embedscope::plots
