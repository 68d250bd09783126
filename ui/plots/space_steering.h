// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/plane_view.h"
#include "ui/plots/space_camera.h"

#include <QPointF>

namespace embedscope::plots {

class PointLayer;

/// Turns the camera of a layer in such a way that what one looks at stays in place on the screen.
class SpaceSteering {
 public:
  /// Both outlive this.
  SpaceSteering(PointLayer& layer, PlaneView& view) : m_layer(layer), m_view(view) {}

  /// Turns about the middle of all points from now on.
  void holdEverything();

  /// Turns about the middle of the points in view from now on, or about one of them.
  void holdView(qint64 preferredRow);

  /// Turns as if the pointer had dragged the near side of the cloud along.
  void turnByPixels(QPointF way);

  /// See SpaceCamera::turn.
  void turn(double right, double down);

  void lookAlong(SpaceAxis axis);
  void setPerspective(bool on);

 private:
  void use(const SpaceCamera& camera);

  PointLayer& m_layer;
  PlaneView& m_view;
  Eigen::Vector3d m_held = Eigen::Vector3d::Zero();
};

}  // namespace embedscope::plots
