// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/hnsw_builder.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/base/split_mix.h"
#include "core/neighbors/thread_pieces.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace embedscope::neighbors {

namespace {

using base::Error;
using base::ErrorCode;

constexpr int kFewestLinks = 2;
constexpr int kMostLinks = 64;
constexpr int kHighestLevel = 30;
/// A batch does not see its own rows, so it stays a small part of what is there.
constexpr std::size_t kBatchShare = 16;
constexpr std::size_t kLargestBatch = 1024;
constexpr std::size_t kRowsPerBlock = 16;
constexpr std::int64_t kRowsPerDraw = 16'384;
constexpr std::size_t kTargetsPerBlock = 64;
constexpr std::uint64_t kOrderStream = 0x484E5357;

void check(const RoundedDistance& distance, const HnswOptions& options) {
  if (distance.count() > std::numeric_limits<std::int32_t>::max()) {
    throw Error(ErrorCode::InvalidArgument,
                "an approximate index takes at most 2,147,483,647 rows");
  }
  if (options.links < kFewestLinks || options.links > kMostLinks ||
      options.buildBreadth < options.links) {
    throw Error(ErrorCode::InvalidArgument,
                "an approximate index takes 2 to 64 links and a breadth of at least as many");
  }
}

/// Each layer holds one in `links` of the rows below.
std::int8_t drawnLevel(const HnswOptions& options, std::int64_t row) {
  base::SplitMix random(options.seed, static_cast<std::uint64_t>(row), kOrderStream);
  const double uniform = (static_cast<double>(random.next() >> 11U) + 1) * 0x1p-53;  // (0, 1]
  const double level = -std::log(uniform) / std::log(static_cast<double>(options.links));
  return static_cast<std::int8_t>(std::min<double>(level, kHighestLevel));
}

/// A link back: `target` should know `source`.
struct Back {
  std::int32_t target = 0;
  std::int32_t source = 0;
  float distance = 0;
};

/// What a new row links to, layer by layer.
struct Plan {
  std::vector<std::vector<Reached>> layers;
};

class Builder {
 public:
  Builder(const RoundedDistance& distance, const HnswOptions& options,
          const base::TaskContext& context)
      : m_distance(distance), m_options(options), m_graph(levels(context), options.links) {}

  bool run(const base::TaskContext& context) {
    shuffle(context);
    if (m_order.empty() || context.stopRequested()) {
      return !context.stopRequested();
    }
    m_graph.setEntry(m_order.front());
    std::size_t done = 1;
    while (done < m_order.size()) {
      const std::size_t count = std::min(
          {std::clamp(done / kBatchShare, std::size_t{1}, kLargestBatch), m_order.size() - done});
      if (!insert(std::span(m_order).subspan(done, count), context)) {
        return false;
      }
      done += count;
      context.report(static_cast<double>(done) / static_cast<double>(m_order.size()));
    }
    return true;
  }

  HnswGraph take() { return std::move(m_graph); }

 private:
  /// Draws the layers of the rows that take part, and lists those rows.
  std::vector<std::int8_t> levels(const base::TaskContext& context) {
    std::vector<std::int8_t> drawn(static_cast<std::size_t>(m_distance.count()), -1);
    base::parallelBlocks(
        (m_distance.count() + kRowsPerDraw - 1) / kRowsPerDraw, [&](std::int64_t block) {
          const std::int64_t end = std::min(m_distance.count(), (block + 1) * kRowsPerDraw);
          for (std::int64_t row = block * kRowsPerDraw; row < end && !context.stopRequested();
               ++row) {
            if (m_distance.isOrdinary(row)) {
              drawn[static_cast<std::size_t>(row)] = drawnLevel(m_options, row);
            }
          }
        });
    for (std::size_t row = 0; row < drawn.size(); ++row) {
      if (drawn[row] >= 0) {
        m_order.push_back(static_cast<std::int32_t>(row));
      }
    }
    return drawn;
  }

  /// Neighbors in a file are often near each other, but rows of a batch do not see each other.
  void shuffle(const base::TaskContext& context) {
    base::RandomStream random(m_options.seed, kOrderStream);
    for (std::size_t i = m_order.size(); i > 1 && !context.stopRequested(); --i) {
      std::swap(m_order[i - 1], m_order[random.below(static_cast<std::uint32_t>(i))]);
    }
  }

  bool insert(std::span<const std::int32_t> rows, const base::TaskContext& context) {
    std::vector<Plan> plans(rows.size());
    base::parallelBlocks(
        static_cast<std::int64_t>((rows.size() + kRowsPerBlock - 1) / kRowsPerBlock),
        [&](std::int64_t block) {
          const auto walk = m_walks.borrow([this] { return HnswWalk(m_graph, m_distance); });
          const std::size_t begin = static_cast<std::size_t>(block) * kRowsPerBlock;
          for (std::size_t i = begin; i < std::min(begin + kRowsPerBlock, rows.size()); ++i) {
            if (context.stopRequested()) {
              return;
            }
            plans[i] = planned(*walk, rows[i]);
          }
        });
    for (std::size_t layer = 0; !context.stopRequested() && linkBack(rows, plans, layer, context);
         ++layer) {
    }
    for (const std::int32_t row : rows) {
      if (m_graph.level(row) > m_graph.level(m_graph.entry())) {
        m_graph.setEntry(row);
      }
    }
    return !context.stopRequested();
  }

  /// Algorithm 1 of the paper up to where links are made.
  Plan planned(HnswWalk& walk, std::int32_t row) const {
    const RoundedDistance::Point target = m_distance.point(row);
    std::vector<Reached> near = {walk.entry(target)};
    const int highest = m_graph.level(m_graph.entry());
    for (int layer = highest; layer > m_graph.level(row); --layer) {
      near = {walk.descend(target, near.front(), layer)};
    }
    Plan plan;
    plan.layers.resize(static_cast<std::size_t>(std::min(highest, m_graph.level(row)) + 1));
    for (auto layer = static_cast<int>(plan.layers.size()) - 1; layer >= 0; --layer) {
      near = walk.search(target, near, layer, static_cast<std::size_t>(m_options.buildBreadth));
      std::vector<Reached>& kept = plan.layers[static_cast<std::size_t>(layer)];
      for (const std::int32_t link :
           chosenLinks(m_distance, near, static_cast<std::size_t>(m_options.links))) {
        kept.push_back(*std::find_if(near.begin(), near.end(),
                                     [&](const Reached& r) { return r.row == link; }));
      }
    }
    return plan;
  }

  /// Writes the links of the new rows on a layer and adds them to those that they link to.
  ///
  /// @return false when no new row reaches the layer.
  bool linkBack(std::span<const std::int32_t> rows, const std::vector<Plan>& plans,
                std::size_t layer, const base::TaskContext& context) {
    std::vector<Back> backs;
    bool reaches = false;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (plans[i].layers.size() <= layer) {
        continue;
      }
      reaches = true;
      std::vector<std::int32_t> links;
      for (const Reached& link : plans[i].layers[layer]) {
        links.push_back(link.row);
        backs.push_back({link.row, rows[i], link.distance});
      }
      m_graph.setLinks(rows[i], static_cast<int>(layer), links);
    }
    std::stable_sort(backs.begin(), backs.end(),
                     [](const Back& a, const Back& b) { return a.target < b.target; });
    std::vector<std::size_t> begins;
    for (std::size_t i = 0; i < backs.size(); ++i) {
      if (i == 0 || backs[i].target != backs[i - 1].target) {
        begins.push_back(i);
      }
    }
    const auto blocks = (begins.size() + kTargetsPerBlock - 1) / kTargetsPerBlock;
    base::parallelBlocks(static_cast<std::int64_t>(blocks), [&](std::int64_t block) {
      const std::size_t first = static_cast<std::size_t>(block) * kTargetsPerBlock;
      for (std::size_t t = first;
           t < std::min(first + kTargetsPerBlock, begins.size()) && !context.stopRequested(); ++t) {
        const std::size_t end = t + 1 < begins.size() ? begins[t + 1] : backs.size();
        extend(std::span(backs).subspan(begins[t], end - begins[t]), static_cast<int>(layer));
      }
    });
    return reaches;
  }

  /// Adds links to one row, and chooses among all where they get too many.
  void extend(std::span<const Back> added, int layer) {
    const std::int32_t target = added.front().target;
    const std::span<const std::int32_t> known = m_graph.links(target, layer);
    std::vector<std::int32_t> links(known.begin(), known.end());
    if (known.size() + added.size() <= m_graph.capacity(layer)) {
      for (const Back& back : added) {
        links.push_back(back.source);
      }
    } else {
      const RoundedDistance::Point point = m_distance.point(target);
      std::vector<Reached> near;
      for (const std::int32_t row : known) {
        near.push_back({m_distance(point, m_distance.point(row)), row});
      }
      for (const Back& back : added) {
        near.push_back({back.distance, back.source});
      }
      std::sort(near.begin(), near.end());
      links = chosenLinks(m_distance, near, m_graph.capacity(layer));
    }
    m_graph.setLinks(target, layer, links);
  }

  const RoundedDistance& m_distance;
  HnswOptions m_options;
  std::vector<std::int32_t> m_order;
  HnswGraph m_graph;
  ThreadPieces<HnswWalk> m_walks;
};

}  // namespace

std::optional<HnswGraph> builtHnsw(const RoundedDistance& distance, const HnswOptions& options,
                                   const base::TaskContext& context) {
  check(distance, options);
  Builder builder(distance, options, context);
  if (!builder.run(context)) {
    return {};
  }
  return builder.take();
}

}  // namespace embedscope::neighbors
