// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/curves.h"

#include <QPixmap>

namespace embedscope::plots {

/// A short piece of a curve, for legends and tables. @param ratio  device pixels per pixel.
QPixmap curveSwatch(const CurveStyle& style, bool dark, double ratio);

}  // namespace embedscope::plots
