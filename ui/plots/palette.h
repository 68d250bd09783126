// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

namespace embedscope::plots {

/// Shapes of marks, in the order in which they are used up.
enum class MarkShape { Disc, Square, Triangle, Diamond, Cross, Star };

/// How one of many categories looks.
struct CategoryMark {
  QColor color;
  MarkShape shape = MarkShape::Disc;

  bool operator==(const CategoryMark&) const = default;
};

/// Number of marks that differ from each other: colors × shapes.
int distinctMarkCount();

/// Number of colors alone.
int distinctColorCount();

/// Number of shapes alone.
int distinctShapeCount();

/// The mark of category `index`: first the colors of Okabe and Ito (2008, "Color universal design")
/// with discs, then the same colors with the next shape. No color-and-shape pair comes twice;
/// categories past `distinctMarkCount()` share one grey mark that stands for "all others", and so
/// do negative indices.
///
/// @param dark  for a dark background: the same hues, the too dark ones lightened.
CategoryMark categoryMark(int index, bool dark);

/// The color alone: `categoryMark(index, dark).color`.
QColor categoryColor(int index, bool dark);

/// Perceptually even scales for numbers. @param t  clamped to [0, 1]; NaN counts as 0.
QColor viridis(double t);  ///< Smith, van der Walt (2015)
QColor cividis(double t);  ///< Nuñez, Anderton, Renslow (2018), doi:10.1371/journal.pone.0199239

/// Signed numbers: −1 negative color, 0 the background, +1 positive color.
/// @param t  clamped to [−1, 1]; NaN counts as 0.
QColor diverging(double t, bool dark);

/// How well two colors can be told apart by their brightness: 1 (not) … 21 (WCAG 2).
double contrast(const QColor& a, const QColor& b);

/// Black or white ink, whichever reads better on `background` (WCAG 2 contrast).
QColor inkOn(const QColor& background);

}  // namespace embedscope::plots
