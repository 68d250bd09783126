// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope::table {

/// Labels ↔ row numbers. Labels lie in one block of memory; the hash index stores rows, not text.
///
/// A label may occur more than once (files do that): rows are identified by position, and
/// `find` gives the first. Labels are bytes, normally UTF-8.
class Vocabulary {
 public:
  Vocabulary() = default;
  Vocabulary(std::initializer_list<std::string_view> labels);
  explicit Vocabulary(const std::vector<std::string>& labels);

  /// Room for so many labels with so many bytes in all, so that appending does not reallocate.
  void reserve(std::int64_t labels, std::int64_t bytes);

  /// Appends a label as the next row, also when it exists already. @return its row.
  std::int64_t append(std::string_view label);

  /// Appends labels in their order, as append() does; faster in a large vocabulary, because the
  /// index is fetched ahead for those to come.
  /// @param labels  none of them lying in this vocabulary. Expected O(1) a label.
  void appendAll(std::span<const std::string_view> labels);

  /// The row of a label, appended when it is new.
  std::int64_t findOrAppend(std::string_view label);

  std::int64_t size() const { return static_cast<std::int64_t>(m_ends.size()); }

  bool empty() const { return m_ends.empty(); }

  /// @param row  0 ≤ row < size(). The view is valid until the next append.
  std::string_view label(std::int64_t row) const;

  /// The first row with this label. Expected O(1).
  std::optional<std::int64_t> find(std::string_view label) const;

  /// How many rows repeat the label of an earlier row.
  std::int64_t duplicateCount() const { return m_duplicates; }

  std::vector<std::string> labels() const;

  bool operator==(const Vocabulary& other) const;

 private:
  /// A place of the open-addressing index: 0 when free, else row + 1 with a part of the label's
  /// hash above it, so that a different label is seldom looked at.
  using Slot = std::uint64_t;

  std::int64_t rowIn(Slot slot) const;
  std::size_t slotOf(std::string_view label, std::uint64_t hash) const;
  void append(std::string_view label, std::uint64_t hash);
  void makeRoom(std::size_t labels);
  void rehash(std::size_t slots);

  std::string m_bytes;
  std::vector<std::uint64_t> m_ends;  ///< end of label i in m_bytes
  std::vector<Slot> m_slots;          ///< as many as a power of two, at least twice the labels
  std::int64_t m_duplicates = 0;
};

}  // namespace embedscope::table
