// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/space_points.h"

#include "core/base/parallel.h"

#include <cmath>

namespace embedscope::plots {

namespace {

constexpr std::size_t kRowsInBlock = 1 << 16;

std::int64_t blocksOf(std::size_t rows) {
  return static_cast<std::int64_t>((rows + kRowsInBlock - 1) / kRowsInBlock);
}

}  // namespace

SpacePoints::SpacePoints(const base::RowMatrix& xyz) {
  const auto rows = static_cast<std::size_t>(xyz.rows());
  for (std::vector<float>& axis : m_axes) {
    axis.resize(rows);
  }
  std::vector<Eigen::AlignedBox3d> boxes(static_cast<std::size_t>(blocksOf(rows)));
  base::parallelBlocks(blocksOf(rows), [&](std::int64_t block) {
    const std::size_t first = static_cast<std::size_t>(block) * kRowsInBlock;
    Eigen::AlignedBox3f box;
    for (std::size_t row = first; row < std::min(rows, first + kRowsInBlock); ++row) {
      const float* from = xyz.data() + 3 * row;
      m_axes[0][row] = from[0];
      m_axes[1][row] = from[1];
      m_axes[2][row] = from[2];
      if (std::isfinite(from[0]) && std::isfinite(from[1]) && std::isfinite(from[2])) {
        box.extend(Eigen::Vector3f(from[0], from[1], from[2]));
      }
    }
    if (!box.isEmpty()) {
      boxes[static_cast<std::size_t>(block)] = box.cast<double>();
    }
  });
  for (const Eigen::AlignedBox3d& box : boxes) {
    m_box.extend(box);
  }
  if (m_box.isEmpty()) {
    return;
  }
  const Eigen::Vector3f center = m_box.center().cast<float>();
  std::vector<float> farthest(boxes.size(), 0);
  base::parallelBlocks(blocksOf(rows), [&](std::int64_t block) {
    const std::size_t first = static_cast<std::size_t>(block) * kRowsInBlock;
    float most = 0;
    for (std::size_t row = first; row < std::min(rows, first + kRowsInBlock); ++row) {
      const Eigen::Vector3f way =
          Eigen::Vector3f(m_axes[0][row], m_axes[1][row], m_axes[2][row]) - center;
      const float distance = way.squaredNorm();
      most = std::isfinite(distance) ? std::max(most, distance) : most;
    }
    farthest[static_cast<std::size_t>(block)] = most;
  });
  m_radius = std::sqrt(static_cast<double>(*std::max_element(farthest.begin(), farthest.end())));
}

SpacePixels::SpacePixels(const SpacePoints& points, const SpaceCamera& camera, const PixelMap& map)
    : count(points.size()),
      m_perRadius(static_cast<float>(1 / camera.radius())),
      m_eye(static_cast<float>(camera.eyeDistance())),
      m_nearest(static_cast<float>(camera.nearestDepth())),
      m_scale{static_cast<float>(map.scaleX), static_cast<float>(map.scaleY)},
      m_offset{static_cast<float>(map.offsetX), static_cast<float>(map.offsetY)} {
  const Eigen::Matrix3d rotation = camera.rotation();
  for (std::size_t i = 0; i < 3; ++i) {
    m_axes[i] = points.axes()[i].data();
    m_center[i] = static_cast<float>(camera.center()(static_cast<Eigen::Index>(i)));
    for (std::size_t j = 0; j < 3; ++j) {
      m_rows[i][j] =
          static_cast<float>(rotation(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)));
    }
  }
}

void SpacePixels::project(std::size_t first, std::size_t length, Block& block) const {
  using In = Eigen::Map<const Eigen::ArrayXf>;
  using Out = Eigen::Map<Eigen::ArrayXf, Eigen::Aligned32>;
  const auto n = static_cast<Eigen::Index>(length);
  const In x(m_axes[0] + first, n);
  const In y(m_axes[1] + first, n);
  const In z(m_axes[2] + first, n);
  Out right(block.x.data(), n);
  Out up(block.y.data(), n);
  Out toward(block.nearness.data(), n);
  // One expression per axis; Eigen turns four points at once on every processor.
  const auto turn = [&](const std::array<float, 3>& row, Out& out) {
    out = row[0] * (x - m_center[0]) + row[1] * (y - m_center[1]) + row[2] * (z - m_center[2]);
  };
  turn(m_rows[0], right);
  turn(m_rows[1], up);
  turn(m_rows[2], toward);
  if (m_eye > 0) {
    alignas(32) std::array<float, kBlock> factors;
    Out factor(factors.data(), n);
    factor = m_eye / (m_eye - toward).max(m_nearest);
    right *= factor;
    up *= factor;
  }
  right = right * m_scale[0] + m_offset[0];
  up = up * m_scale[1] + m_offset[1];
  toward *= m_perRadius;
}

}  // namespace embedscope::plots
