// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "core/neighbors/row_ranking.h"
#include "core/table/embedding_table.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace embedscope::neighbors {

enum class Metric { Cosine, Dot, Euclidean, Manhattan };

/// "cosine", "dot", "euclidean", "manhattan".
std::string_view metricName(Metric metric);
std::optional<Metric> metricFromName(std::string_view name);

/// True where a larger score means nearer (cosine, dot); distances are the other way round.
bool largerIsNearer(Metric metric);

/// Exact nearest rows of a table, by looking at every row. Immutable; concurrent calls are safe.
class ExactIndex {
 public:
  /// Computes what every query needs (norms for cosine). Cost O(n·d), parallel.
  ExactIndex(table::TablePtr table, Metric metric);

  const table::EmbeddingTable& table() const { return *m_table; }

  Metric metric() const { return m_metric; }

  /// How near a row is to a query by the metric, as nearest() counts it; NaN when the row holds
  /// NaN.
  ///
  /// @param row    0 ≤ row < rowCount().
  /// @param query  d finite numbers; for cosine of length 1, or zeros.
  float score(std::int64_t row, std::span<const float> query) const;

  /// The k nearest rows, nearest first. Ties: smaller row first, for any thread count.
  ///
  /// @param query    d numbers.
  /// @param k        k ≥ 1; clipped to the number of rows that remain.
  /// @param exclude  rows to leave out.
  /// @return empty when stopped. Rows holding NaN never appear. With cosine, a zero vector has
  ///         score 0 with everything.
  /// @throws Error InvalidArgument: wrong length or k < 1. NonFinite: the query holds NaN or inf.
  /// Cost O(n·d), parallel over blocks of rows of fixed size; accumulated so that the result does
  /// not depend on the number of threads.
  std::vector<Neighbor> nearest(std::span<const float> query, std::int64_t k,
                                std::span<const std::int64_t> exclude = {},
                                const base::TaskContext& context = {}) const;

  /// The k nearest other rows of a row (the row itself is left out, equal vectors are not).
  ///
  /// @throws Error InvalidArgument: no such row, k < 1. NonFinite: the row holds NaN or infinity.
  std::vector<Neighbor> nearestOfRow(std::int64_t row, std::int64_t k,
                                     const base::TaskContext& context = {}) const;

 private:
  table::TablePtr m_table;
  Metric m_metric;
  /// One for each row, cosine only: 1 / length, 0 for a zero row, negative where the length is so
  /// large or small that float32 products could overflow or vanish.
  std::vector<float> m_inverseNorms;
};

}  // namespace embedscope::neighbors
