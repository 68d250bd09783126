// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/point_layer.h"

#include "core/base/parallel.h"
#include "ui/plots/mark_shape.h"
#include "ui/plots/number_text.h"
#include "ui/plots/space_frame.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <iterator>
#include <tuple>

namespace embedscope::plots {

namespace {

constexpr std::size_t kMostMarks = 2000;       // more visible points become a density picture
constexpr double kSmallView = 0.25;            // of the bounds: then the grid finds rows faster
constexpr std::size_t kSampledPoints = 4096;   // to estimate which part is visible
constexpr double kVectorRatio = 3;             // pixels per unit of point pictures in SVG and PDF
constexpr std::size_t kRowsInBlock = 1 << 16;  // of points of space, for one thread
constexpr double kSmallestSize = 0.3;
constexpr double kLargestSize = 4;
constexpr double kFarthestSize = 0.75;  // of a mark of space, against the nearest
constexpr double kFarthestInk = 0.4;    // part of its color that is left
constexpr double kDensityRadius = 2;    // that a point of a density picture covers

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

/// 0 for the nearest points of space, 1 for the farthest.
double farness(double nearness) {
  return std::clamp((1 - nearness) / 2, 0.0, 1.0);
}

}  // namespace

PointLayer::PointLayer(QCPAxis* x, QCPAxis* y) : QCPAbstractPlottable(x, y) {}

void PointLayer::setPoints(Points points) {
  m_grid.reset();
  m_shown.clear();
  m_space.reset();
  m_bounds.reset();
  if (points && points->cols() == 3) {
    m_points.reset();
    m_space.emplace(*points);
    m_lots.setPoints(std::move(points), &*m_space);
    setCamera(m_camera);
    return;
  }
  // The density picture wants two columns side by side; a wider matrix is cut once.
  if (points && points->cols() != 2) {
    base::RowMatrix two = base::RowMatrix::Zero(points->rows(), 2);
    const Eigen::Index columns = std::min<Eigen::Index>(2, points->cols());
    two.leftCols(columns) = points->leftCols(columns);
    points = std::make_shared<const base::RowMatrix>(std::move(two));
  }
  m_points = std::move(points);
  m_lots.setPoints(m_points, nullptr);
  m_bounds = boundsOf(coordinates());
}

void PointLayer::setCamera(const SpaceCamera& camera) {
  m_camera = camera;
  if (m_space && !m_space->box().isEmpty()) {
    m_camera.setSubject(m_space->box().center(), m_space->radius());
    const double reach = m_camera.reach();
    m_bounds = QRectF(-reach, -reach, 2 * reach, 2 * reach);
  }
}

qint64 PointLayer::count() const {
  return m_space ? static_cast<qint64>(m_space->size())
                 : (m_points ? static_cast<qint64>(m_points->rows()) : 0);
}

void PointLayer::setCategories(std::vector<int> categories, OwnColors own) {
  m_categories = std::move(categories);
  m_ownColors = std::move(own);
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
  m_lots.setSelection(m_selected);
}

/// What categories mean in this theme.
void PointLayer::resolveColors() {
  if (m_categories.empty()) {
    m_lots.setColors(m_colors);
    return;
  }
  const int last = m_ownColors.empty() ? 0 : m_ownColors.rbegin()->first;
  const int known = std::max(distinctMarkCount(), last + 1);
  std::vector<QRgb> marks;
  for (int index = 0; index <= known; ++index) {
    const auto own = m_ownColors.find(index);
    marks.push_back(own != m_ownColors.end() ? own->second
                                             : categoryColor(index, m_theme.isDark).rgb());
  }
  std::vector<QRgb> resolved(m_categories.size());
  std::transform(m_categories.begin(), m_categories.end(), resolved.begin(), [&](int category) {
    const bool isKnown = category >= 0 && category < known;
    return isKnown ? marks[static_cast<std::size_t>(category)] : marks.back();
  });
  m_lots.setColors(std::move(resolved));
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
  if (m_space) {
    const Eigen::Vector3d point = (*m_space)[static_cast<std::size_t>(row)];
    return point.allFinite() ? std::optional(m_camera.project(point).plane) : std::nullopt;
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
  if (m_space) {
    forEachInSpace(shown, visit);
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

void PointLayer::forEachInSpace(const QRectF& shown, const Visit& visit) const {
  const SpacePixels points = spacePixels(shown.topLeft(), 1);
  points.forEachWithin(
      0, points.size(), 0, 0, static_cast<float>(shown.width()), static_cast<float>(shown.height()),
      [&](std::size_t point, float x, float y, float) {
        visit(static_cast<qint64>(point),
              shown.topLeft() + QPointF(static_cast<double>(x), static_cast<double>(y)));
      });
}

double PointLayer::nearnessOf(qint64 row) const {
  return m_space ? m_camera.project((*m_space)[static_cast<std::size_t>(row)]).nearness : 1;
}

QPointF PointLayer::planeOf(const PlaceMark& mark) const {
  return m_space ? m_camera.project({mark.place.x(), mark.place.y(), mark.z}).plane : mark.place;
}

QString PointLayer::coordinateText(qint64 row) const {
  QStringList numbers;
  if (m_space) {
    for (const double value : (*m_space)[static_cast<std::size_t>(row)]) {
      numbers << shortNumberText(value);
    }
  } else if (const auto point = pointOf(row)) {
    numbers << shortNumberText(point->x()) << shortNumberText(point->y());
  }
  return numbers.join(QStringLiteral(",  "));
}

CategoryMark PointLayer::markOf(qint64 row) const {
  const auto index = static_cast<std::size_t>(row);
  CategoryMark mark{m_theme.accent, MarkShape::Disc};
  if (index < m_categories.size()) {
    mark = categoryMark(m_categories[index], m_theme.isDark);
    if (const auto own = m_ownColors.find(m_categories[index]); own != m_ownColors.end()) {
      mark.color = QColor::fromRgb(own->second);
    }
  } else if (index < m_colors.size()) {
    mark.color = QColor::fromRgb(m_colors[index]);
  }
  if (index < m_shapes.size() && m_shapes[index] >= 0) {
    mark.shape = static_cast<MarkShape>(m_shapes[index] % distinctShapeCount());
  }
  return mark;
}

PixelMap PointLayer::pixelMap(QPointF origin, double ratio) const {
  const QPointF zero = (m_view.toPixel({0, 0}) - origin) * ratio;
  const QPointF one = (m_view.toPixel({1, 1}) - origin) * ratio;
  return {one.x() - zero.x(), zero.x(), one.y() - zero.y(), zero.y()};
}

SpacePixels PointLayer::spacePixels(QPointF origin, double ratio) const {
  return {*m_space, m_camera, pixelMap(origin, ratio)};
}

qint64 PointLayer::nearestInSpace(QPointF pixel, double reach) const {
  // Ordered by: covering the pixel, then nearness to the viewer; else distance; else row.
  using Rank = std::tuple<bool, double, qint64>;
  constexpr Rank kNone{false, -std::numeric_limits<double>::infinity(), -1};
  const SpacePixels pixels = spacePixels(pixel, 1);
  const auto blocks = static_cast<std::int64_t>((pixels.size() + kRowsInBlock - 1) / kRowsInBlock);
  std::vector<Rank> best(static_cast<std::size_t>(blocks), kNone);
  const auto near = static_cast<float>(reach);
  base::parallelBlocks(blocks, [&](std::int64_t block) {
    const std::size_t first = static_cast<std::size_t>(block) * kRowsInBlock;
    Rank own = kNone;
    pixels.forEachWithin(
        first, std::min(pixels.size(), first + kRowsInBlock), -near, -near, near, near,
        [&](std::size_t point, float x, float y, float nearness) {
          const double distance = std::hypot(static_cast<double>(x), static_cast<double>(y));
          const auto row = static_cast<qint64>(point);
          if (distance <= reach) {
            const bool covers = distance <= (m_shown.empty() ? kDensityRadius : radiusOf(row));
            own = std::max(own, {covers, covers ? static_cast<double>(nearness) : -distance, -row});
          }
        });
    best[static_cast<std::size_t>(block)] = own;
  });
  const Rank front = best.empty() ? kNone : *std::max_element(best.begin(), best.end());
  return front == kNone ? -1 : -std::get<qint64>(front);
}

qint64 PointLayer::nearest(QPointF pixel, double reach) const {
  if (m_space) {
    return nearestInSpace(pixel, reach);
  }
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

qint64 PointLayer::countNear(const QRectF& plane) const {
  return m_space ? countInside(plane) : grid().countNear(plane);
}

qint64 PointLayer::countInside(const QRectF& plane) const {
  if (m_space) {
    const SpacePixels places(*m_space, m_camera, PixelMap());
    const auto blocks =
        static_cast<std::int64_t>((places.size() + kRowsInBlock - 1) / kRowsInBlock);
    std::atomic<qint64> inside = 0;
    base::parallelBlocks(blocks, [&](std::int64_t block) {
      const std::size_t first = static_cast<std::size_t>(block) * kRowsInBlock;
      qint64 own = 0;
      places.forEachWithin(first, std::min(places.size(), first + kRowsInBlock),
                           static_cast<float>(plane.left()), static_cast<float>(plane.top()),
                           static_cast<float>(plane.right()), static_cast<float>(plane.bottom()),
                           [&own](std::size_t, float, float, float) { ++own; });
      inside += own;
    });
    return inside;
  }
  qint64 inside = 0;
  grid().forEachNear(plane, [&](qint64 row) {
    const auto point = pointOf(row);
    inside += point && plane.contains(*point) ? 1 : 0;
  });
  return inside;
}

std::optional<Eigen::Vector3d> PointLayer::middleOfView() const {
  const QRectF shown = m_view.plane();
  Eigen::Vector3d sum = Eigen::Vector3d::Zero();
  qint64 inside = 0;
  const qint64 step = std::max<qint64>(1, count() / static_cast<qint64>(kSampledPoints));
  for (qint64 row = 0; m_space && row < count(); row += step) {
    if (const auto point = pointOf(row); point && shown.contains(*point)) {
      sum += (*m_space)[static_cast<std::size_t>(row)];
      ++inside;
    }
  }
  return inside > 0 ? std::optional<Eigen::Vector3d>(sum / static_cast<double>(inside))
                    : std::nullopt;
}

std::optional<std::vector<qint64>> PointLayer::visibleSpaceRows(std::size_t limit) const {
  const std::size_t total = m_space->size();
  // Where a sample leaves no doubt that many are visible, nothing need be counted.
  if (total > limit &&
      visiblePart() * static_cast<double>(total) > 4.0 * static_cast<double>(limit)) {
    return std::nullopt;
  }
  const QRectF box = m_view.box();
  const SpacePixels pixels = spacePixels(box.topLeft(), 1);
  const auto blocks = static_cast<std::int64_t>((total + kRowsInBlock - 1) / kRowsInBlock);
  std::vector<std::vector<qint64>> parts(static_cast<std::size_t>(blocks));
  std::atomic<std::size_t> found = 0;
  base::parallelBlocks(blocks, [&](std::int64_t block) {
    const std::size_t first = static_cast<std::size_t>(block) * kRowsInBlock;
    std::vector<qint64>& part = parts[static_cast<std::size_t>(block)];
    if (found <= limit) {
      pixels.forEachWithin(first, std::min(total, first + kRowsInBlock), 0, 0,
                           static_cast<float>(box.width()), static_cast<float>(box.height()),
                           [&part](std::size_t point, float, float, float) {
                             part.push_back(static_cast<qint64>(point));
                           });
      found += part.size();
    }
  });
  if (found > limit) {
    return std::nullopt;
  }
  std::vector<qint64> rows;
  for (const std::vector<qint64>& part : parts) {
    rows.insert(rows.end(), part.begin(), part.end());
  }
  return rows;
}

std::optional<std::vector<qint64>> PointLayer::visibleRows(std::size_t limit) const {
  if (m_space) {
    return m_bounds ? visibleSpaceRows(limit) : std::vector<qint64>();
  }
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

double PointLayer::radiusOf(qint64 row) const {
  const auto index = static_cast<std::size_t>(row);
  double radius = markRadius(m_shown.size());
  if (index < m_sizes.size() && std::isfinite(m_sizes[index])) {
    radius *= std::clamp(static_cast<double>(m_sizes[index]), kSmallestSize, kLargestSize);
  }
  if (m_space) {
    radius *= 1 - (1 - kFarthestSize) * farness(nearnessOf(row));
  }
  return radius;
}

void PointLayer::draw(QCPPainter* painter) {
  auto rows = visibleRows(kMostMarks);
  m_shown = rows ? std::move(*rows) : std::vector<qint64>();
  std::stable_partition(m_shown.begin(), m_shown.end(),
                        [this](qint64 row) { return !isGrey(row); });
  if (m_space && m_bounds) {
    painter->setAntialiasing(true);
    paintSpaceFrame(*painter, {m_space->box(), m_titles}, m_camera, m_view, parentPlot()->font(),
                    m_theme);
  }
  if (rows) {
    drawMarks(*painter);
  } else if (!hasGreyRows()) {
    drawLot(*painter, m_density, m_lots.all(), densityColors(m_theme));
  } else {
    drawOthersAndSelected(*painter);
  }
}

void PointLayer::drawOthersAndSelected(QCPPainter& painter) {
  drawLot(painter, m_density, m_lots.others(), greyColors(m_theme));
  if (auto rows = visibleSelectedRows(kMostMarks)) {
    m_shown = std::move(*rows);
    drawMarks(painter);
  } else {
    drawLot(painter, m_selectedDensity, m_lots.selected(), densityColors(m_theme));
  }
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

std::vector<qint64> PointLayer::paintingOrder() const {
  // The first rows matter most, so they are drawn last; in space the nearest ones. The selected
  // ones come after all others.
  std::vector<qint64> order(m_shown.rbegin(), m_shown.rend());
  if (m_space) {
    std::vector<std::tuple<bool, double, qint64>> ranked;
    for (const qint64 row : order) {
      ranked.emplace_back(!isGrey(row), nearnessOf(row), row);
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
      return std::get<0>(a) != std::get<0>(b) ? std::get<0>(b) : std::get<1>(a) < std::get<1>(b);
    });
    std::transform(ranked.begin(), ranked.end(), order.begin(),
                   [](const auto& rank) { return std::get<2>(rank); });
  }
  return order;
}

void PointLayer::drawMarks(QCPPainter& painter) const {
  painter.setAntialiasing(true);
  for (const qint64 row : paintingOrder()) {
    const CategoryMark mark = markOf(row);
    const bool grey = isGrey(row);
    const QColor fill = grey ? greyMark(m_theme) : mark.color;
    const double fading = m_space ? (1 - kFarthestInk) * farness(nearnessOf(row)) : 0;
    painter.setPen(
        QPen(grey ? m_theme.base : mixed(markEdge(fill, m_theme), m_theme.base, fading), 1));
    painter.setBrush(mixed(fill, m_theme.base, fading));
    paintMark(painter, mark.shape, m_view.toPixel(pointOf(row).value_or(QPointF())), radiusOf(row));
  }
}

void PointLayer::drawLot(QCPPainter& painter, DensityImage& density, const PointLot& lot,
                         const DensityColors& usual) const {
  const QRectF box = m_view.box();
  const double ratio = painter.modes().testFlag(QCPPainter::pmVectorized)
                           ? kVectorRatio
                           : painter.device()->devicePixelRatioF();
  const double visible = std::max(2000.0, visiblePart() * static_cast<double>(count()));
  const double radius = std::clamp(3.0 * std::pow(2000.0 / visible, 0.2), 1.2, 3.0) * ratio;
  const QSize size = (box.size() * ratio).toSize();
  const auto drawn = [&]() -> QImage& {
    if (lot.space != nullptr) {
      const SpacePixels points(*lot.space, m_camera, pixelMap(box.topLeft(), ratio));
      return lot.colors.empty() ? density.draw(points, size, radius, usual)
                                : density.draw(points, lot.colors, size, radius);
    }
    const PixelMap map = pixelMap(box.topLeft(), ratio);
    return lot.colors.empty() ? density.draw(lot.xy, map, size, radius, usual)
                              : density.draw(lot.xy, lot.colors, map, size, radius);
  };
  QImage& image = drawn();
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
