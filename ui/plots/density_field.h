// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace embedscope::plots {

/// Maps plane coordinates to pixels of an image: pixel = scale · coordinate + offset.
struct PixelMap {
  double scaleX = 1;
  double offsetX = 0;
  double scaleY = 1;
  double offsetY = 0;
};

/// Sums of points per pixel: `Cell` is a number, or a color sum with a weight.
///
/// A border around the visible pixels takes what hangs over the edge, so the inner loops need no
/// checks. Buffers are kept between calls.
template <class Cell>
class DensityField {
 public:
  /// Empties the field. @param border  pixels around the visible ones, at least 1.
  void clear(QSize size, int border) {
    m_width = size.width();
    m_height = size.height();
    m_border = border;
    m_stride = m_width + 2 * border;
    m_sums.assign(static_cast<std::size_t>(m_stride) * rowCount(), Cell());
    m_rowUsed.assign(rowCount(), 0);
  }

  /// Adds one cell per point. @param cellOf  std::size_t point → Cell.
  template <class CellOf>
  void addPoints(std::span<const float> xy, const PixelMap& map, CellOf cellOf) {
    forEachInside(xy, map, [&](std::size_t point, int x, int y) {
      m_sums[index(x, y)] += cellOf(point);
      m_rowUsed[static_cast<std::size_t>(y + m_border)] = 1;
    });
  }

  /// Adds a disc per point. @param weights  side × side with side = 2 · border + 1.
  template <class CellOf>
  void addDiscs(std::span<const float> xy, const PixelMap& map,
                std::span<const std::uint32_t> weights, CellOf cellOf) {
    const int side = 2 * m_border + 1;
    forEachInside(xy, map, [&](std::size_t point, int x, int y) {
      const Cell cell = cellOf(point);
      const std::uint32_t* weight = weights.data();
      for (int row = -m_border; row <= m_border; ++row) {
        Cell* sums = &m_sums[index(x - m_border, y + row)];
        for (int column = 0; column < side; ++column) {
          sums[column] += cell * *weight++;
        }
        m_rowUsed[static_cast<std::size_t>(y + row + m_border)] = 1;
      }
    });
  }

  /// Spreads every sum with the weights 1 2 1 in both directions: a point becomes 1 2 1, 2 4 2,
  /// 1 2 1. What falls on the border's outer edge is lost.
  void blur() {
    m_blurred.resize(m_sums.size());
    m_lines.assign(static_cast<std::size_t>(m_stride), Cell());
    std::vector<char> used(m_rowUsed.size(), 0);
    for (std::size_t row = 0; row < rowCount(); ++row) {
      const bool above = row > 0 && m_rowUsed[row - 1];
      const bool below = row + 1 < rowCount() && m_rowUsed[row + 1];
      used[row] = static_cast<char>(above || below || m_rowUsed[row]);
      blurRow(row);
    }
    m_sums.swap(m_blurred);
    m_rowUsed.swap(used);
  }

  /// The visible cells of one row.
  std::span<const Cell> row(int y) const {
    return {&m_sums[index(0, y)], static_cast<std::size_t>(m_width)};
  }

  bool rowUsed(int y) const { return m_rowUsed[static_cast<std::size_t>(y + m_border)] != 0; }

 private:
  std::size_t rowCount() const { return static_cast<std::size_t>(m_height + 2 * m_border); }

  std::size_t index(int x, int y) const {
    return static_cast<std::size_t>(y + m_border) * static_cast<std::size_t>(m_stride) +
           static_cast<std::size_t>(x + m_border);
  }

  template <class Visit>
  void forEachInside(std::span<const float> xy, const PixelMap& map, Visit visit) {
    const double width = m_width;
    const double height = m_height;
    for (std::size_t point = 0; 2 * point + 1 < xy.size(); ++point) {
      const double x = static_cast<double>(xy[2 * point]) * map.scaleX + map.offsetX;
      const double y = static_cast<double>(xy[2 * point + 1]) * map.scaleY + map.offsetY;
      // Written so that NaN fails.
      if (x >= 0 && x < width && y >= 0 && y < height) {
        visit(point, static_cast<int>(x), static_cast<int>(y));
      }
    }
  }

  void blurRow(std::size_t row) {
    const auto stride = static_cast<std::size_t>(m_stride);
    Cell* out = m_blurred.data() + row * stride;
    const Cell* middle = m_sums.data() + row * stride;
    const Cell* above = row > 0 ? middle - stride : m_lines.data();
    const Cell* below = row + 1 < rowCount() ? middle + stride : m_lines.data();
    const bool any = m_rowUsed[row] || (row > 0 && m_rowUsed[row - 1]) ||
                     (row + 1 < rowCount() && m_rowUsed[row + 1]);
    if (!any) {
      std::fill_n(out, stride, Cell());
      return;
    }
    m_column.resize(stride);
    Cell* column = m_column.data();
    for (std::size_t x = 0; x < stride; ++x) {
      column[x] = above[x] + middle[x] + middle[x] + below[x];
    }
    out[0] = out[stride - 1] = Cell();
    for (std::size_t x = 1; x + 1 < stride; ++x) {
      out[x] = column[x - 1] + column[x] + column[x] + column[x + 1];
    }
  }

  int m_width = 0;
  int m_height = 0;
  int m_border = 1;
  int m_stride = 0;
  std::vector<Cell> m_sums;
  std::vector<Cell> m_blurred;
  std::vector<Cell> m_lines;   // a row of nothing, above the first and below the last
  std::vector<Cell> m_column;  // one row, summed vertically
  std::vector<char> m_rowUsed;
};

}  // namespace embedscope::plots
