// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/vocabulary.h"

#include <algorithm>
#include <bit>
#include <functional>

namespace embedscope::table {

namespace {

constexpr std::size_t kFirstSlots = 16;

}  // namespace

Vocabulary::Vocabulary(std::initializer_list<std::string_view> labels) {
  for (const std::string_view label : labels) {
    append(label);
  }
}

Vocabulary::Vocabulary(const std::vector<std::string>& labels) {
  for (const std::string& label : labels) {
    append(label);
  }
}

void Vocabulary::reserve(std::int64_t labels, std::int64_t bytes) {
  m_ends.reserve(static_cast<std::size_t>(labels));
  m_bytes.reserve(static_cast<std::size_t>(bytes));
  const std::size_t slots =
      std::bit_ceil(std::max(kFirstSlots, static_cast<std::size_t>(labels) * 2 + 2));
  if (slots > m_slots.size()) {
    rehash(slots);
  }
}

std::int64_t Vocabulary::append(std::string_view label) {
  const std::int64_t row = size();
  m_bytes.append(label);
  m_ends.push_back(m_bytes.size());
  if (static_cast<std::size_t>(m_indexed) * 2 >= m_slots.size()) {
    rehash(m_slots.empty() ? kFirstSlots : m_slots.size() * 2);
  }
  index(row);
  return row;
}

std::int64_t Vocabulary::findOrAppend(std::string_view label) {
  const std::optional<std::int64_t> row = find(label);
  return row ? *row : append(label);
}

std::string_view Vocabulary::label(std::int64_t row) const {
  const auto i = static_cast<std::size_t>(row);
  const std::uint64_t begin = i == 0 ? 0 : m_ends[i - 1];
  return std::string_view(m_bytes).substr(begin, m_ends[i] - begin);
}

std::optional<std::int64_t> Vocabulary::find(std::string_view label) const {
  if (m_slots.empty()) {
    return {};
  }
  const std::int64_t row = m_slots[slotOf(label)];
  return row < 0 ? std::nullopt : std::optional(row);
}

std::vector<std::string> Vocabulary::labels() const {
  std::vector<std::string> out;
  out.reserve(m_ends.size());
  for (std::int64_t row = 0; row < size(); ++row) {
    out.emplace_back(label(row));
  }
  return out;
}

bool Vocabulary::operator==(const Vocabulary& other) const {
  return m_bytes == other.m_bytes && m_ends == other.m_ends;
}

/// The slot that holds this label, or the free slot where it belongs.
std::size_t Vocabulary::slotOf(std::string_view text) const {
  const std::size_t mask = m_slots.size() - 1;
  std::size_t slot = std::hash<std::string_view>{}(text)&mask;
  while (m_slots[slot] >= 0 && label(m_slots[slot]) != text) {
    slot = (slot + 1) & mask;
  }
  return slot;
}

void Vocabulary::index(std::int64_t row) {
  const std::size_t slot = slotOf(label(row));
  if (m_slots[slot] >= 0) {
    ++m_duplicates;
    return;
  }
  m_slots[slot] = row;
  ++m_indexed;
}

void Vocabulary::rehash(std::size_t slots) {
  const std::vector<std::int64_t> old = std::move(m_slots);
  m_slots.assign(slots, -1);
  for (const std::int64_t row : old) {
    if (row >= 0) {
      m_slots[slotOf(label(row))] = row;
    }
  }
}

}  // namespace embedscope::table
