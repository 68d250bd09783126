// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/plane_view.h"
#include "ui/plots/space_camera.h"
#include "ui/plots/theme.h"

#include <QFont>
#include <QPainter>
#include <QString>

#include <array>

namespace embedscope::plots {

/// The box around points of space, and what its directions mean.
struct SpaceFrame {
  Eigen::AlignedBox3d box;
  std::array<QString, 3> titles;
};

/// Draws the edges of the box behind the points, faint. On one edge of each direction, at the
/// outline of the box, stand round numbers and the title; below left a small cross tells the
/// directions also where no edge is in view.
void paintSpaceFrame(QPainter& painter, const SpaceFrame& frame, const SpaceCamera& camera,
                     const PlaneView& view, const QFont& font, const Theme& theme);

}  // namespace embedscope::plots
