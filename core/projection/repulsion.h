// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/base/task_context.h"
#include "core/projection/grid_convolution.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace embedscope::projection {

/// How the points of a t-SNE picture push each other away: with q = 1 / (1 + |yᵢ − yⱼ|²) for every
/// pair, the forces Σⱼ q²·(yᵢ − yⱼ) on each point, and Σ q over all ordered pairs of different
/// points.
struct Repulsion {
  base::RowMatrix forces;  ///< n × 2 or n × 3
  double sum = 0;
};

/// How the points push a place that is none of them.
struct Push {
  float sum = 0;                 ///< Σⱼ q
  std::array<float, 3> force{};  ///< Σⱼ q²·(y − yⱼ)
};

/// From all pairs, in float32; cost O(n²), parallel. @return false when stopped.
bool exactRepulsion(const base::RowMatrix& points, Repulsion& out,
                    const base::TaskContext& context = {});

/// The push of all points on a place, in float32.
///
/// @param columns  n × 2 or n × 3: their coordinates, axis by axis.
/// @param place    2 or 3 numbers. Cost O(n).
Push exactPush(const Eigen::ArrayXXf& columns, const float* place);

/// By a grid: Linderman, Rachh, Hoskins, Steinerberger, Kluger 2019, doi:10.1038/s41592-018-0308-4.
///
/// Points are spread over the nodes by cubic B-splines, whose transform is divided out again, and
/// read them off by the same: the particle-mesh method of molecular dynamics, Hockney, Eastwood,
/// "Computer simulation using particles", 1981. The forces themselves are convolved, so that any
/// two points push each other alike and a group of points does not push itself. With nodes 0.4
/// units apart the forces agree to about 0.6 % of their size (root mean square); the paper's three
/// nodes per unit, joined by polynomials, gave 2.2 % on the same points. A picture smaller than 13
/// units gets as many nodes as one of 13.
class GridRepulsion {
 public:
  /// @param points  n × 2 or n × 3, finite; the same number of columns each time.
  /// @return false when stopped; then `out` is worthless.
  /// Cost O(n + nodes·log(nodes)), parallel; memory about 50 bytes a node and n numbers. A picture
  /// of more than 2,048 nodes along an axis (160 in three dimensions) gets a coarser grid. The same
  /// bits for any thread count, whatever was measured before.
  bool measure(const base::RowMatrix& points, Repulsion& out,
               const base::TaskContext& context = {});

  /// What the points measured last do to any place. Concurrent calls are safe.
  ///
  /// @param place  2 or 3 numbers, as the points have; outside their box that of the nearest place
  ///               within is told.
  Push pushAt(const float* place) const;

 private:
  template <int kDims>
  std::array<float, kDims + 1> fieldsAt(const float* place) const;
  template <int kDims>
  Push pushIn(const float* place) const;
  template <int kDims>
  bool measureIn(const base::RowMatrix& points, Repulsion& out, const base::TaskContext& context);
  template <int kDims>
  void fit(const base::RowMatrix& points);
  template <int kDims>
  void sortIntoBands(const base::RowMatrix& points);
  template <int kDims>
  void spread(const base::RowMatrix& points, const base::TaskContext& context);
  template <int kDims>
  void gather(const base::RowMatrix& points, Repulsion& out, const base::TaskContext& context);

  std::array<float, 3> m_origin{};  ///< of the points' box
  std::array<float, 3> m_end{};
  float m_spacing = 0;
  std::optional<GridConvolution> m_convolution;
  std::vector<float> m_density;
  std::vector<std::vector<float>> m_fields;  ///< Σ q, then the forces by axis
  int m_bandNodes = 0;                       ///< of the outermost axis in a band
  std::vector<std::size_t> m_begins;         ///< where each band begins in `m_order`
  std::vector<std::int32_t> m_order;         ///< points, band by band
};

}  // namespace embedscope::projection
