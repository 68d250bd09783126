// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/base/task_context.h"
#include "core/neighbors/neighbor_graph.h"
#include "core/projection/umap_layout.h"

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace embedscope::projection {

struct UmapOptions {
  Eigen::Index dims = 2;  ///< 2 or 3
  Eigen::Index neighbors =
      15;                ///< 2 or more, the row itself among them as in umap-learn; clipped to n
  double minDist = 0.1;  ///< how near points may come, 0 ≤ minDist ≤ spread
  double spread = 1;     ///< the scale of the picture, above 0
  neighbors::Metric metric = neighbors::Metric::Cosine;  ///< or Euclidean
  std::int64_t epochs = 0;  ///< 0: as umap-learn, 500 up to 10,000 rows, 200 beyond
  int negativeSamples = 5;  ///< ≥ 0, for each sampled edge
  double learningRate = 1;  ///< above 0; falls to 0
  std::uint64_t seed = 1;
  /// Of the rows, to supervise by: n numbers, equal ones belong together, below 0 is unknown;
  /// empty: unsupervised. As `supervised` has it.
  std::vector<std::int32_t> categories{};
  double targetWeight = 0.5;  ///< in [0, 1]: how much they count
  Eigen::Index exactUpTo = neighbors::NeighborGraphOptions().exactUpTo;
};

/// How many epochs `options.epochs` means for so many rows.
std::int64_t umapEpochs(Eigen::Index rows, const UmapOptions& options);

/// UMAP of all rows of a table: McInnes, Healy, Melville 2018, arXiv:1802.03426.
///
/// Resumable: after construction the points lie where they begin; `advance` moves them, so that a
/// window can draw them in between. The same bits for any thread count and any division into calls.
/// One thread at a time may use an object.
class Umap {
 public:
  /// Finds the neighbors, weighs them and lays the points out for a start.
  ///
  /// @param rows  n × d, n ≥ 3, finite. Read only during the call.
  /// @return nothing when stopped.
  /// @throws Error InvalidArgument: too few rows, no columns, or options out of their ranges.
  ///         NonFinite: a row holds NaN or infinity.
  /// Cost: that of neighborGraph and of fitPca.
  static std::optional<Umap> begin(const Eigen::Ref<const base::RowMatrix>& rows,
                                   const UmapOptions& options,
                                   const base::TaskContext& context = {});

  std::int64_t epoch() const { return m_layout.epoch(); }

  std::int64_t epochs() const { return m_layout.epochs(); }

  bool isDone() const { return epoch() == epochs(); }

  /// n × dims, after the epochs so far.
  const base::RowMatrix& points() const { return m_layout.points(); }

  /// As UmapLayout::advance.
  bool advance(std::int64_t count, const base::TaskContext& context = {}) {
    return m_layout.advance(count, context);
  }

 private:
  explicit Umap(UmapLayout layout) : m_layout(std::move(layout)) {}

  UmapLayout m_layout;
};

}  // namespace embedscope::projection
