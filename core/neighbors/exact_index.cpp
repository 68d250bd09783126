// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/exact_index.h"

#include "core/base/error.h"
#include "core/neighbors/certified_search.h"
#include "core/neighbors/many_queries.h"
#include "core/neighbors/row_score.h"

#include <array>
#include <string>
#include <utility>

namespace embedscope::neighbors {

namespace {

using base::Error;
using base::ErrorCode;

void requireCount(std::int64_t k) {
  if (k < 1) {
    throw Error(ErrorCode::InvalidArgument, "at least one neighbor must be asked for");
  }
}

}  // namespace

ExactIndex::ExactIndex(table::TablePtr table, Metric metric,
                       std::shared_ptr<const RoundedRows> rounded)
    : m_table(std::move(table)), m_metric(metric), m_rounded(std::move(rounded)) {}

float ExactIndex::score(std::int64_t row, std::span<const float> query) const {
  return rowScore(m_metric, m_table->row(row), query);
}

void ExactIndex::requireRow(std::int64_t row) const {
  if (row < 0 || row >= m_table->rowCount()) {
    throw Error(ErrorCode::InvalidArgument, "there is no row " + std::to_string(row));
  }
}

void ExactIndex::requireQuery(std::span<const float> query) const {
  if (static_cast<Eigen::Index>(query.size()) != m_table->dimension()) {
    throw Error(ErrorCode::InvalidArgument,
                "a query of " + std::to_string(query.size()) + " numbers does not fit a table of " +
                    std::to_string(m_table->dimension()) + " dimensions");
  }
  if (!allFinite(query)) {
    throw Error(ErrorCode::NonFinite, "the query holds NaN or infinity");
  }
}

std::vector<float> ExactIndex::prepared(std::span<const float> query) const {
  requireQuery(query);
  return preparedQuery(m_metric, query);
}

std::vector<Neighbor> ExactIndex::nearest(std::span<const float> query, std::int64_t k,
                                          std::span<const std::int64_t> exclude,
                                          const base::TaskContext& context) const {
  requireCount(k);
  const std::vector<float> wanted = prepared(query);
  if (m_rounded) {
    if (auto found = certifiedNearest(*this, *m_rounded, wanted, k, exclude, context)) {
      return *std::move(found);
    }
  }
  const Ranking ranking{m_table->rowCount(), k, largerIsNearer(m_metric), exclude,
                        m_table->dimension()};
  const auto scores = [&](std::int64_t row, std::span<float> out) {
    for (float& value : out) {
      value = score(row++, wanted);
    }
  };
  return bestRows(ranking, scores, context);
}

std::vector<Neighbor> ExactIndex::nearestOfRow(std::int64_t row, std::int64_t k,
                                               const base::TaskContext& context) const {
  requireRow(row);
  const std::array<std::int64_t, 1> self = {row};
  return nearest(m_table->row(row), k, self, context);
}

std::vector<std::vector<Neighbor>> ExactIndex::nearestOfMany(
    const Eigen::Ref<const base::RowMatrix>& queries, std::int64_t k,
    const base::TaskContext& context) const {
  requireCount(k);
  const base::RowMatrix asked = queries;
  for (Eigen::Index i = 0; i < asked.rows(); ++i) {
    requireQuery({asked.row(i).data(), static_cast<std::size_t>(asked.cols())});
  }
  const std::vector<std::int64_t> nothing(static_cast<std::size_t>(asked.rows()), -1);
  return nearestOfQueries(*this, asked, nothing, k, context);
}

std::vector<std::vector<Neighbor>> ExactIndex::nearestOfRows(
    std::span<const std::int64_t> rows, std::int64_t k, const base::TaskContext& context) const {
  requireCount(k);
  base::RowMatrix queries(static_cast<Eigen::Index>(rows.size()), m_table->dimension());
  Eigen::Index place = 0;
  for (const std::int64_t row : rows) {
    requireRow(row);
    requireQuery(m_table->row(row));
    queries.row(place++) = m_table->values().row(row);
  }
  return nearestOfQueries(*this, queries, rows, k, context);
}

}  // namespace embedscope::neighbors
