// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/space_frame.h"

#include "ui/plots/number_text.h"

#include <QFontMetricsF>
#include <QLineF>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace embedscope::plots {

namespace {

constexpr double kShortestEdge = 48;  // pixels; shorter ones carry no words
constexpr double kTickLength = 4;
constexpr double kPixelsPerTick = 80;
constexpr double kCompassReach = 18;   // of an arm, in pixels
constexpr double kCompassMargin = 34;  // from the corner of the view to its middle

/// A corner of the box: bit i of `bits` tells whether it lies at the upper end of axis i.
Eigen::Vector3d cornerOf(const Eigen::AlignedBox3d& box, unsigned bits) {
  Eigen::Vector3d corner;
  for (int axis = 0; axis < 3; ++axis) {
    corner(axis) = ((bits >> axis) & 1U) != 0 ? box.max()(axis) : box.min()(axis);
  }
  return corner;
}

/// The box as it is seen.
class SeenBox {
 public:
  SeenBox(const Eigen::AlignedBox3d& box, const SpaceCamera& camera, const PlaneView& view)
      : m_camera(camera), m_view(view) {
    double nearest = -std::numeric_limits<double>::infinity();
    for (unsigned bits = 0; bits < 8; ++bits) {
      const SpaceCamera::Place place = camera.project(cornerOf(box, bits));
      m_corners[bits] = view.toPixel(place.plane);
      if (place.nearness > nearest) {
        nearest = place.nearness;
        m_nearest = bits;
      }
    }
    m_middle = view.toPixel(camera.project(box.center()).plane);
  }

  QPointF pixelOf(const Eigen::Vector3d& point) const {
    return m_view.toPixel(m_camera.project(point).plane);
  }

  QPointF middle() const { return m_middle; }

  /// The nine edges that do not end at the nearest corner, which the points would hide.
  std::vector<QLineF> backEdges() const {
    std::vector<QLineF> edges;
    for (unsigned from = 0; from < 8; ++from) {
      for (unsigned axis = 0; axis < 3; ++axis) {
        const unsigned to = from | (1U << axis);
        if (to != from && from != m_nearest && to != m_nearest) {
          edges.emplace_back(m_corners[from], m_corners[to]);
        }
      }
    }
    return edges;
  }

  /// Lower end of the edge along an axis that carries its words: at the outline, below for a level
  /// edge and on the left for an upright one.
  unsigned titleEdge(unsigned axis) const {
    const unsigned far = ~m_nearest & 7U;
    // Of the four edges two lie at the outline: neither through the nearest nor the farthest
    // corner.
    const unsigned side = 1U << ((axis + 1) % 3);
    const unsigned other = 1U << ((axis + 2) % 3);
    const unsigned first = ((far ^ side) & ~(1U << axis));
    const unsigned second = ((far ^ other) & ~(1U << axis));
    return score(first, axis) >= score(second, axis) ? first : second;
  }

  QLineF edge(unsigned lower, unsigned axis) const {
    return {m_corners[lower], m_corners[lower | (1U << axis)]};
  }

 private:
  double score(unsigned lower, unsigned axis) const {
    const QLineF line = edge(lower, axis);
    const QPointF way = line.center() - m_middle;
    const double length = std::max(line.length(), 1e-9);
    return way.y() * std::abs(line.dx()) / length - way.x() * std::abs(line.dy()) / length;
  }

  const SpaceCamera& m_camera;
  const PlaneView& m_view;
  std::array<QPointF, 8> m_corners;
  QPointF m_middle;
  unsigned m_nearest = 0;
};

/// Round numbers within [low, high], about `wanted` of them: steps of 1, 2 or 5 times a power of
/// ten.
std::vector<double> roundNumbers(double low, double high, double wanted) {
  const double rough = (high - low) / std::max(1.0, wanted);
  if (!(rough > 0) || !std::isfinite(rough)) {
    return {};
  }
  const double power = std::pow(10, std::floor(std::log10(rough)));
  const double part = rough / power;
  const double step = power * (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10);
  std::vector<double> numbers;
  for (double i = std::ceil(low / step); i * step <= high && numbers.size() < 20; ++i) {
    numbers.push_back(i * step);
  }
  return numbers;
}

/// Words beside a point, away from it in the direction `outwards` (of length 1).
QRectF wordsBeside(QPointF point, QPointF outwards, QSizeF size, double gap) {
  const double away =
      gap + std::abs(outwards.x()) * size.width() / 2 + std::abs(outwards.y()) * size.height() / 2;
  QRectF place(QPointF(0, 0), size);
  place.moveCenter(point + outwards * away);
  return place;
}

void paintWords(QPainter& painter, const QRectF& place, const QString& words) {
  painter.drawText(place.adjusted(-4, -2, 4, 2), Qt::AlignCenter, words);
}

void paintAxis(QPainter& painter, const SpaceFrame& frame, const SeenBox& seen, unsigned axis,
               const QRectF& bounds, const QFont& font, const Theme& theme) {
  const unsigned lower = seen.titleEdge(axis);
  const QLineF edge = seen.edge(lower, axis);
  const double length = edge.length();
  painter.setPen(QPen(theme.axis, 1));
  painter.drawLine(edge);
  if (length < kShortestEdge) {
    return;
  }
  QPointF outwards(edge.dy() / length, -edge.dx() / length);
  if (QPointF::dotProduct(outwards, edge.center() - seen.middle()) < 0) {
    outwards = -outwards;
  }
  QFont small = font;
  small.setPointSizeF(std::max(7.0, font.pointSizeF() * 0.9));
  const QFontMetricsF numbers(small);
  Eigen::Vector3d place = cornerOf(frame.box, lower);
  const auto index = static_cast<Eigen::Index>(axis);
  std::vector<std::pair<QRectF, QString>> ticks;
  double widest = 0;
  painter.setPen(QPen(theme.axis, 1));
  for (const double value : roundNumbers(frame.box.min()(index), frame.box.max()(index),
                                         std::floor(length / kPixelsPerTick))) {
    place(index) = value;
    const QPointF tick = seen.pixelOf(place);
    painter.drawLine(QLineF(tick, tick + outwards * kTickLength));
    const QString text = tickText(value);
    const QRectF words = wordsBeside(
        tick, outwards, {numbers.horizontalAdvance(text), numbers.ascent()}, kTickLength + 3);
    widest = std::max(
        widest, std::abs(outwards.x()) * words.width() + std::abs(outwards.y()) * words.height());
    ticks.emplace_back(words, text);
  }
  const QString& title = frame.titles[axis];
  QRectF words;
  if (!title.isEmpty()) {
    const QFontMetricsF metrics(font);
    words =
        wordsBeside(edge.center(), outwards, {metrics.horizontalAdvance(title), metrics.height()},
                    widest + kTickLength + 8);
    if (bounds.contains(edge.center())) {  // then its words can be kept inside, too
      words.moveLeft(std::clamp(words.left(), bounds.left() + 4,
                                std::max(bounds.left() + 4, bounds.right() - words.width() - 4)));
      words.moveTop(std::clamp(words.top(), bounds.top() + 2,
                               std::max(bounds.top() + 2, bounds.bottom() - words.height() - 2)));
    }
    painter.setFont(font);
    painter.setPen(theme.mutedText);
    paintWords(painter, words, title);
  }
  // Near the border the title may have to stand where a number would.
  painter.setFont(small);
  painter.setPen(theme.mutedText);
  for (const auto& [number, text] : ticks) {
    if (bounds.contains(number) && !words.intersects(number)) {
      paintWords(painter, number, text);
    }
  }
}

/// Three arms from one middle, the ones that point to the viewer drawn last.
void paintCompass(QPainter& painter, const SpaceCamera& camera, const QRectF& box,
                  const QFont& font, const Theme& theme) {
  const QPointF middle = box.bottomLeft() + QPointF(kCompassMargin, -kCompassMargin);
  const Eigen::Matrix3d rotation = camera.rotation();
  std::array<Eigen::Index, 3> order{0, 1, 2};
  std::sort(order.begin(), order.end(),
            [&](auto a, auto b) { return rotation(2, a) < rotation(2, b); });
  painter.setFont(font);
  const QFontMetricsF metrics(font);
  for (const Eigen::Index axis : order) {
    const QPointF way(rotation(0, axis), -rotation(1, axis));
    const double fading = std::clamp((1 - rotation(2, axis)) / 2, 0.0, 1.0) * 0.5;
    painter.setPen(QPen(mixed(theme.mutedText, theme.base, fading), 1.5));
    painter.drawLine(QLineF(middle, middle + way * kCompassReach));
    const QString name(QChar(u'x' + static_cast<char16_t>(axis)));
    QRectF place(0, 0, metrics.horizontalAdvance(name), metrics.height());
    place.moveCenter(middle + way * (kCompassReach + 8));
    paintWords(painter, place, name);
  }
}

}  // namespace

void paintSpaceFrame(QPainter& painter, const SpaceFrame& frame, const SpaceCamera& camera,
                     const PlaneView& view, const QFont& font, const Theme& theme) {
  if (frame.box.isEmpty()) {
    return;
  }
  const SeenBox seen(frame.box, camera, view);
  painter.setPen(QPen(mixed(theme.grid, theme.axis, 0.35), 1));
  for (const QLineF& edge : seen.backEdges()) {
    painter.drawLine(edge);
  }
  for (unsigned axis = 0; axis < 3; ++axis) {
    paintAxis(painter, frame, seen, axis, view.box(), font, theme);
  }
  paintCompass(painter, camera, view.box(), font, theme);
}

}  // namespace embedscope::plots
