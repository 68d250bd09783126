// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "core/neighbors/metric.h"
#include "core/neighbors/rounded_rows.h"
#include "core/neighbors/row_ranking.h"
#include "core/table/embedding_table.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace embedscope::neighbors {

/// Exact nearest rows of a table, by looking at every row: at its numbers, or first at a rounded
/// copy of a quarter of their size, whose bounds tell which few rows need a closer look. The
/// answers are the same to the last bit. Immutable; concurrent calls are safe.
class ExactIndex {
 public:
  /// Costs nothing: whatever a query needs to know of a row, such as its length, it learns from the
  /// one pass that it makes.
  ///
  /// @param rounded  of the table, or null. With Manhattan it is of no use.
  ExactIndex(table::TablePtr table, Metric metric, std::shared_ptr<const RoundedRows> rounded = {});

  const table::EmbeddingTable& table() const { return *m_table; }

  const table::TablePtr& tablePtr() const { return m_table; }

  Metric metric() const { return m_metric; }

  /// Null where there are none.
  const std::shared_ptr<const RoundedRows>& rounded() const { return m_rounded; }

  /// How near a row is to a query by the metric, as nearest() counts it; NaN when the row holds
  /// NaN or infinity.
  ///
  /// @param row    0 ≤ row < rowCount().
  /// @param query  d finite numbers; for cosine of length 1, or zeros.
  float score(std::int64_t row, std::span<const float> query) const;

  /// The query as score() wants it.
  ///
  /// @throws Error InvalidArgument: not d numbers. NonFinite: it holds NaN or infinity.
  std::vector<float> prepared(std::span<const float> query) const;

  /// The k nearest rows, nearest first. Ties: smaller row first, for any thread count.
  ///
  /// @param query    d numbers.
  /// @param k        k ≥ 1; clipped to the number of rows that remain.
  /// @param exclude  rows to leave out.
  /// @return empty when stopped. Rows holding NaN or infinity never appear. With cosine, a zero
  ///         vector has score 0 with everything.
  /// @throws Error InvalidArgument: wrong length or k < 1. NonFinite: the query holds NaN or inf.
  /// Cost O(n·d), one pass over the table, or over its rounded rows where they tell enough rows
  /// apart, at the speed of memory; parallel over blocks of rows; the result does not depend on the
  /// number of threads.
  std::vector<Neighbor> nearest(std::span<const float> query, std::int64_t k,
                                std::span<const std::int64_t> exclude = {},
                                const base::TaskContext& context = {}) const;

  /// The k nearest other rows of a row (the row itself is left out, equal vectors are not).
  ///
  /// @throws Error InvalidArgument: no such row, k < 1. NonFinite: the row holds NaN or infinity.
  std::vector<Neighbor> nearestOfRow(std::int64_t row, std::int64_t k,
                                     const base::TaskContext& context = {}) const;

  /// The k nearest rows of each of many queries at once, by products of blocks of rows with all of
  /// them: every answer has the bits of the query asked alone.
  ///
  /// @param queries  q × d.
  /// @return q lists; no lists when stopped, which is noticed within about 10 ms of work.
  /// @throws Error as nearest().
  /// Cost O(q·n·d) at the speed of matrix products or quicker, parallel; see nearestOfQueries().
  std::vector<std::vector<Neighbor>> nearestOfMany(const Eigen::Ref<const base::RowMatrix>& queries,
                                                   std::int64_t k,
                                                   const base::TaskContext& context = {}) const;

  /// The same for rows of the table; each leaves itself out.
  ///
  /// @throws Error as nearestOfRow().
  std::vector<std::vector<Neighbor>> nearestOfRows(std::span<const std::int64_t> rows,
                                                   std::int64_t k,
                                                   const base::TaskContext& context = {}) const;

 private:
  void requireRow(std::int64_t row) const;
  void requireQuery(std::span<const float> query) const;

  table::TablePtr m_table;
  Metric m_metric;
  std::shared_ptr<const RoundedRows> m_rounded;
};

}  // namespace embedscope::neighbors
