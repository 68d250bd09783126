// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRectF>

namespace embedscope::plots {

/// Which part of the plane is shown in a box of pixels. y grows upwards in the plane and downwards
/// in pixels. The scale belongs to the middle: resizing the box shows more, it does not stretch.
class PlaneView {
 public:
  void setBox(const QRectF& pixels) { m_box = pixels; }

  const QRectF& box() const { return m_box; }

  /// Shows the rectangle with a little air; an empty one gets room around it.
  /// @param equalUnits  the same scale on both axes.
  void fit(const QRectF& plane, bool equalUnits);

  /// Shows the rectangle, which is not empty, as large as it fits.
  void show(const QRectF& plane, bool equalUnits);

  /// Shows the rectangle, which may be empty, with room for labels around it; not more than
  /// `widest` and not less than a thousandth of it.
  void frame(const QRectF& plane, const PlaneView& widest, bool equalUnits);

  /// True when a view of the same box is at least as wide or as high as another.
  bool isAsWideAs(const PlaneView& other) const {
    return m_unitsX >= other.m_unitsX || m_unitsY >= other.m_unitsY;
  }

  /// The same scale on both axes, without moving the middle.
  void equalizeUnits();

  void moveByPixels(QPointF pixels);

  void setCenter(QPointF plane) { m_center = plane; }

  QPointF center() const { return m_center; }

  /// @param factor  above 1 shows more detail. @param fixed  the pixel that keeps its place.
  void zoom(double factor, QPointF fixed);

  /// Moves `part` of the way to another view.
  void approach(const PlaneView& target, double part);

  /// True when the difference to another view cannot be seen.
  bool looksLike(const PlaneView& other) const;

  QRectF plane() const;
  QPointF toPixel(QPointF plane) const;
  QPointF toPlane(QPointF pixel) const;

 private:
  QRectF m_box{0, 0, 1, 1};
  QPointF m_center{0, 0};
  double m_unitsX = 1;  // plane units of one pixel
  double m_unitsY = 1;
};

}  // namespace embedscope::plots
