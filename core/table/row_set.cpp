// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/row_set.h"

#include <bit>

namespace embedscope::table {

RowSet::RowSet(std::int64_t n)
    : m_size(n), m_words(static_cast<std::size_t>((n + kBits - 1) / kBits), 0) {}

RowSet::RowSet(std::int64_t n, std::span<const std::int64_t> rows) : RowSet(n) {
  for (const std::int64_t row : rows) {
    m_words[word(row)] |= std::uint64_t{1} << (row % kBits);
  }
  recount();
}

RowSet RowSet::all(std::int64_t n) {
  return RowSet(n).complement();
}

void RowSet::insert(std::int64_t row) {
  if (!contains(row)) {
    m_words[word(row)] |= std::uint64_t{1} << (row % kBits);
    ++m_count;
  }
}

void RowSet::erase(std::int64_t row) {
  if (contains(row)) {
    m_words[word(row)] &= ~(std::uint64_t{1} << (row % kBits));
    --m_count;
  }
}

std::vector<std::int64_t> RowSet::rows() const {
  std::vector<std::int64_t> result;
  result.reserve(static_cast<std::size_t>(m_count));
  for (std::size_t w = 0; w < m_words.size(); ++w) {
    for (std::uint64_t bits = m_words[w]; bits != 0; bits &= bits - 1) {
      result.push_back(static_cast<std::int64_t>(w) * kBits + std::countr_zero(bits));
    }
  }
  return result;
}

RowSet& RowSet::operator|=(const RowSet& other) {
  for (std::size_t w = 0; w < m_words.size(); ++w) {
    m_words[w] |= other.m_words[w];
  }
  recount();
  return *this;
}

RowSet& RowSet::operator&=(const RowSet& other) {
  for (std::size_t w = 0; w < m_words.size(); ++w) {
    m_words[w] &= other.m_words[w];
  }
  recount();
  return *this;
}

RowSet& RowSet::operator-=(const RowSet& other) {
  for (std::size_t w = 0; w < m_words.size(); ++w) {
    m_words[w] &= ~other.m_words[w];
  }
  recount();
  return *this;
}

RowSet RowSet::complement() const {
  RowSet result(m_size);
  for (std::size_t w = 0; w < m_words.size(); ++w) {
    result.m_words[w] = ~m_words[w];
  }
  if (m_size % kBits != 0) {
    result.m_words.back() &= (std::uint64_t{1} << (m_size % kBits)) - 1;
  }
  result.recount();
  return result;
}

void RowSet::recount() {
  m_count = 0;
  for (const std::uint64_t bits : m_words) {
    m_count += std::popcount(bits);
  }
}

}  // namespace embedscope::table
