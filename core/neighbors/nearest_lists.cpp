// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/nearest_lists.h"

#include <algorithm>
#include <array>
#include <limits>

namespace embedscope::neighbors {

namespace {

constexpr Eigen::Index kChunk = 16;
constexpr float kFar = std::numeric_limits<float>::max();

}  // namespace

NearestLists::NearestLists(Eigen::Index rows, Eigen::Index length)
    : m_length(static_cast<std::size_t>(length)),
      m_limits(static_cast<std::size_t>(rows), kFar),
      m_values(static_cast<std::size_t>(rows) * m_length, kFar),
      m_ids(static_cast<std::size_t>(rows) * m_length, -1) {}

void NearestLists::offer(Eigen::Index row, std::int32_t id, float value) {
  const std::size_t begin = static_cast<std::size_t>(row) * m_length;
  float* values = m_values.data() + begin;
  std::int32_t* ids = m_ids.data() + begin;
  const std::size_t last = m_length - 1;
  if (value > values[last] || (value == values[last] && ids[last] >= 0 && id >= ids[last]) ||
      std::find(ids, ids + m_length, id) != ids + m_length) {
    return;
  }
  std::size_t place = last;
  while (place > 0 &&
         (values[place - 1] > value || (values[place - 1] == value && ids[place - 1] > id))) {
    values[place] = values[place - 1];
    ids[place] = ids[place - 1];
    --place;
  }
  values[place] = value;
  ids[place] = id;
  m_limits[static_cast<std::size_t>(row)] = values[last];
}

std::span<const std::int32_t> NearestLists::ids(Eigen::Index row) const {
  return {m_ids.data() + static_cast<std::size_t>(row) * m_length, m_length};
}

namespace {

/// Up to kChunk values of one row of a tile.
using Chunk = std::array<float, kChunk>;

/// Adds the offsets and tells whether any value is within the limit of the row, or, where limits of
/// columns are given, within that of its column. One pass without branches, since nearly never one
/// is.
template <bool kBoth>
bool anyWithin(const float* products, const float* offsets, float rowOffset, Eigen::Index size,
               float rowLimit, const float* columnLimits, Chunk& values) {
  int hits = 0;
  for (Eigen::Index c = 0; c < size; ++c) {
    const float value = products[c] + offsets[c] + rowOffset;
    values[static_cast<std::size_t>(c)] = value;
    hits |= static_cast<int>(value <= rowLimit);
    if constexpr (kBoth) {
      hits |= static_cast<int>(value <= columnLimits[c]);
    }
  }
  return hits != 0;
}

template <bool kBoth>
void offerTile(NearestLists& lists, const PairTile& tile) {
  const Eigen::Index columns = tile.products.cols();
  const float* columnLimits = kBoth ? lists.limits() + tile.columnIds.front() : nullptr;
  Chunk values{};
  for (Eigen::Index r = 0; r < tile.products.rows(); ++r) {
    const std::int32_t row = tile.rowIds[static_cast<std::size_t>(r)];
    const float offset = tile.rowOffsets[static_cast<std::size_t>(r)];
    const float* line = tile.products.row(r).data();
    for (Eigen::Index begin = 0; begin < columns; begin += kChunk) {
      const Eigen::Index size = std::min(kChunk, columns - begin);
      if (!anyWithin<kBoth>(line + begin, tile.columnOffsets.data() + begin, offset, size,
                            lists.limits()[row], kBoth ? columnLimits + begin : nullptr, values)) {
        continue;
      }
      for (Eigen::Index c = 0; c < size; ++c) {
        const std::int32_t column = tile.columnIds[static_cast<std::size_t>(begin + c)];
        if (column != row) {
          lists.offer(row, column, values[static_cast<std::size_t>(c)]);
        }
        if (kBoth) {
          lists.offer(column, row, values[static_cast<std::size_t>(c)]);
        }
      }
    }
  }
}

}  // namespace

void offerToRows(NearestLists& lists, const PairTile& tile) {
  offerTile<false>(lists, tile);
}

void offerToBoth(NearestLists& lists, const PairTile& tile) {
  offerTile<true>(lists, tile);
}

}  // namespace embedscope::neighbors
