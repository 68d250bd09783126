// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace embedscope::table {

/// Some of the rows of a table of n rows: one bit each. A plain value; sets that are combined
/// belong to the same table.
class RowSet {
 public:
  /// No row of none.
  RowSet() = default;

  /// None of n rows.
  explicit RowSet(std::int64_t n);

  /// @param rows  each 0 ≤ row < n, in any order; may repeat.
  RowSet(std::int64_t n, std::span<const std::int64_t> rows);

  static RowSet all(std::int64_t n);

  /// n, the rows there are to choose from.
  std::int64_t size() const { return m_size; }

  /// How many of them are in the set. O(1).
  std::int64_t count() const { return m_count; }

  bool empty() const { return m_count == 0; }

  /// False also for rows that the table does not have. O(1).
  bool contains(std::int64_t row) const {
    return row >= 0 && row < m_size && ((m_words[word(row)] >> (row % kBits)) & 1) != 0;
  }

  /// @param row  0 ≤ row < size(); in the set or not, as before or not.
  void insert(std::int64_t row);
  void erase(std::int64_t row);

  /// The rows in the set, ascending. O(n / 64 + count()).
  std::vector<std::int64_t> rows() const;

  /// Set algebra, O(n / 64) each. The other set has the same size().
  RowSet& operator|=(const RowSet& other);
  RowSet& operator&=(const RowSet& other);
  RowSet& operator-=(const RowSet& other);

  /// All rows that are not in the set.
  RowSet complement() const;

  bool operator==(const RowSet&) const = default;

 private:
  static constexpr std::int64_t kBits = 64;

  static std::size_t word(std::int64_t row) { return static_cast<std::size_t>(row / kBits); }

  void recount();

  std::int64_t m_size = 0;
  std::int64_t m_count = 0;
  std::vector<std::uint64_t> m_words;  ///< bits past the last row are 0
};

}  // namespace embedscope::table
