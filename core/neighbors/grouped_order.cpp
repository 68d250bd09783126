// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/grouped_order.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace embedscope::neighbors {

namespace {

using Places = std::vector<std::int64_t>;
using Distances = Eigen::MatrixXd;

Distances distancesOf(const Eigen::Ref<const base::RowMatrix>& nearness, bool largerIsNearer) {
  Distances distances = nearness.cast<double>() * (largerIsNearer ? -1 : 1);
  double farthest = 0;
  bool hasFinite = false;
  for (Eigen::Index i = 0; i < distances.size(); ++i) {
    const double distance = distances.data()[i];
    if (std::isfinite(distance)) {
      farthest = hasFinite ? std::max(farthest, distance) : distance;
      hasFinite = true;
    }
  }
  for (Eigen::Index i = 0; i < distances.size(); ++i) {
    double& distance = distances.data()[i];
    distance = std::isfinite(distance) ? distance : farthest + std::abs(farthest) + 1;
  }
  return distances;
}

/// Groups that are joined by twos until one is left.
class Groups {
 public:
  explicit Groups(Distances distances)
      : m_between(distances), m_distances(std::move(distances)), m_members(m_between.rows()) {
    for (std::size_t i = 0; i < m_members.size(); ++i) {
      m_members[i] = {static_cast<std::int64_t>(i)};
      m_left.push_back(static_cast<Eigen::Index>(i));
    }
  }

  std::int64_t count() const { return std::ssize(m_left); }

  const Places& onlyGroup() const { return m_members[static_cast<std::size_t>(m_left.front())]; }

  /// Follows nearest neighbors until two groups are each other's, and joins these.
  void joinTwo() {
    if (m_chain.empty()) {
      m_chain.push_back(m_left.front());
    }
    for (;;) {
      const Eigen::Index last = m_chain.back();
      const Eigen::Index before = m_chain.size() > 1 ? m_chain[m_chain.size() - 2] : -1;
      const Eigen::Index nearest = nearestOf(last, before);
      if (nearest == before) {
        m_chain.resize(m_chain.size() - 2);
        join(std::min(last, before), std::max(last, before));
        return;
      }
      m_chain.push_back(nearest);
    }
  }

 private:
  /// Of equally near groups the one before in the chain, else the first; so the chain ends.
  Eigen::Index nearestOf(Eigen::Index group, Eigen::Index before) const {
    Eigen::Index nearest = before;
    double best = before >= 0 ? m_between(group, before) : std::numeric_limits<double>::infinity();
    for (const Eigen::Index other : m_left) {
      if (other != group && (nearest < 0 || m_between(other, group) < best)) {
        nearest = other;
        best = m_between(other, group);
      }
    }
    return nearest;
  }

  /// `b` goes into `a`.
  void join(Eigen::Index a, Eigen::Index b) {
    Places& first = m_members[static_cast<std::size_t>(a)];
    Places& second = m_members[static_cast<std::size_t>(b)];
    const auto sizeA = static_cast<double>(first.size());
    const auto sizeB = static_cast<double>(second.size());
    for (const Eigen::Index other : m_left) {
      const double mean =
          (sizeA * m_between(other, a) + sizeB * m_between(other, b)) / (sizeA + sizeB);
      m_between(other, a) = mean;
      m_between(a, other) = mean;
    }
    turnEnds(first, second);
    first.insert(first.end(), second.begin(), second.end());
    Places().swap(second);
    m_left.erase(std::ranges::lower_bound(m_left, b));
  }

  /// Turns the two groups so that the nearest of their ends meet.
  void turnEnds(Places& first, Places& second) const {
    const std::array<double, 4> ends = {
        m_distances(first.back(), second.front()), m_distances(first.back(), second.back()),
        m_distances(first.front(), second.front()), m_distances(first.front(), second.back())};
    const auto best = std::ranges::min_element(ends) - ends.begin();
    if (best == 2 || best == 3) {
      std::ranges::reverse(first);
    }
    if (best == 1 || best == 3) {
      std::ranges::reverse(second);
    }
  }

  Distances m_between;    ///< of groups, by the place of their first member
  Distances m_distances;  ///< of members
  std::vector<Places> m_members;
  std::vector<Eigen::Index> m_left;  ///< groups not yet joined to another, rising
  std::vector<Eigen::Index> m_chain;
};

}  // namespace

std::optional<std::vector<std::int64_t>> groupedOrder(
    const Eigen::Ref<const base::RowMatrix>& nearness, bool largerIsNearer,
    const base::TaskContext& context) {
  if (nearness.rows() == 0) {
    return Places();
  }
  Groups groups(distancesOf(nearness, largerIsNearer));
  while (groups.count() > 1) {
    if (context.stopRequested()) {
      return {};
    }
    groups.joinTwo();
    context.report(1 - static_cast<double>(groups.count()) / static_cast<double>(nearness.rows()));
  }
  Places order = groups.onlyGroup();
  if (order.front() > order.back()) {
    std::ranges::reverse(order);
  }
  return order;
}

}  // namespace embedscope::neighbors
