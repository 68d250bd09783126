// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/table/row_set.h"
#include "ui/plots/point_split.h"
#include "ui/plots/space_points.h"

#include <QRgb>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace embedscope::plots {

/// Points that are drawn as one picture: of the plane, or of space where that is not null.
struct PointLot {
  std::span<const float> xy;  ///< n × 2, row by row; of the plane only
  const SpacePoints* space = nullptr;
  std::span<const QRgb> colors;  ///< of every point; empty: none has one
};

/// The points of a cloud as pictures of their density take them: all together, or the selected ones
/// and the others apart.
///
/// Which row a point stands for does not matter there, so from the second picture on points that
/// stay are brought into an order in which drawing them is fast (drawingOrder); up to two million,
/// for more would make a frame wait too long. Lots are valid until something is set.
class PointLots {
 public:
  using Points = std::shared_ptr<const base::RowMatrix>;

  /// @param points  n × 2 or n × 3, or null.
  /// @param space   the same in space, which outlives its use here; null in the plane.
  void setPoints(Points points, const SpacePoints* space);

  /// One color for each point; fewer: none has one.
  void setColors(std::vector<QRgb> colors);
  void setSelection(table::RowSet rows);

  PointLot all();
  PointLot selected();
  PointLot others();

 private:
  /// Points side by side in memory.
  struct Arranged {
    base::RowMatrix points;
    SpacePoints space;  ///< the same, if they lie in space
    std::vector<QRgb> colors;
  };

  bool isOrdered() const { return !m_order.empty(); }

  void order();
  void split();
  Arranged arranged(base::RowMatrix points, std::vector<QRgb> colors) const;
  PointLot lotOf(const Arranged& arranged) const;

  Points m_points;
  const SpacePoints* m_space = nullptr;
  std::vector<QRgb> m_colors;
  table::RowSet m_selection;
  int m_pictures = 0;                  ///< of these points, so far
  std::vector<std::uint32_t> m_order;  ///< empty: as they were given
  std::optional<Arranged> m_all;       ///< by the order; what follows is made when first needed
  std::optional<Arranged> m_selected;
  std::optional<Arranged> m_others;
};

}  // namespace embedscope::plots
