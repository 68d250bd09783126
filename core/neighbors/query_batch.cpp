// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/query_batch.h"

#include "core/neighbors/candidates.h"
#include "core/neighbors/rounded_query.h"

#include <algorithm>

namespace embedscope::neighbors {

namespace {

/// Beyond so many, and four for each neighbor wanted, rows cannot be told apart.
constexpr std::size_t kMostCandidates = 4096;

std::span<const float> numbersOf(const base::RowMatrix& queries, std::size_t query) {
  return {queries.row(static_cast<Eigen::Index>(query)).data(),
          static_cast<std::size_t>(queries.cols())};
}

base::RowMatrix preparedQueries(const ExactIndex& index, const base::RowMatrix& queries) {
  base::RowMatrix prepared(queries.rows(), queries.cols());
  for (Eigen::Index i = 0; i < queries.rows(); ++i) {
    const std::vector<float> query =
        index.prepared(numbersOf(queries, static_cast<std::size_t>(i)));
    std::copy(query.begin(), query.end(), prepared.row(i).data());
  }
  return prepared;
}

}  // namespace

QueryBatch::QueryBatch(const ExactIndex& index, const base::RowMatrix& queries,
                       std::span<const std::int64_t> excluded, std::int64_t k)
    : m_index(index),
      m_asked(queries),
      m_prepared(preparedQueries(index, queries)),
      m_excluded(excluded),
      m_k(static_cast<std::size_t>(k)),
      m_isAskedAlone(excluded.size()) {
  for (std::size_t i = 0; i < excluded.size(); ++i) {
    m_limits.emplace_back(true);
  }
}

std::span<const float> QueryBatch::prepared(std::size_t query) const {
  return numbersOf(m_prepared, query);
}

ThreadPieces<QueryBatch::Lists>::Loan QueryBatch::borrowLists() {
  return m_lists.borrow([this] { return Lists(count(), Shortlist(m_k)); });
}

bool QueryBatch::offer(Lists& lists, std::size_t query, std::int64_t row, double least,
                       double most) {
  // NaN passes no comparison.
  if (!(most >= limit(query)) || m_excluded[query] == row) {
    return false;
  }
  Shortlist& list = lists[query];
  if (!list.offer(row, least, most)) {
    return false;
  }
  m_limits[query].tighten(usableLimit(m_index.metric(), list.sureLimit()));
  return true;
}

void QueryBatch::trim(Lists& lists, std::size_t query) {
  Shortlist& list = lists[query];
  if (list.size() > 4 * m_k + 64) {
    list.drop(limit(query));
    if (list.size() > 4 * m_k + kMostCandidates) {
      askAlone(query);
    }
  }
}

std::vector<Neighbor> QueryBatch::answer(std::size_t query,
                                         const base::TaskContext& context) const {
  if (isAskedAlone(query)) {
    return m_index.nearest(
        numbersOf(m_asked, query), static_cast<std::int64_t>(m_k),
        m_excluded[query] < 0 ? std::span<const std::int64_t>() : m_excluded.subspan(query, 1),
        context);
  }
  std::vector<const Shortlist*> lists;
  for (const auto& piece : m_lists.all()) {
    lists.push_back(&(*piece)[query]);
  }
  return nearestOfCandidates(
      m_index, prepared(query),
      Shortlist::survivors(lists, limit(query),
                           [this](double sure) { return usableLimit(m_index.metric(), sure); }),
      m_k, context);
}

}  // namespace embedscope::neighbors
