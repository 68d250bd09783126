// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace embedscope::plots {

/// What the pointer does on a point cloud.
enum class ToolKind {
  Choose,     ///< a click chooses a point, a drag moves the view
  Rectangle,  ///< a drag selects the points in a rectangle
  Lasso,      ///< … inside a line drawn by hand
  Brush,      ///< … that a disc passes over
};

}  // namespace embedscope::plots
