// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/space_steering.h"

#include "ui/plots/point_layer.h"

#include <algorithm>

namespace embedscope::plots {

void SpaceSteering::holdEverything() {
  m_held = m_layer.camera().center();
}

void SpaceSteering::holdView(qint64 preferredRow) {
  const auto row = m_layer.pointOf(preferredRow);
  if (row && m_view.plane().contains(*row) && m_layer.space()) {
    m_held = (*m_layer.space())[static_cast<std::size_t>(preferredRow)];
  } else {
    m_held = m_layer.middleOfView().value_or(m_layer.camera().center());
  }
}

void SpaceSteering::turnByPixels(QPointF way) {
  // Half a ball goes by when the pointer crosses it; a ball larger than the view turns as if it
  // filled the view.
  const double reach = m_layer.camera().reach();
  const double ball = (m_view.toPixel({reach, 0}) - m_view.toPixel({0, 0})).x();
  const double side = std::min(m_view.box().width(), m_view.box().height()) / 2;
  const double radius = std::max(1.0, std::min(ball, side));
  turn(way.x() / radius, way.y() / radius);
}

void SpaceSteering::turn(double right, double down) {
  SpaceCamera camera = m_layer.camera();
  camera.turn(right, down);
  use(camera);
}

void SpaceSteering::lookAlong(SpaceAxis axis) {
  SpaceCamera camera = m_layer.camera();
  camera.lookAlong(axis);
  use(camera);
}

void SpaceSteering::setPerspective(bool on) {
  SpaceCamera camera = m_layer.camera();
  camera.setPerspective(on);
  use(camera);
}

void SpaceSteering::use(const SpaceCamera& camera) {
  const QPointF before = m_layer.camera().project(m_held).plane;
  m_layer.setCamera(camera);
  m_view.setCenter(m_view.center() + m_layer.camera().project(m_held).plane - before);
}

}  // namespace embedscope::plots
