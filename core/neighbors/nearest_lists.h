// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace embedscope::neighbors {

/// For each of n rows the few nearest others seen so far, nearest first; equally near ones by row.
///
/// What is kept does not depend on the order of the offers, as long as the same pair always comes
/// with the same value. Different rows may be offered to at once.
class NearestLists {
 public:
  NearestLists(Eigen::Index rows, Eigen::Index length);

  Eigen::Index length() const { return static_cast<Eigen::Index>(m_length); }

  /// Values that no offer to the row may exceed; one for each row.
  const float* limits() const { return m_limits.data(); }

  /// Keeps `id` if it belongs to the nearest of `row` and is not among them yet.
  void offer(Eigen::Index row, std::int32_t id, float value);

  /// Length numbers; −1 where nothing was offered yet.
  std::span<const std::int32_t> ids(Eigen::Index row) const;

 private:
  std::size_t m_length;
  std::vector<float> m_limits;
  std::vector<float> m_values;
  std::vector<std::int32_t> m_ids;
};

/// The products of some rows with others, and what turns them into values that rise with distance.
struct PairTile {
  base::RowMatrix products;                 ///< r × c, times −2
  std::span<const std::int32_t> rowIds;     ///< r
  std::span<const float> rowOffsets;        ///< r
  std::span<const std::int32_t> columnIds;  ///< c
  std::span<const float> columnOffsets;     ///< c
};

/// Offers every column of a tile to the list of its row. Pairs of a row with itself are passed
/// over.
void offerToRows(NearestLists& lists, const PairTile& tile);

/// Offers also every row to the list of its column.
///
/// @param tile  its columnIds are consecutive, and none is among rowIds.
void offerToBoth(NearestLists& lists, const PairTile& tile);

}  // namespace embedscope::neighbors
