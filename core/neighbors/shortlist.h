// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace embedscope::neighbors {

/// A row of whose score a bound is known.
struct Candidate {
  std::int64_t row = 0;
  double most = 0;  ///< what its score is at most (larger is nearer)
};

/// Rows that may be among the k best of a search, of whose scores only bounds are known (larger is
/// nearer): a row stays while it may reach what the k-th best of all surely has.
class Shortlist {
 public:
  explicit Shortlist(std::size_t k) : m_k(k) {}

  /// @param least, most  between which the row's score lies.
  /// @return whether sureLimit() may have grown.
  bool offer(std::int64_t row, double least, double most);

  /// What k of the rows offered here have at least; minus infinity while there are fewer. It may
  /// lag a little behind the best such number.
  double sureLimit() const { return m_limit; }

  /// Forgets the rows that cannot reach `limit`.
  void drop(double limit);

  std::size_t size() const { return m_candidates.size(); }

  /// The rows of several lists that may be among the k best of all, in any order.
  ///
  /// @param limit   what is known to be surely reached by k rows.
  /// @param usable  turns what k rows surely have into such a limit.
  template <typename Usable>
  static std::vector<Candidate> survivors(std::span<const Shortlist* const> lists, double limit,
                                          const Usable& usable) {
    return survivorsOf(lists, std::max(limit, usable(commonLimit(lists))));
  }

 private:
  static double commonLimit(std::span<const Shortlist* const> lists);
  static std::vector<Candidate> survivorsOf(std::span<const Shortlist* const> lists, double limit);

  std::size_t m_k;
  std::vector<Candidate> m_candidates;
  std::vector<double> m_sure;  ///< the k largest of what rows have at least, and a few more
  double m_limit = -std::numeric_limits<double>::infinity();
};

}  // namespace embedscope::neighbors
