// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/neighbors/rounded_distance.h"

#include <compare>
#include <cstdint>
#include <span>
#include <vector>

namespace embedscope::neighbors {

/// A row and its distance to what is looked for; ordered by distance, equal ones by row.
struct Reached {
  float distance = 0;
  std::int32_t row = 0;

  auto operator<=>(const Reached&) const = default;
};

/// The links of a hierarchical navigable small world: on layer 0 all rows, on every layer above a
/// share of those below, each linked to some near ones.
class HnswGraph {
 public:
  /// @param levels  the highest layer of every row, or a negative number for rows that are not part
  ///                of it.
  /// @param links   of a row on each layer at most; twice as many on layer 0.
  HnswGraph(std::vector<std::int8_t> levels, int links);

  /// What a graph takes, without the levels.
  static std::int64_t bytesFor(std::int64_t rows, int links);

  int level(std::int64_t row) const { return m_levels[static_cast<std::size_t>(row)]; }

  std::size_t capacity(int layer) const { return layer == 0 ? 2 * m_links : m_links; }

  std::span<const std::int32_t> links(std::int64_t row, int layer) const;

  /// @param rows  at most capacity(layer).
  void setLinks(std::int64_t row, int layer, std::span<const std::int32_t> rows);

  /// Where searches begin: a row of the highest layer; −1 while there is none.
  std::int64_t entry() const { return m_entry; }

  void setEntry(std::int64_t row) { m_entry = row; }

 private:
  std::size_t place(std::int64_t row, int layer) const;

  std::vector<std::int8_t> m_levels;
  std::size_t m_links;
  std::vector<std::int32_t> m_ground;  ///< for each row: how many, then as many as fit
  std::vector<std::int32_t> m_upper;   ///< the same for layer 1 and up, of the rows that have them
  std::vector<std::int64_t> m_upperBegin;
  std::int64_t m_entry = -1;
};

/// Walks over a graph. One for each thread, since it marks where it has been.
class HnswWalk {
 public:
  HnswWalk(const HnswGraph& graph, const RoundedDistance& distance);

  /// The nearest row on a layer that steps to ever nearer rows lead to.
  Reached descend(const RoundedDistance::Point& target, Reached from, int layer) const;

  /// Up to `breadth` of the nearest rows on a layer, nearest first: algorithm 2 of the paper.
  std::vector<Reached> search(const RoundedDistance::Point& target, std::span<const Reached> from,
                              int layer, std::size_t breadth);

  /// The entry of the graph, which must have one.
  Reached entry(const RoundedDistance::Point& target) const;

 private:
  bool visit(std::int32_t row);

  const HnswGraph* m_graph;
  const RoundedDistance* m_distance;
  std::vector<std::uint32_t> m_visited;
  std::uint32_t m_round = 0;
  std::vector<Reached> m_open;
  std::vector<std::int32_t> m_fresh;
};

/// Up to `count` of some near rows, such that they lie in different directions: a row is passed
/// over while it is nearer to one that was chosen than to the target; then the nearest of those
/// passed over fill up. Algorithm 4 of the paper.
///
/// @param near  nearest first.
std::vector<std::int32_t> chosenLinks(const RoundedDistance& distance,
                                      std::span<const Reached> near, std::size_t count);

}  // namespace embedscope::neighbors
