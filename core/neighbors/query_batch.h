// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/base/task_context.h"
#include "core/neighbors/exact_index.h"
#include "core/neighbors/score_limit.h"
#include "core/neighbors/shortlist.h"
#include "core/neighbors/thread_pieces.h"

#include <atomic>
#include <cstdint>
#include <deque>
#include <span>
#include <vector>

namespace embedscope::neighbors {

/// What becomes known of a batch of queries while some pass looks at all rows: for each query the
/// rows that may be among its k nearest, and what a row must reach to be one of them.
class QueryBatch {
 public:
  /// The shortlists of one thread, one for each query.
  using Lists = std::vector<Shortlist>;

  /// @param queries   q × d, finite.
  /// @param excluded  q rows, one to leave out for each query; −1 for none.
  /// All three must outlive the batch.
  QueryBatch(const ExactIndex& index, const base::RowMatrix& queries,
             std::span<const std::int64_t> excluded, std::int64_t k);

  const ExactIndex& index() const { return m_index; }

  std::size_t count() const { return m_excluded.size(); }

  /// The queries as the index wants them.
  const base::RowMatrix& prepared() const { return m_prepared; }

  std::span<const float> prepared(std::size_t query) const;

  /// For queries that a pass cannot help.
  void askAlone(std::size_t query) { m_isAskedAlone[query] = true; }

  bool isAskedAlone(std::size_t query) const { return m_isAskedAlone[query]; }

  /// Lists that no other thread holds.
  ThreadPieces<Lists>::Loan borrowLists();

  /// What the score of a row must reach, the distance with its sign turned; it only grows.
  double limit(std::size_t query) const { return m_limits[query].value(); }

  /// Takes a row in, unless it is behind the limit or is to be left out.
  ///
  /// @param lists        borrowed.
  /// @param least, most  between which the row's score lies, in the same form. NaN: no score.
  /// @return whether the limit may have grown.
  bool offer(Lists& lists, std::size_t query, std::int64_t row, double least, double most);

  /// Forgets rows that have fallen behind, once there are many. A query of which more stay than can
  /// be told apart is asked alone.
  void trim(Lists& lists, std::size_t query);

  /// The answer to a query, after all rows were looked at and no lists are lent.
  std::vector<Neighbor> answer(std::size_t query, const base::TaskContext& context) const;

 private:
  const ExactIndex& m_index;
  const base::RowMatrix& m_asked;
  base::RowMatrix m_prepared;
  std::span<const std::int64_t> m_excluded;
  std::size_t m_k;
  std::vector<std::atomic<bool>> m_isAskedAlone;
  std::deque<ScoreLimit<double>> m_limits;
  ThreadPieces<Lists> m_lists;
};

}  // namespace embedscope::neighbors
