// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Geometry>

#include <QPointF>

namespace embedscope::plots {

enum class SpaceAxis { X, Y, Z };

/// How points of space are laid on the plane that a PlaneView shows.
///
/// The camera stands on a ball around its subject and looks at the middle of it, which becomes the
/// origin of the plane: x to the right, y upwards, in the units of space. Zooming and panning is
/// left to PlaneView, so that both work alike in the plane and in space. In perspective the eye
/// keeps three radii away from the middle: nothing of the subject comes near it or behind it.
class SpaceCamera {
 public:
  struct Place {
    QPointF plane;
    double nearness = 0;  ///< within the subject −1 (farthest) … 1 (nearest)
  };

  /// Looks from the front, a little from above and from the right, without perspective.
  SpaceCamera();

  /// @param radius  of a ball around everything; one that is not above 0 counts as 1.
  void setSubject(const Eigen::Vector3d& center, double radius);

  const Eigen::Vector3d& center() const { return m_center; }

  double radius() const { return m_radius; }

  void setPerspective(bool on) { m_perspective = on; }

  bool perspective() const { return m_perspective; }

  /// From directions of space to right, up and towards the viewer.
  const Eigen::Quaterniond& orientation() const { return m_orientation; }

  void setOrientation(const Eigen::Quaterniond& orientation);

  /// Back to the direction of a new camera.
  void resetOrientation();

  /// Turns the subject about the axes of the screen: what is near goes to the right and downwards.
  /// There is no "up" in an embedding, so no direction is preferred and none is out of reach.
  /// @param right, down  angles in radians.
  void turn(double right, double down);

  /// Looks along an axis, from its far end: the other two lie in the plane, to the right and
  /// upwards (x: y and z; y: z and x; z: x and y).
  void lookAlong(SpaceAxis axis);

  /// Where a point is seen. In perspective, points outside the subject that come near the eye or
  /// behind it are drawn as if they stopped before it.
  Place project(const Eigen::Vector3d& point) const;

  /// Half the side of the square of the plane that shows the subject from every direction.
  double reach() const;

  /// Distance of the eye from the middle; 0 without perspective.
  double eyeDistance() const;

  /// How near points may come to the eye.
  double nearestDepth() const { return 0.1 * m_radius; }

  /// The same, as numbers: the rows are right, up and towards the viewer.
  Eigen::Matrix3d rotation() const { return m_orientation.toRotationMatrix(); }

  bool operator==(const SpaceCamera& other) const;

 private:
  Eigen::Vector3d m_center = Eigen::Vector3d::Zero();
  double m_radius = 1;
  Eigen::Quaterniond m_orientation;
  bool m_perspective = false;
};

}  // namespace embedscope::plots
