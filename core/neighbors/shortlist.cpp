// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/shortlist.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <limits>

namespace embedscope::neighbors {

namespace {

constexpr double kMinusInfinity = -std::numeric_limits<double>::infinity();

}  // namespace

bool Shortlist::offer(std::int64_t row, double least, double most) {
  m_candidates.push_back({row, most});
  if (m_sure.size() < m_k) {
    m_sure.push_back(least);
    if (m_sure.size() < m_k) {
      return false;
    }
    std::make_heap(m_sure.begin(), m_sure.end(), std::greater<>());
    return true;
  }
  if (least <= m_sure.front()) {
    return false;
  }
  std::pop_heap(m_sure.begin(), m_sure.end(), std::greater<>());
  m_sure.back() = least;
  std::push_heap(m_sure.begin(), m_sure.end(), std::greater<>());
  return true;
}

double Shortlist::sureLimit() const {
  return m_sure.size() < m_k ? kMinusInfinity : m_sure.front();
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
