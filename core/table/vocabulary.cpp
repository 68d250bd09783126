// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/vocabulary.h"

#include "core/base/large_pages.h"

#include <algorithm>
#include <array>
#include <bit>
#include <functional>

namespace embedscope::table {

namespace {

constexpr std::size_t kFirstSlots = 16;
constexpr unsigned kRowBits = 40;
constexpr std::uint64_t kRowMask = (std::uint64_t{1} << kRowBits) - 1;

std::uint64_t hashOf(std::string_view label) {
  return std::hash<std::string_view>{}(label);
}

std::size_t slotsFor(std::size_t labels) {
  return std::bit_ceil(std::max(kFirstSlots, labels * 2));
}

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
  makeRoom(static_cast<std::size_t>(labels));
}

std::int64_t Vocabulary::append(std::string_view label) {
  makeRoom(m_ends.size() + 1);
  append(label, hashOf(label));
  return size() - 1;
}

void Vocabulary::appendAll(std::span<const std::string_view> labels) {
  constexpr std::size_t kAhead = 16;
  makeRoom(m_ends.size() + labels.size());
  const std::size_t mask = m_slots.size() - 1;
  std::array<std::uint64_t, kAhead> hashes{};
  for (std::size_t i = 0; i < labels.size() + kAhead; ++i) {
    std::uint64_t& hash = hashes[i % kAhead];
    if (i >= kAhead && i - kAhead < labels.size()) {
      append(labels[i - kAhead], hash);
    }
    if (i < labels.size()) {
      hash = hashOf(labels[i]);
      __builtin_prefetch(&m_slots[hash & mask], 1);
    }
  }
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
  const Slot slot = m_slots[slotOf(label, hashOf(label))];
  return slot == 0 ? std::nullopt : std::optional(rowIn(slot));
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

std::int64_t Vocabulary::rowIn(Slot slot) const {
  return static_cast<std::int64_t>(slot & kRowMask) - 1;
}

/// The slot that holds this label, or the free slot where it belongs.
std::size_t Vocabulary::slotOf(std::string_view text, std::uint64_t hash) const {
  const std::size_t mask = m_slots.size() - 1;
  const std::uint64_t tag = hash >> kRowBits;
  std::size_t slot = hash & mask;
  while (m_slots[slot] != 0 &&
         (m_slots[slot] >> kRowBits != tag || label(rowIn(m_slots[slot])) != text)) {
    slot = (slot + 1) & mask;
  }
  return slot;
}

/// There is room for it in the index.
void Vocabulary::append(std::string_view label, std::uint64_t hash) {
  const std::size_t slot = slotOf(label, hash);
  m_bytes.append(label);
  m_ends.push_back(m_bytes.size());
  if (m_slots[slot] != 0) {
    ++m_duplicates;
    return;
  }
  m_slots[slot] = (hash >> kRowBits << kRowBits) | m_ends.size();
}

/// Makes the index large enough for so many labels in all.
void Vocabulary::makeRoom(std::size_t labels) {
  if (m_slots.size() < labels * 2) {
    rehash(slotsFor(labels));
  }
}

void Vocabulary::rehash(std::size_t slots) {
  const std::vector<Slot> old = std::move(m_slots);
  m_slots = {};
  m_slots.reserve(slots);
  base::preferLargePages(m_slots.data(), slots * sizeof(Slot));
  m_slots.assign(slots, 0);
  for (const Slot slot : old) {
    if (slot != 0) {
      const std::string_view text = label(rowIn(slot));
      m_slots[slotOf(text, hashOf(text))] = slot;
    }
  }
}

}  // namespace embedscope::table
