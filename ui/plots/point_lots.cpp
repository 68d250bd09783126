// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/point_lots.h"

#include "ui/plots/drawing_order.h"

#include <utility>

namespace embedscope::plots {

namespace {

constexpr Eigen::Index kFewestOrdered = 50'000;   // fewer are drawn fast in any order
constexpr Eigen::Index kMostOrdered = 2'000'000;  // more would take longer than a frame or two

std::span<const float> numbersOf(const base::RowMatrix& points) {
  return {points.data(), static_cast<std::size_t>(points.size())};
}

}  // namespace

void PointLots::setPoints(Points points, const SpacePoints* space) {
  m_points = std::move(points);
  m_space = space;
  m_pictures = 0;
  m_order.clear();
  m_all.reset();
  m_selected.reset();
  m_others.reset();
}

void PointLots::setColors(std::vector<QRgb> colors) {
  m_colors = std::move(colors);
  m_all.reset();
  m_selected.reset();
  m_others.reset();
}

void PointLots::setSelection(table::RowSet rows) {
  m_selection = std::move(rows);
  m_selected.reset();
  m_others.reset();
}

/// Before every picture.
void PointLots::order() {
  const Eigen::Index rows = m_points->rows();
  if (++m_pictures == 2 && rows >= kFewestOrdered && rows <= kMostOrdered) {
    m_order = drawingOrder(*m_points);
    m_selected.reset();
    m_others.reset();
  }
}

PointLots::Arranged PointLots::arranged(base::RowMatrix points, std::vector<QRgb> colors) const {
  Arranged out;
  if (m_space != nullptr) {
    out.space = SpacePoints(points);
  } else {
    out.points = std::move(points);
  }
  out.colors = std::move(colors);
  return out;
}

PointLot PointLots::lotOf(const Arranged& arranged) const {
  return {numbersOf(arranged.points), m_space != nullptr ? &arranged.space : nullptr,
          arranged.colors};
}

PointLot PointLots::all() {
  if (!m_points) {
    return {};
  }
  order();
  const bool isColored = std::ssize(m_colors) >= m_points->rows();
  if (!isOrdered()) {
    return {numbersOf(*m_points), m_space,
            isColored ? std::span<const QRgb>(m_colors) : std::span<const QRgb>()};
  }
  if (!m_all) {
    m_all = arranged(inOrder(*m_points, m_order),
                     isColored ? inOrder(m_colors, m_order) : std::vector<QRgb>());
  }
  return lotOf(*m_all);
}

void PointLots::split() {
  if (!m_selected) {
    PointSplit split = splitPoints(*m_points, m_selection, m_colors, m_order);
    m_selected = arranged(std::move(split.selected), std::move(split.selectedColors));
    m_others = arranged(std::move(split.others), {});
  }
}

PointLot PointLots::selected() {
  if (!m_points) {
    return {};
  }
  split();
  return lotOf(*m_selected);
}

PointLot PointLots::others() {
  if (!m_points) {
    return {};
  }
  order();
  split();
  return lotOf(*m_others);
}

}  // namespace embedscope::plots
