// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/base/task_context.h"
#include "core/projection/repulsion.h"
#include "core/projection/symmetric_edges.h"

#include <cstdint>
#include <optional>

namespace embedscope::projection {

struct TsneLayoutOptions {
  std::int64_t iterations = 1000;            ///< ≥ 1, those with exaggeration among them
  std::int64_t exaggeratedIterations = 250;  ///< ≥ 0
  double exaggeration = 12;                  ///< 1 or more
  double learningRate = 200;                 ///< above 0
  Eigen::Index exactUpTo = 1'000;            ///< rows up to which all pairs push each other
};

/// Moves points so that the likelihoods of pairs on the picture, q / Σq, come near to given ones:
/// van der Maaten, Hinton 2008, JMLR 9.
///
/// Gradient descent as in scikit-learn and openTSNE: momentum 0.5 while affinities are exaggerated,
/// 0.8 afterwards, where speeds and gains begin anew; gains grow by 0.2 and shrink to 0.8 of
/// themselves, not below 0.01. The gradient is taken without its factor 4, as in the original
/// program, so that a learning rate here is four of scikit-learn's. No point moves farther than 5
/// in one iteration (openTSNE), and the picture stays centred.
class TsneLayout {
 public:
  /// @param affinities  of n rows; their weights add up to n.
  /// @param start       n × 2 or n × 3, finite.
  TsneLayout(SymmetricEdges affinities, base::RowMatrix start, const TsneLayoutOptions& options);

  std::int64_t iteration() const { return m_iteration; }

  std::int64_t iterations() const { return m_options.iterations; }

  /// n × 2 or n × 3, after the iterations so far.
  const base::RowMatrix& points() const { return m_points; }

  /// Runs up to `count` further iterations, none beyond the last.
  ///
  /// @return false when stopped: then the points are those after the last whole iteration, and a
  ///         later call goes on from there with the same bits.
  /// Cost O(edges) and that of GridRepulsion an iteration, parallel; the same bits for any thread
  /// count and for any division into calls.
  bool advance(std::int64_t count, const base::TaskContext& context = {});

  /// Σ p·log(p / q) over the edges, without exaggeration: what the layout makes small.
  /// @return nothing when stopped.
  std::optional<double> divergence(const base::TaskContext& context = {}) const;

 private:
  bool isExaggerated() const { return m_iteration < m_options.exaggeratedIterations; }

  bool push(GridRepulsion& grid, Repulsion& out, const base::TaskContext& context) const;
  template <int kDims>
  bool pull(const base::TaskContext& context);
  void move();

  SymmetricEdges m_affinities;
  TsneLayoutOptions m_options;
  base::RowMatrix m_points;
  base::RowMatrix m_speeds;
  base::RowMatrix m_gains;
  base::RowMatrix m_pulls;  ///< Σ weight·q·(yᵢ − yⱼ)
  Repulsion m_repulsion;
  GridRepulsion m_grid;
  std::int64_t m_iteration = 0;
};

}  // namespace embedscope::projection
