// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <limits>

namespace embedscope::neighbors {

/// What a score must not fall behind to be among the best, as far as any thread knows: shared by
/// the threads of one search, it only ever gets tighter. Number: float or double.
template <typename Number>
class ScoreLimit {
 public:
  explicit ScoreLimit(bool largerIsNearer)
      : m_larger(largerIsNearer),
        m_value((largerIsNearer ? -1 : 1) * std::numeric_limits<Number>::infinity()) {}

  Number value() const { return m_value.load(std::memory_order_relaxed); }

  /// @return the tighter of `limit` and what was known.
  Number tighten(Number limit) {
    Number known = value();
    while (m_larger ? limit > known : limit < known) {
      if (m_value.compare_exchange_weak(known, limit, std::memory_order_relaxed)) {
        return limit;
      }
    }
    return known;
  }

 private:
  bool m_larger;
  std::atomic<Number> m_value;
};

}  // namespace embedscope::neighbors
