// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/base/task_context.h"
#include "core/projection/repulsion.h"
#include "core/projection/tsne.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>

namespace embedscope::projection {

/// Finds places in a t-SNE picture: a new row goes where a point of the picture with its
/// affinities would come to rest, while all others stand still.
///
/// Its affinities are those of its perplexity's nearest rows of the table (perplexityShares). Its
/// part of the divergence is Σ p·log(1 + |y − yⱼ|²) + Σ q / (mean of Σ q over the picture's own
/// points), but for constants: the gradient is the force on a point of the picture. From the mean
/// of the neighbors' points, weighted by affinity, and from the point of the nearest it goes down,
/// by steps that without a push would lead to the mean weighted by p·q, halved until they lead
/// lower; the lower end is taken. In pictures of up to 1,000 points (10,000 in space, where grids
/// are dear) all of them push; in larger ones the pushes are read off the grid of GridRepulsion.
/// Poličar, Stražar, Zupan 2021, doi:10.1007/s10994-021-06043-1 (openTSNE), place likewise, but
/// with momentum, a perplexity of 5, and Σ q of the place itself. Immutable; concurrent calls are
/// safe.
class TsnePlacing {
 public:
  /// Measures the pushes of the points.
  ///
  /// @param points  n × 2 or n × 3, finite; must outlive this object.
  /// @return nothing when stopped. Cost that of exactRepulsion or GridRepulsion::measure.
  static std::optional<TsnePlacing> begin(const base::RowMatrix& points, const TsneOptions& options,
                                          const base::TaskContext& context = {});

  /// How many neighbors a row goes by.
  Eigen::Index neighbors() const;

  /// As UmapPlacing::place.
  void place(std::span<const std::int32_t> rows, std::span<const float> distances,
             float* place) const;

 private:
  TsnePlacing(const base::RowMatrix& points, const TsneOptions& options);

  /// What a row goes by.
  struct Affinities {
    std::span<const std::int32_t> rows;
    std::span<const float> shares;
  };

  /// A place, and how good it is.
  template <int kDims>
  struct Stand {
    std::array<float, kDims> place;
    std::array<float, kDims> step;  ///< towards the mean
    float height;                   ///< of the divergence
  };

  Push pushAt(const float* place) const;
  template <int kDims>
  void placeIn(const Affinities& affinities, float* place) const;
  template <int kDims>
  Stand<kDims> standAt(const Affinities& affinities, const std::array<float, kDims>& place) const;
  template <int kDims>
  Stand<kDims> lowestFrom(const Affinities& affinities,
                          const std::array<float, kDims>& start) const;

  const base::RowMatrix* m_points;
  double m_perplexity;
  bool m_squares;             ///< distances are lengths, and not 1 − cosine
  Eigen::ArrayXXf m_columns;  ///< the points, where all of them push; else empty
  GridRepulsion m_grid;
  float m_meanSum = 1;  ///< of q, over the picture's points
};

}  // namespace embedscope::projection
