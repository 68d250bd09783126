// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "core/neighbors/exact_index.h"
#include "core/neighbors/hnsw_builder.h"
#include "core/neighbors/thread_pieces.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace embedscope::neighbors {

/// Approximate nearest rows: a query walks over a graph of near rows and sees a few thousand of
/// them instead of all. Immutable; concurrent calls are safe.
///
/// Malkov, Yashunin, "Efficient and robust approximate nearest neighbor search using hierarchical
/// navigable small world graphs", IEEE TPAMI 42(4), 2020, arXiv:1603.09320. We differ in that rows
/// are inserted in batches, so that several threads build the same graph as one; and in that the
/// walk goes over rounded rows (RoundedRows), whose answers are then scored by all their numbers.
class HnswIndex {
 public:
  /// How many rows a walk keeps in view, unless more neighbors are wanted. More finds more of the
  /// true neighbors and takes longer.
  static constexpr std::int64_t kBreadth = 200;

  /// The memory that an index of a table takes, with its rounded rows.
  static std::int64_t bytesFor(const table::EmbeddingTable& table, const HnswOptions& options = {});

  /// @param metric   Cosine, Dot or Euclidean.
  /// @param rounded  of the table; null: made here.
  /// @return null when stopped, which is noticed within a few milliseconds.
  /// @throws Error InvalidArgument: Manhattan, an option out of its range, or a table that is too
  ///         large for an index.
  /// Cost about O(n·log n·breadth·d), parallel; the same bits for any thread count.
  static std::shared_ptr<const HnswIndex> build(table::TablePtr table, Metric metric,
                                                const HnswOptions& options = {},
                                                std::shared_ptr<const RoundedRows> rounded = {},
                                                const base::TaskContext& context = {});

  const ExactIndex& exact() const { return m_exact; }

  /// About the k nearest rows, nearest first, with the scores that ExactIndex gives them.
  ///
  /// @param breadth  how many rows the walk keeps in view; at least what is asked for.
  /// @throws Error as ExactIndex::nearest.
  std::vector<Neighbor> nearest(std::span<const float> query, std::int64_t k,
                                std::span<const std::int64_t> exclude = {},
                                std::int64_t breadth = kBreadth) const;

  /// About the k nearest other rows of a row.
  std::vector<Neighbor> nearestOfRow(std::int64_t row, std::int64_t k,
                                     std::int64_t breadth = kBreadth) const;

  /// The share of the k nearest other rows that nearestOfRow() finds, measured on some rows against
  /// the exact answer. Another row with the score of a true neighbor counts as one.
  ///
  /// @param sample  how many rows at most, drawn by `seed`; rows without neighbors are passed over.
  /// @return in [0, 1], 1 where there is nothing to find; nothing when stopped.
  std::optional<double> sampledRecall(std::int64_t k, std::int64_t sample,
                                      std::int64_t breadth = kBreadth, std::uint64_t seed = 1,
                                      const base::TaskContext& context = {}) const;

 private:
  HnswIndex(ExactIndex exact, std::unique_ptr<const RoundedDistance> distance, HnswGraph graph);

  ExactIndex m_exact;
  std::unique_ptr<const RoundedDistance> m_distance;
  HnswGraph m_graph;
  std::vector<std::int64_t> m_loose;  ///< finite rows that are not part of the graph
  mutable ThreadPieces<HnswWalk> m_walks;
};

}  // namespace embedscope::neighbors
