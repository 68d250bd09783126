// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/hnsw_graph.h"

#include "core/base/large_pages.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace embedscope::neighbors {

HnswGraph::HnswGraph(std::vector<std::int8_t> levels, int links)
    : m_levels(std::move(levels)), m_links(static_cast<std::size_t>(links)) {
  m_upperBegin.reserve(m_levels.size());
  std::int64_t end = 0;
  for (const std::int8_t level : m_levels) {
    m_upperBegin.push_back(end);
    end += level > 0 ? level * static_cast<std::int64_t>(m_links + 1) : 0;
  }
  m_upper.resize(static_cast<std::size_t>(end));
  const std::size_t ground = m_levels.size() * (2 * m_links + 1);
  m_ground.reserve(ground);
  base::preferLargePages(m_ground.data(), ground * sizeof(std::int32_t));
  m_ground.resize(ground);
}

std::int64_t HnswGraph::bytesFor(std::int64_t rows, int links) {
  constexpr std::int64_t kNumber = sizeof(std::int32_t);
  const std::int64_t ground = (2 * std::int64_t{links} + 1) * kNumber;
  // On average a row has 1 / (links − 1) layers above the ground.
  const std::int64_t upper = (links + 1) * kNumber / std::max(1, links - 1);
  constexpr std::int64_t kBegin = sizeof(std::int64_t);
  return rows * (ground + upper + kBegin);
}

std::size_t HnswGraph::place(std::int64_t row, int layer) const {
  const auto at = static_cast<std::size_t>(row);
  return layer == 0 ? at * (2 * m_links + 1)
                    : static_cast<std::size_t>(m_upperBegin[at]) +
                          static_cast<std::size_t>(layer - 1) * (m_links + 1);
}

std::span<const std::int32_t> HnswGraph::links(std::int64_t row, int layer) const {
  const std::int32_t* begin = (layer == 0 ? m_ground : m_upper).data() + place(row, layer);
  return {begin + 1, static_cast<std::size_t>(*begin)};
}

void HnswGraph::setLinks(std::int64_t row, int layer, std::span<const std::int32_t> rows) {
  std::int32_t* begin = (layer == 0 ? m_ground : m_upper).data() + place(row, layer);
  *begin = static_cast<std::int32_t>(rows.size());
  std::copy(rows.begin(), rows.end(), begin + 1);
}

HnswWalk::HnswWalk(const HnswGraph& graph, const RoundedDistance& distance)
    : m_graph(&graph),
      m_distance(&distance),
      m_visited(static_cast<std::size_t>(distance.count())) {}

Reached HnswWalk::entry(const RoundedDistance::Point& target) const {
  const std::int64_t row = m_graph->entry();
  return {(*m_distance)(target, m_distance->point(row)), static_cast<std::int32_t>(row)};
}

Reached HnswWalk::descend(const RoundedDistance::Point& target, Reached from, int layer) const {
  for (;;) {
    Reached best = from;
    for (const std::int32_t row : m_graph->links(from.row, layer)) {
      best = std::min(best, Reached{(*m_distance)(target, m_distance->point(row)), row});
    }
    if (best.row == from.row) {
      return best;
    }
    from = best;
  }
}

bool HnswWalk::visit(std::int32_t row) {
  std::uint32_t& mark = m_visited[static_cast<std::size_t>(row)];
  return std::exchange(mark, m_round) != m_round;
}

std::vector<Reached> HnswWalk::search(const RoundedDistance::Point& target,
                                      std::span<const Reached> from, int layer,
                                      std::size_t breadth) {
  if (++m_round == 0) {
    std::fill(m_visited.begin(), m_visited.end(), 0);
    m_round = 1;
  }
  std::vector<Reached> best(from.begin(), from.end());  // a heap with the farthest in front
  m_open.assign(from.begin(), from.end());              // a heap with the nearest in front
  for (const Reached& start : from) {
    visit(start.row);
  }
  std::make_heap(best.begin(), best.end());
  std::make_heap(m_open.begin(), m_open.end(), std::greater<>());
  while (!m_open.empty()) {
    std::pop_heap(m_open.begin(), m_open.end(), std::greater<>());
    const Reached next = m_open.back();
    m_open.pop_back();
    if (best.size() >= breadth && next > best.front()) {
      break;
    }
    m_fresh.clear();
    for (const std::int32_t row : m_graph->links(next.row, layer)) {
      if (visit(row)) {
        m_distance->prefetch(row);
        m_fresh.push_back(row);
      }
    }
    for (const std::int32_t row : m_fresh) {
      const Reached reached{(*m_distance)(target, m_distance->point(row)), row};
      if (best.size() >= breadth) {
        if (reached > best.front()) {
          continue;
        }
        std::pop_heap(best.begin(), best.end());
        best.back() = reached;
      } else {
        best.push_back(reached);
      }
      std::push_heap(best.begin(), best.end());
      m_open.push_back(reached);
      std::push_heap(m_open.begin(), m_open.end(), std::greater<>());
    }
  }
  std::sort_heap(best.begin(), best.end());
  return best;
}

std::vector<std::int32_t> chosenLinks(const RoundedDistance& distance,
                                      std::span<const Reached> near, std::size_t count) {
  std::vector<std::int32_t> chosen;
  std::vector<RoundedDistance::Point> points;
  std::vector<std::int32_t> passedOver;
  for (const Reached& reached : near) {
    if (chosen.size() == count) {
      break;
    }
    const RoundedDistance::Point point = distance.point(reached.row);
    const bool isCovered =
        std::any_of(points.begin(), points.end(), [&](const RoundedDistance::Point& other) {
          return distance(point, other) < reached.distance;
        });
    if (isCovered) {
      passedOver.push_back(reached.row);
    } else {
      chosen.push_back(reached.row);
      points.push_back(point);
    }
  }
  const std::size_t rest = std::min(count - chosen.size(), passedOver.size());
  chosen.insert(chosen.end(), passedOver.begin(),
                passedOver.begin() + static_cast<std::ptrdiff_t>(rest));
  return chosen;
}

}  // namespace embedscope::neighbors
