// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/shortlist.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <limits>

namespace embedscope::neighbors {

namespace {

constexpr double kMinusInfinity = -std::numeric_limits<double>::infinity();
/// Choosing the k largest of a few more, once in a while, costs less than keeping a heap of k.
constexpr std::size_t kShareOfSurplus = 4;
constexpr std::size_t kLeastSurplus = 4;

}  // namespace

bool Shortlist::offer(std::int64_t row, double least, double most) {
  m_candidates.push_back({row, most});
  if (least <= m_limit) {
    return false;
  }
  m_sure.push_back(least);
  const bool isFirstLimit = m_sure.size() == m_k && m_limit == kMinusInfinity;
  if (!isFirstLimit && m_sure.size() < m_k + std::max(m_k / kShareOfSurplus, kLeastSurplus)) {
    return false;
  }
  const auto last = m_sure.begin() + static_cast<std::ptrdiff_t>(m_k - 1);
  std::nth_element(m_sure.begin(), last, m_sure.end(), std::greater<>());
  m_sure.resize(m_k);
  m_limit = *last;
  return true;
}

void Shortlist::drop(double limit) {
  std::erase_if(m_candidates, [limit](const Candidate& c) { return c.most < limit; });
}

double Shortlist::commonLimit(std::span<const Shortlist* const> lists) {
  std::vector<double> sure;
  std::size_t k = 0;
  for (const Shortlist* list : lists) {
    sure.insert(sure.end(), list->m_sure.begin(), list->m_sure.end());
    k = list->m_k;
  }
  if (k == 0 || sure.size() < k) {
    return kMinusInfinity;
  }
  const auto last = sure.begin() + static_cast<std::ptrdiff_t>(k - 1);
  std::nth_element(sure.begin(), last, sure.end(), std::greater<>());
  return *last;
}

std::vector<Candidate> Shortlist::survivorsOf(std::span<const Shortlist* const> lists,
                                              double limit) {
  std::vector<Candidate> survivors;
  for (const Shortlist* list : lists) {
    std::copy_if(list->m_candidates.begin(), list->m_candidates.end(),
                 std::back_inserter(survivors),
                 [limit](const Candidate& candidate) { return candidate.most >= limit; });
  }
  return survivors;
}

}  // namespace embedscope::neighbors
