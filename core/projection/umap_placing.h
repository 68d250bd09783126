// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/projection/umap.h"
#include "core/projection/umap_forces.h"

#include <cstdint>
#include <span>
#include <vector>

namespace embedscope::projection {

/// Finds places in a UMAP picture, as umap-learn's `transform` does.
///
/// A new row measures closeness to its nearest rows of the table at a scale of its own
/// (newRowScale). It starts at the mean of their points, weighted by closeness, and then moves for
/// a third of the picture's epochs (100 where they were not chosen), at a quarter of its learning
/// rate, as a point of the picture moves: drawn by its neighbors, pushed by random points, all of
/// which stand still. Unlike there, it starts on the point of a neighbor where that has more of the
/// others near than their mean, which may lie between clusters; an edge draws twice for its random
/// pushes, as it does while the picture is made; and weights are measured against the row's own
/// strongest and not against that of all new rows. Immutable; concurrent calls are safe.
class UmapPlacing {
 public:
  /// @param points  n × 2 or n × 3, finite; must outlive this object.
  UmapPlacing(const base::RowMatrix& points, const UmapOptions& options);

  /// How many neighbors a row goes by.
  Eigen::Index neighbors() const { return m_neighbors; }

  /// @param rows       of the nearest, nearest first, not empty.
  /// @param distances  to them, rising, the first above 0.
  /// @param place      2 or 3 numbers, written.
  void place(std::span<const std::int32_t> rows, std::span<const float> distances,
             float* place) const;

 private:
  /// A neighbor, and how near it is: 1 for the nearest.
  struct Pull {
    const float* point;
    float share;
  };

  std::vector<Pull> pullsOf(std::span<const std::int32_t> rows,
                            std::span<const float> distances) const;
  template <int kDims>
  float closenessAt(const float* place, const std::vector<Pull>& pulls) const;
  template <int kDims>
  UmapPoint<kDims> startOf(const std::vector<Pull>& pulls) const;
  template <int kDims>
  void placeIn(std::span<const std::int32_t> rows, std::span<const float> distances,
               float* place) const;

  const base::RowMatrix& m_points;
  Eigen::Index m_neighbors;
  std::int64_t m_epochs;
  int m_negativeSamples;
  double m_learningRate;
  std::uint64_t m_seed;
  UmapForces m_forces;
  ForceTable m_closeness;  ///< by squared distances on the picture
};

}  // namespace embedscope::projection
