// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "ui/plots/density_field.h"
#include "ui/plots/space_camera.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace embedscope::plots {

/// Points of space, one array per axis, so that four are turned at once.
class SpacePoints {
 public:
  SpacePoints() = default;

  /// @param xyz  n × 3. Cost O(n), parallel.
  explicit SpacePoints(const base::RowMatrix& xyz);

  std::size_t size() const { return m_axes[0].size(); }

  Eigen::Vector3d operator[](std::size_t row) const {
    return {static_cast<double>(m_axes[0][row]), static_cast<double>(m_axes[1][row]),
            static_cast<double>(m_axes[2][row])};
  }

  const std::array<std::vector<float>, 3>& axes() const { return m_axes; }

  /// Around all finite points; empty when there is none.
  const Eigen::AlignedBox3d& box() const { return m_box; }

  /// Distance from the middle of the box to the farthest finite point.
  double radius() const { return m_radius; }

 private:
  std::array<std::vector<float>, 3> m_axes;
  Eigen::AlignedBox3d m_box;
  double m_radius = 0;
};

/// Points of space as a camera sees them on an image, worked out block by block: nothing is kept.
/// Read only while the points live.
struct SpacePixels {
  static constexpr std::uint32_t kFullWeight = 8;  ///< of the nearest points; the farthest count 3
  static constexpr std::size_t kBlock = 512;

  /// Where a block of points is seen.
  struct Block {
    alignas(32) std::array<float, kBlock> x;
    alignas(32) std::array<float, kBlock> y;
    alignas(32) std::array<float, kBlock> nearness;
  };

  /// @param map  from the plane of the camera to pixels.
  SpacePixels(const SpacePoints& points, const SpaceCamera& camera, const PixelMap& map);

  std::size_t size() const { return count; }

  /// Works out the points [first, first + length), length ≤ kBlock. Points that are not finite give
  /// numbers that are not finite.
  void project(std::size_t first, std::size_t length, Block& block) const;

  /// As PlanePixels does, with a weight that grows with nearness.
  template <class Visit>
  void forEachInside(std::size_t first, std::size_t end, int width, int height, Visit visit) const {
    forEachWithin(first, end, 0, 0, static_cast<float>(width), static_cast<float>(height),
                  [&visit](std::size_t point, float x, float y, float nearness) {
                    const float weight = std::clamp(5.5F + 3 * nearness, 3.0F, 8.0F);
                    visit(point, static_cast<int>(x), static_cast<int>(y),
                          static_cast<std::uint32_t>(weight));
                  });
  }

  /// Calls `visit(point, x, y, nearness)` for the points [first, end) with left ≤ x < right and
  /// top ≤ y < bottom, in rising order.
  template <class Visit>
  void forEachWithin(std::size_t first, std::size_t end, float left, float top, float right,
                     float bottom, Visit visit) const {
    Block block;
    for (; first < end; first += kBlock) {
      const std::size_t length = std::min(kBlock, end - first);
      project(first, length, block);
      for (std::size_t i = 0; i < length; ++i) {
        const float x = block.x[i];
        const float y = block.y[i];
        if (x >= left && x < right && y >= top && y < bottom) {
          visit(first + i, x, y, block.nearness[i]);
        }
      }
    }
  }

  std::size_t count = 0;

 private:
  std::array<const float*, 3> m_axes{};
  std::array<float, 3> m_center{};
  std::array<std::array<float, 3>, 3> m_rows{};  // right, up and towards the viewer
  float m_perRadius = 1;
  float m_eye = 0;  // 0 without perspective
  float m_nearest = 0;
  std::array<float, 2> m_scale{};
  std::array<float, 2> m_offset{};
};

}  // namespace embedscope::plots
