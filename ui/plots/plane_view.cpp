// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/plane_view.h"

#include <algorithm>
#include <cmath>

namespace embedscope::plots {

namespace {

constexpr double kAir = 1.12;          // of a fitted rectangle
constexpr double kFrameAir = 1.4;      // of a framed one
constexpr double kDeepestZoom = 1000;  // of a framed view, against the widest
constexpr double kSmallestUnits = 1e-12;
constexpr double kLargestUnits = 1e12;

double boundedUnits(double units) {
  return std::clamp(units, kSmallestUnits, kLargestUnits);
}

}  // namespace

void PlaneView::fit(const QRectF& plane, bool equalUnits) {
  m_center = plane.center();
  const double side = std::max(plane.width(), plane.height());
  const double spare =
      side > 0 ? side
               : 2 * std::max({1.0, std::abs(m_center.x()) * 0.1, std::abs(m_center.y()) * 0.1});
  const double width = plane.width() > 0 ? plane.width() : spare;
  const double height = plane.height() > 0 ? plane.height() : spare;
  m_unitsX = boundedUnits(width * kAir / std::max(1.0, m_box.width()));
  m_unitsY = boundedUnits(height * kAir / std::max(1.0, m_box.height()));
  if (equalUnits) {
    equalizeUnits();
  }
}

void PlaneView::show(const QRectF& plane, bool equalUnits) {
  m_center = plane.center();
  m_unitsX = boundedUnits(plane.width() / std::max(1.0, m_box.width()));
  m_unitsY = boundedUnits(plane.height() / std::max(1.0, m_box.height()));
  if (equalUnits) {
    equalizeUnits();
  }
}

void PlaneView::frame(const QRectF& plane, const PlaneView& widest, bool equalUnits) {
  m_center = plane.center();
  m_unitsX = std::max(plane.width() * kFrameAir / std::max(1.0, m_box.width()),
                      widest.m_unitsX / kDeepestZoom);
  m_unitsY = std::max(plane.height() * kFrameAir / std::max(1.0, m_box.height()),
                      widest.m_unitsY / kDeepestZoom);
  if (equalUnits) {
    equalizeUnits();
  }
  if (isAsWideAs(widest)) {
    *this = widest;
  }
}

void PlaneView::equalizeUnits() {
  m_unitsX = m_unitsY = std::max(m_unitsX, m_unitsY);
}

void PlaneView::moveByPixels(QPointF pixels) {
  m_center += QPointF(-pixels.x() * m_unitsX, pixels.y() * m_unitsY);
}

void PlaneView::zoom(double factor, QPointF fixed) {
  const QPointF anchor = toPlane(fixed);
  m_unitsX = boundedUnits(m_unitsX / factor);
  m_unitsY = boundedUnits(m_unitsY / factor);
  m_center += anchor - toPlane(fixed);
}

void PlaneView::approach(const PlaneView& target, double part) {
  m_center += (target.m_center - m_center) * part;
  m_unitsX *= std::pow(target.m_unitsX / m_unitsX, part);
  m_unitsY *= std::pow(target.m_unitsY / m_unitsY, part);
}

bool PlaneView::looksLike(const PlaneView& other) const {
  const QPointF way = toPixel(other.m_center) - m_box.center();
  const double reach = std::max(m_box.width(), m_box.height());
  return way.manhattanLength() < 0.5 && std::abs(other.m_unitsX / m_unitsX - 1) * reach < 1 &&
         std::abs(other.m_unitsY / m_unitsY - 1) * reach < 1;
}

QRectF PlaneView::plane() const {
  const double width = m_box.width() * m_unitsX;
  const double height = m_box.height() * m_unitsY;
  return {m_center.x() - width / 2, m_center.y() - height / 2, width, height};
}

QPointF PlaneView::toPixel(QPointF plane) const {
  return m_box.center() +
         QPointF((plane.x() - m_center.x()) / m_unitsX, (m_center.y() - plane.y()) / m_unitsY);
}

QPointF PlaneView::toPlane(QPointF pixel) const {
  const QPointF way = pixel - m_box.center();
  return m_center + QPointF(way.x() * m_unitsX, -way.y() * m_unitsY);
}

}  // namespace embedscope::plots
