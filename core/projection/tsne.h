// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/base/task_context.h"
#include "core/neighbors/neighbor_graph.h"
#include "core/projection/tsne_layout.h"

#include <cstdint>
#include <optional>
#include <utility>

namespace embedscope::projection {

struct TsneOptions {
  Eigen::Index dims = 2;   ///< 2 or 3
  double perplexity = 30;  ///< how many neighbors count, 1 or more; at most (n − 1) / 3 is used
  neighbors::Metric metric = neighbors::Metric::Cosine;  ///< or Euclidean
  std::int64_t iterations = 1000;                        ///< 1 or more
  std::int64_t exaggeratedIterations = 250;              ///< 0 or more, the first of them
  double exaggeration = 12;  ///< 1 or more: how much closer neighbors are held then
  double learningRate = 0;   ///< 0: n / exaggeration and at least 200, as scikit-learn's 'auto'
  std::uint64_t seed = 1;    ///< of the approximate graph, and of the noise that parts equal rows
  Eigen::Index exactUpTo = 40'000;  ///< rows up to which neighbors are exact: for so many of them
                                    ///< a search costs as much there
};

/// t-SNE of all rows of a table: van der Maaten, Hinton 2008, JMLR 9, with the affinities of the
/// nearest neighbors alone, van der Maaten 2014, JMLR 15, and forces by a grid (GridRepulsion).
///
/// Starts from principal components with the learning rate n / exaggeration: Kobak, Berens 2019,
/// doi:10.1038/s41467-019-13056-x; Belkina et al. 2019, doi:10.1038/s41467-019-13055-y. Rows that
/// are compared by cosine are laid out as rows of length 1. Resumable, as Umap.
class Tsne {
 public:
  /// Finds the neighbors, weighs them and lays the points out for a start.
  ///
  /// @param rows  n × d, n ≥ 3, finite. Read only during the call.
  /// @return nothing when stopped.
  /// @throws Error InvalidArgument: too few rows, no columns, or options out of their ranges.
  ///         NonFinite: a row holds NaN or infinity.
  /// Cost: that of neighborGraph, with 3·perplexity neighbors, and of fitPca.
  static std::optional<Tsne> begin(const Eigen::Ref<const base::RowMatrix>& rows,
                                   const TsneOptions& options,
                                   const base::TaskContext& context = {});

  std::int64_t iteration() const { return m_layout.iteration(); }

  std::int64_t iterations() const { return m_layout.iterations(); }

  bool isDone() const { return iteration() == iterations(); }

  /// n × dims, after the iterations so far.
  const base::RowMatrix& points() const { return m_layout.points(); }

  /// As TsneLayout::advance.
  bool advance(std::int64_t count, const base::TaskContext& context = {}) {
    return m_layout.advance(count, context);
  }

  /// As TsneLayout::divergence: the Kullback-Leibler divergence of the picture as it is.
  std::optional<double> divergence(const base::TaskContext& context = {}) const {
    return m_layout.divergence(context);
  }

 private:
  explicit Tsne(TsneLayout layout) : m_layout(std::move(layout)) {}

  TsneLayout m_layout;
};

}  // namespace embedscope::projection
