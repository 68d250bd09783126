// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/point_layer.h"

#include "ui/plots/mark_shape.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace embedscope::plots {

namespace {

constexpr std::size_t kMostMarks = 2000;      // more visible points become a density picture
constexpr double kSmallView = 0.25;           // of the bounds: then the grid finds rows faster
constexpr std::size_t kSampledPoints = 4096;  // to estimate which part is visible
constexpr double kVectorRatio = 3;            // pixels per unit of point pictures in SVG and PDF

std::optional<QRectF> boundsOf(std::span<const float> xy) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  std::array<float, 2> low{kInfinity, kInfinity};
  std::array<float, 2> high{-kInfinity, -kInfinity};
  for (std::size_t i = 0; i + 1 < xy.size(); i += 2) {
    const float x = xy[i];
    const float y = xy[i + 1];
    if (std::isfinite(x) && std::isfinite(y)) {
      low = {std::min(low[0], x), std::min(low[1], y)};
      high = {std::max(high[0], x), std::max(high[1], y)};
    }
  }
  if (low[0] > high[0]) {
    return std::nullopt;
  }
  return QRectF(QPointF(static_cast<double>(low[0]), static_cast<double>(low[1])),
                QPointF(static_cast<double>(high[0]), static_cast<double>(high[1])));
}

DensityColors densityColors(const Theme& theme) {
  const QColor deepest = theme.isDark ? QColor(0xFFFFFF) : QColor(0x06264A);
  return {mixed(theme.base, theme.accent, theme.isDark ? 0.6 : 0.55), theme.accent,
          mixed(theme.accent, deepest, 0.85)};
}

/// Of points that are not selected while others are.
QColor greyMark(const Theme& theme) {
  return mixed(theme.base, theme.mutedText, 0.4);
}

DensityColors greyColors(const Theme& theme) {
  return {mixed(theme.base, theme.mutedText, 0.3), mixed(theme.base, theme.mutedText, 0.5),
          mixed(theme.base, theme.mutedText, 0.8)};
}

std::span<const float> numbersOf(const base::RowMatrix& points) {
  return {points.data(), static_cast<std::size_t>(points.size())};
}

}  // namespace

PointLayer::PointLayer(QCPAxis* x, QCPAxis* y) : QCPAbstractPlottable(x, y) {}

void PointLayer::setPoints(Points points) {
  // The density picture wants two columns side by side; a wider matrix is cut once.
  if (points && points->cols() != 2) {
    base::RowMatrix two = base::RowMatrix::Zero(points->rows(), 2);
    const Eigen::Index columns = std::min<Eigen::Index>(2, points->cols());
    two.leftCols(columns) = points->leftCols(columns);
    points = std::make_shared<const base::RowMatrix>(std::move(two));
  }
  m_points = std::move(points);
  m_bounds = boundsOf(coordinates());
  m_grid.reset();
  m_split.reset();
  m_shown.clear();
}

void PointLayer::setCategories(std::vector<int> categories) {
  m_categories = std::move(categories);
  m_colors.clear();
  resolveColors();
}

void PointLayer::setColors(std::vector<QRgb> colors) {
  m_colors = std::move(colors);
  m_categories.clear();
  resolveColors();
}

void PointLayer::setTheme(const Theme& theme) {
  m_theme = theme;
  resolveColors();
}

void PointLayer::setSelectedRows(table::RowSet rows) {
  m_selected = std::move(rows);
  const std::vector<std::int64_t> list = m_selected.rows();
  m_selectedList.assign(list.begin(), list.end());
  m_split.reset();
}

void PointLayer::resolveColors() {
  m_split.reset();
  if (m_categories.empty()) {
    m_resolved = m_colors;
    return;
  }
  std::vector<QRgb> marks;
  for (int index = 0; index <= distinctMarkCount(); ++index) {
    marks.push_back(categoryColor(index, m_theme.isDark).rgb());
  }
  m_resolved.resize(m_categories.size());
  std::transform(m_categories.begin(), m_categories.end(), m_resolved.begin(), [&](int category) {
    const bool known = category >= 0 && category < distinctMarkCount();
    return known ? marks[static_cast<std::size_t>(category)] : marks.back();
  });
}

std::span<const float> PointLayer::coordinates() const {
  return m_points ? std::span<const float>(m_points->data(), static_cast<std::size_t>(2 * count()))
                  : std::span<const float>();
}

const PointGrid& PointLayer::grid() const {
  if (!m_grid) {
    m_grid = m_bounds ? PointGrid(coordinates(), *m_bounds) : PointGrid();
  }
  return *m_grid;
}

std::optional<QPointF> PointLayer::pointOf(qint64 row) const {
  if (row < 0 || row >= count()) {
    return std::nullopt;
  }
  const float x = (*m_points)(row, 0);
  const float y = (*m_points)(row, 1);
  if (!std::isfinite(x) || !std::isfinite(y)) {
    return std::nullopt;
  }
  return QPointF(static_cast<double>(x), static_cast<double>(y));
}

std::optional<QPointF> PointLayer::pixelOf(qint64 row) const {
  const auto point = pointOf(row);
  return point ? std::optional(m_view.toPixel(*point)) : std::nullopt;
}

void PointLayer::forEachIn(const QRectF& pixels, const Visit& visit) const {
  const QRectF shown = pixels & m_view.box();
  if (shown.isEmpty() || !m_bounds) {
    return;
  }
  const QRectF plane =
      QRectF(m_view.toPlane(shown.topLeft()), m_view.toPlane(shown.bottomRight())).normalized();
  // From the plane to pixels without a call for every point.
  const QPointF zero = m_view.toPixel({0, 0});
  const QPointF unit = m_view.toPixel({1, 1}) - zero;
  const std::span<const float> xy = coordinates();
  const auto visitIfInside = [&](qint64 row) {
    const auto place = static_cast<std::size_t>(2 * row);
    const double x = static_cast<double>(xy[place]);
    const double y = static_cast<double>(xy[place + 1]);
    // Written so that NaN fails.
    if (x >= plane.left() && x <= plane.right() && y >= plane.top() && y <= plane.bottom()) {
      visit(row, {zero.x() + x * unit.x(), zero.y() + y * unit.y()});
    }
  };
  if (plane.width() * plane.height() < kSmallView * m_bounds->width() * m_bounds->height()) {
    grid().forEachNear(plane, visitIfInside);
    return;
  }
  for (qint64 row = 0; row < count(); ++row) {
    visitIfInside(row);
  }
}

CategoryMark PointLayer::markOf(qint64 row) const {
  const auto index = static_cast<std::size_t>(row);
  if (index < m_categories.size()) {
    return categoryMark(m_categories[index], m_theme.isDark);
  }
  return {index < m_colors.size() ? QColor::fromRgb(m_colors[index]) : m_theme.accent,
          MarkShape::Disc};
}

qint64 PointLayer::nearest(QPointF pixel, double reach) const {
  const QRectF around = QRectF(m_view.toPlane(pixel - QPointF(reach, reach)),
                               m_view.toPlane(pixel + QPointF(reach, reach)))
                            .normalized();
  qint64 best = -1;
  double bestDistance = reach * reach;
  grid().forEachNear(around, [&](qint64 row) {
    const QPointF way = m_view.toPixel(pointOf(row).value_or(QPointF())) - pixel;
    const double distance = QPointF::dotProduct(way, way);
    if (distance < bestDistance || (distance == bestDistance && (best < 0 || row < best))) {
      bestDistance = distance;
      best = row;
    }
  });
  return best;
}

qint64 PointLayer::countInside(const QRectF& plane) const {
  qint64 inside = 0;
  grid().forEachNear(plane, [&](qint64 row) {
    const auto point = pointOf(row);
    inside += point && plane.contains(*point) ? 1 : 0;
  });
  return inside;
}

std::optional<std::vector<qint64>> PointLayer::visibleRows(std::size_t limit) const {
  const QRectF shown = m_view.plane();
  std::vector<qint64> rows;
  const auto takeIfInside = [&](qint64 row) {
    const auto point = pointOf(row);
    if (point && point->x() >= shown.left() && point->x() <= shown.right() &&
        point->y() >= shown.top() && point->y() <= shown.bottom()) {
      rows.push_back(row);
    }
  };
  if (m_bounds && static_cast<std::size_t>(count()) > limit &&
      shown.width() * shown.height() < kSmallView * m_bounds->width() * m_bounds->height()) {
    // The grid counts generously, so a small count proves that few are visible.
    if (grid().countNear(shown) > static_cast<qint64>(4 * limit)) {
      return std::nullopt;
    }
    grid().forEachNear(shown, takeIfInside);
    std::sort(rows.begin(), rows.end());
    return rows.size() <= limit ? std::optional(std::move(rows)) : std::nullopt;
  }
  for (qint64 row = 0; row < count() && rows.size() <= limit; ++row) {
    takeIfInside(row);
  }
  return rows.size() <= limit ? std::optional(std::move(rows)) : std::nullopt;
}

double PointLayer::visiblePart() const {
  const QRectF shown = m_view.plane();
  const auto total = static_cast<std::size_t>(count());
  const std::size_t step = std::max<std::size_t>(1, total / kSampledPoints);
  std::size_t sampled = 0;
  std::size_t inside = 0;
  for (std::size_t row = 0; row < total; row += step) {
    const auto point = pointOf(static_cast<qint64>(row));
    ++sampled;
    inside += point && shown.contains(*point) ? 1U : 0U;
  }
  return sampled > 0 ? static_cast<double>(inside) / static_cast<double>(sampled) : 0;
}

double PointLayer::markRadius(std::size_t count) {
  return std::clamp(4.5 * std::pow(60.0 / std::max(1.0, static_cast<double>(count)), 0.12), 3.2,
                    4.5);
}

void PointLayer::draw(QCPPainter* painter) {
  auto rows = visibleRows(kMostMarks);
  m_shown = rows ? std::move(*rows) : std::vector<qint64>();
  std::stable_partition(m_shown.begin(), m_shown.end(),
                        [this](qint64 row) { return m_selected.contains(row); });
  if (rows) {
    drawMarks(*painter);
  } else if (m_selected.empty()) {
    drawDensity(*painter);
  } else {
    drawOthersAndSelected(*painter);
  }
}

void PointLayer::drawOthersAndSelected(QCPPainter& painter) {
  drawLot(painter, m_density, numbersOf(split().others), {}, greyColors(m_theme));
  if (auto rows = visibleSelectedRows(kMostMarks)) {
    m_shown = std::move(*rows);
    drawMarks(painter);
  } else {
    drawLot(painter, m_selectedDensity, numbersOf(split().selected), split().selectedColors,
            densityColors(m_theme));
  }
}

const PointSplit& PointLayer::split() {
  if (!m_split) {
    m_split = splitPoints(*m_points, m_selected, m_resolved);
  }
  return *m_split;
}

std::optional<std::vector<qint64>> PointLayer::visibleSelectedRows(std::size_t limit) const {
  const QRectF shown = m_view.plane();
  std::vector<qint64> rows;
  for (const qint64 row : m_selectedList) {
    if (const auto point = pointOf(row); point && shown.contains(*point)) {
      rows.push_back(row);
      if (rows.size() > limit) {
        return std::nullopt;
      }
    }
  }
  return rows;
}

void PointLayer::drawMarks(QCPPainter& painter) const {
  painter.setAntialiasing(true);
  painter.setPen(QPen(m_theme.base, 1));
  const double radius = markRadius(m_shown.size());
  // The first rows matter most, so they are drawn last.
  for (auto row = m_shown.rbegin(); row != m_shown.rend(); ++row) {
    const CategoryMark mark = markOf(*row);
    const bool isGrey = !m_selected.empty() && !m_selected.contains(*row);
    painter.setBrush(isGrey ? greyMark(m_theme) : mark.color);
    paintMark(painter, mark.shape, m_view.toPixel(pointOf(*row).value_or(QPointF())), radius);
  }
}

void PointLayer::drawDensity(QCPPainter& painter) {
  const std::span<const float> xy = coordinates();
  const bool isColored = m_resolved.size() >= xy.size() / 2;
  drawLot(painter, m_density, xy, isColored ? std::span(m_resolved) : std::span<QRgb>(),
          densityColors(m_theme));
}

void PointLayer::drawLot(QCPPainter& painter, DensityImage& density, std::span<const float> xy,
                         std::span<const QRgb> colors, const DensityColors& usual) const {
  const QRectF box = m_view.box();
  const double ratio = painter.modes().testFlag(QCPPainter::pmVectorized)
                           ? kVectorRatio
                           : painter.device()->devicePixelRatioF();
  const QPointF zero = (m_view.toPixel({0, 0}) - box.topLeft()) * ratio;
  const QPointF one = (m_view.toPixel({1, 1}) - box.topLeft()) * ratio;
  const PixelMap map{one.x() - zero.x(), zero.x(), one.y() - zero.y(), zero.y()};
  const double visible = std::max(2000.0, visiblePart() * static_cast<double>(count()));
  const double radius = std::clamp(3.0 * std::pow(2000.0 / visible, 0.2), 1.2, 3.0) * ratio;
  const QSize size = (box.size() * ratio).toSize();
  QImage& image = colors.empty() ? density.draw(xy, map, size, radius, usual)
                                 : density.draw(xy, colors, map, size, radius);
  image.setDevicePixelRatio(ratio);
  painter.drawImage(box.topLeft(), image);
}

void PointLayer::drawLegendIcon(QCPPainter* painter, const QRectF& rect) const {
  painter->setBrush(m_theme.accent);
  painter->drawEllipse(rect.center(), 3, 3);
}

double PointLayer::selectTest(const QPointF& pos, bool /*onlySelectable*/,
                              QVariant* /*details*/) const {
  constexpr double kReach = 10;
  const qint64 row = nearest(pos, kReach);
  return row < 0 ? -1 : QLineF(m_view.toPixel(pointOf(row).value_or(QPointF())), pos).length();
}

QCPRange PointLayer::getKeyRange(bool& found, QCP::SignDomain /*domain*/) const {
  found = m_bounds.has_value();
  return found ? QCPRange(m_bounds->left(), m_bounds->right()) : QCPRange();
}

QCPRange PointLayer::getValueRange(bool& found, QCP::SignDomain /*domain*/,
                                   const QCPRange& /*keys*/) const {
  found = m_bounds.has_value();
  return found ? QCPRange(m_bounds->top(), m_bounds->bottom()) : QCPRange();
}

}  // namespace embedscope::plots
