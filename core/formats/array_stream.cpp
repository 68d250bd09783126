// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/array_stream.h"

#include <algorithm>
#include <array>

namespace embedscope::formats {

ArrayStream::ArrayStream(const NpyHeader& header, base::RowMatrix& out)
    : m_numbers{*header.type, header.bigEndian, header.itemBytes},
      m_itemBytes(static_cast<std::size_t>(header.itemBytes)),
      m_toSkip(header.dataOffset),
      m_fileRows(header.shape[0]),
      m_byColumns(header.fortranOrder),
      m_out(out),
      m_end(header.fortranOrder ? m_fileRows * out.cols() : out.size()) {}

bool ArrayStream::add(std::string_view piece) {
  const std::size_t skipped = std::min(m_toSkip, piece.size());
  m_toSkip -= skipped;
  piece.remove_prefix(skipped);
  if (!m_partial.empty()) {
    const std::size_t missing = std::min(m_itemBytes - m_partial.size(), piece.size());
    m_partial += piece.substr(0, missing);
    piece.remove_prefix(missing);
    if (m_partial.size() == m_itemBytes) {
      place(m_partial);
      m_partial.clear();
    }
  }
  const std::size_t whole = piece.size() / m_itemBytes * m_itemBytes;
  place(piece.substr(0, whole));
  m_partial += piece.substr(whole);
  return m_next < m_end;
}

void ArrayStream::place(std::string_view values) {
  const auto count =
      std::min(static_cast<Eigen::Index>(values.size() / m_itemBytes), m_end - m_next);
  if (m_byColumns) {
    placeByColumns(values.substr(0, static_cast<std::size_t>(count) * m_itemBytes));
    return;
  }
  readNumbers(values.data(), m_numbers, {m_out.data() + m_next, static_cast<std::size_t>(count)});
  m_next += count;
}

void ArrayStream::placeByColumns(std::string_view values) {
  std::array<float, 1024> some;
  while (!values.empty()) {
    const std::size_t count = std::min(values.size() / m_itemBytes, some.size());
    readNumbers(values.data(), m_numbers, {some.data(), count});
    values.remove_prefix(count * m_itemBytes);
    for (std::size_t i = 0; i < count; ++i, ++m_next) {
      if (const Eigen::Index row = m_next % m_fileRows; row < m_out.rows()) {
        m_out(row, m_next / m_fileRows) = some[i];
      }
    }
  }
}

}  // namespace embedscope::formats
