// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/space_camera.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace embedscope::plots {

namespace {

using Eigen::AngleAxisd;
using Eigen::Vector3d;

constexpr double kEyeRadii = 3;
constexpr double kFirstTurn =
    -std::numbers::pi / 6;                           // to the left, so that one sees the right side
constexpr double kFirstTilt = std::numbers::pi / 9;  // from above

}  // namespace

SpaceCamera::SpaceCamera() {
  resetOrientation();
}

void SpaceCamera::setSubject(const Vector3d& center, double radius) {
  m_center = center;
  m_radius = radius > 0 && std::isfinite(radius) ? radius : 1;
}

void SpaceCamera::setOrientation(const Eigen::Quaterniond& orientation) {
  m_orientation = orientation.normalized();
}

void SpaceCamera::resetOrientation() {
  m_orientation = Eigen::Quaterniond::Identity();
  turn(kFirstTurn, kFirstTilt);
}

void SpaceCamera::turn(double right, double down) {
  setOrientation(AngleAxisd(down, Vector3d::UnitX()) * AngleAxisd(right, Vector3d::UnitY()) *
                 m_orientation);
}

void SpaceCamera::lookAlong(SpaceAxis axis) {
  Eigen::Matrix3d rows = Eigen::Matrix3d::Identity();
  switch (axis) {
    case SpaceAxis::X:
      rows << 0, 1, 0, 0, 0, 1, 1, 0, 0;
      break;
    case SpaceAxis::Y:
      rows << 0, 0, 1, 1, 0, 0, 0, 1, 0;
      break;
    case SpaceAxis::Z:
      break;
  }
  setOrientation(Eigen::Quaterniond(rows));
}

SpaceCamera::Place SpaceCamera::project(const Vector3d& point) const {
  const Vector3d seen = m_orientation * (point - m_center);
  double factor = 1;
  if (m_perspective) {
    factor = eyeDistance() / std::max(eyeDistance() - seen.z(), nearestDepth());
  }
  return {QPointF(seen.x() * factor, seen.y() * factor), seen.z() / m_radius};
}

double SpaceCamera::reach() const {
  // In perspective the outline of a ball is larger than the ball: radius / cos of half its angle.
  return m_perspective ? m_radius / std::sqrt(1 - 1 / (kEyeRadii * kEyeRadii)) : m_radius;
}

double SpaceCamera::eyeDistance() const {
  return m_perspective ? kEyeRadii * m_radius : 0;
}

bool SpaceCamera::operator==(const SpaceCamera& other) const {
  return m_center == other.m_center && m_radius == other.m_radius &&
         m_orientation.coeffs() == other.m_orientation.coeffs() &&
         m_perspective == other.m_perspective;
}

}  // namespace embedscope::plots
