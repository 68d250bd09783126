// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/base/task_context.h"
#include "core/projection/symmetric_edges.h"
#include "core/projection/umap_forces.h"

#include <cstdint>
#include <vector>

namespace embedscope::projection {

struct UmapLayoutOptions {
  UmapCurve curve;
  std::int64_t epochs = 200;  ///< ≥ 1; the learning rate falls to 0 over them
  int negativeSamples = 5;    ///< ≥ 0, for each sampled edge
  double learningRate = 1;    ///< above 0
  std::uint64_t seed = 1;
};

/// Moves points so that edges of a fuzzy set are short and other pairs apart.
///
/// McInnes, Healy, Melville 2018, arXiv:1802.03426, section 4.2: an edge of weight w is sampled in
/// w / (largest weight) of the epochs; then it draws its ends together, and random points push an
/// end away. umap-learn moves both ends at once, edge by edge, so its result hangs on the order of
/// the work. Here every point is moved by its own edges alone, in four passes an epoch over every
/// fourth point each; within a pass all others stand still. An edge acts on an end twice when it is
/// sampled, because umap-learn lists it once for each end and each time moves both.
class UmapLayout {
 public:
  /// @param set    of n rows.
  /// @param start  n × 2 or n × 3, finite.
  UmapLayout(SymmetricEdges set, base::RowMatrix start, const UmapLayoutOptions& options);

  std::int64_t epoch() const { return m_epoch; }

  std::int64_t epochs() const { return m_options.epochs; }

  /// n × 2 or n × 3, after the epochs so far.
  const base::RowMatrix& points() const { return m_points; }

  /// Runs up to `count` further epochs, none beyond the last.
  ///
  /// @return false when stopped: then the points are those after the last whole epoch, and a later
  ///         call goes on from there with the same bits.
  /// Cost O(edges·(1 + negativeSamples)) an epoch, parallel; the same bits for any thread count and
  /// for any division into calls.
  bool advance(std::int64_t count, const base::TaskContext& context = {});

 private:
  template <typename Body>
  void forEachSampled(std::size_t row, const Body& body) const;
  template <int kDims>
  void movePoint(std::size_t row, float rate);
  template <int kDims>
  bool runEpoch(const base::TaskContext& context);

  SymmetricEdges m_set;
  UmapLayoutOptions m_options;
  std::vector<std::uint32_t>
      m_rates;  ///< of each edge: share of the epochs it is sampled in, · 2³²
  UmapForces m_forces;
  base::RowMatrix m_points;
  base::RowMatrix m_moved;  ///< where the points of the running pass will be
  std::int64_t m_epoch = 0;
};

}  // namespace embedscope::projection
