// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"

#include <QImage>
#include <QRectF>
#include <QSize>

namespace embedscope::plots {

/// A part of a matrix as an image, negative numbers in one color, positive ones in another.
///
/// @param part    in cells: columns from left to right, rows from top to bottom; within the matrix.
/// @param size    of the image in pixels. A pixel on several cells shows the mean of their finite
///                numbers; one on no finite number is transparent.
/// @param full    the size of number that gets the full color, above 0.
/// @param isDark  as `diverging`.
/// Cost O(cells in the part + pixels).
QImage matrixPicture(const Eigen::Ref<const base::RowMatrix>& matrix, const QRectF& part,
                     QSize size, double full, bool isDark);

/// The size of number that nearly all cells keep within: only one in two hundred is larger, so that
/// a few outliers do not take the color from the rest. Numbers that are not finite do not count.
///
/// @param withDiagonal  false: cells (i, i) do not count either.
/// @return 1 when there is no number but zeros. At most 200,000 cells, evenly chosen, are looked
/// at.
double usualMagnitude(const Eigen::Ref<const base::RowMatrix>& matrix, bool withDiagonal = true);

}  // namespace embedscope::plots
