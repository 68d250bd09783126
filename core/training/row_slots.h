// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace embedscope::training {

/// Numbers the distinct rows of a batch 0, 1, 2, … in the order of their first appearance.
///
/// A hash table with room for one batch, so that it stays in the first cache however many rows the
/// table has; while the table's rows fit, each has a place of its own. Starting over costs nothing:
/// an entry counts only if the slot it names points back at it.
class RowSlots {
 public:
  /// Forgets all rows. Allocates only for a batch that is larger than all before.
  ///
  /// @param rows  of the table, < 2³². @param distinct  how many of them will come at most.
  void start(Eigen::Index rows, Eigen::Index distinct) {
    m_rows.clear();
    if (static_cast<std::size_t>(distinct) > m_places.size()) {
      grow(static_cast<std::size_t>(rows), static_cast<std::size_t>(distinct));
    }
  }

  /// Rows by their slots.
  const std::vector<Eigen::Index>& rows() const { return m_rows; }

  /// The slot of `row`, a new one where it has none.
  std::size_t slotOf(Eigen::Index row) {
    const std::size_t place = find(row);
    const std::uint32_t slot = m_entries[place];
    if (isTaken(place, slot)) {
      return slot;
    }
    const std::size_t next = m_rows.size();
    m_entries[place] = static_cast<std::uint32_t>(next);
    m_places[next] = static_cast<std::uint32_t>(place);
    m_rows.push_back(row);
    return next;
  }

  /// The slot of `row`, nothing where it has none.
  std::optional<std::size_t> knownSlotOf(Eigen::Index row) const {
    if (m_rows.empty()) {
      return {};
    }
    const std::size_t place = find(row);
    const std::uint32_t slot = m_entries[place];
    return isTaken(place, slot) ? std::optional<std::size_t>(slot) : std::nullopt;
  }

 private:
  bool isTaken(std::size_t place, std::uint32_t slot) const {
    return slot < m_rows.size() && m_places[slot] == place;
  }

  /// Where `row` is, or the free place where it would be.
  std::size_t find(Eigen::Index row) const {
    std::size_t place = (static_cast<std::uint32_t>(row) * m_factor) >> m_shift;
    while (true) {
      const std::uint32_t slot = m_entries[place];
      if (!isTaken(place, slot) || m_rows[slot] == row) {
        return place;
      }
      place = (place + 1) & (m_entries.size() - 1);
    }
  }

  void grow(std::size_t rows, std::size_t distinct) {
    constexpr std::size_t kRoomPerRow = 4;
    constexpr std::uint32_t kGolden = 2654435769U;  // 2³² / golden ratio: Knuth, vol. 3, 6.4
    const std::size_t size = std::bit_ceil(std::max<std::size_t>(kRoomPerRow * distinct, 2));
    m_entries.assign(size, 0);
    m_places.assign(distinct, 0);
    m_rows.reserve(distinct);
    const bool allFit = rows <= size;
    m_factor = allFit ? 1 : kGolden;
    m_shift = allFit ? 0 : 32U - static_cast<unsigned>(std::countr_zero(size));
  }

  std::vector<Eigen::Index> m_rows;
  std::vector<std::uint32_t> m_entries;  ///< slots, by hash; a power of two
  std::vector<std::uint32_t> m_places;   ///< of each slot: where its entry is
  std::uint32_t m_factor = 1;
  unsigned m_shift = 0;
};

}  // namespace embedscope::training
