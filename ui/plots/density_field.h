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
/// Remembers which blocks of each row were hit: clearing, blurring and reading touch only those. A
/// border around the visible pixels takes what hangs over the edge, so the inner loops need no
/// checks. Buffers are kept between calls.
template <class Cell>
class DensityField {
 public:
  /// Empties the field. @param border  pixels around the visible ones, 1 … 8.
  void clear(QSize size, int border) {
    if (size.width() != m_width || size.height() != m_height || border != m_border) {
      m_width = size.width();
      m_height = size.height();
      m_border = border;
      m_stride = static_cast<std::size_t>(m_width + 2 * border);
      m_rows = static_cast<std::size_t>(m_height + 2 * border);
      m_blocks = (m_stride + kBlock - 1) / kBlock;
      m_sums = {};
      m_blurred = {};
      m_lines.assign(m_stride, Cell());
      m_column.assign(m_stride + 2, Cell());
      m_smooth.assign(m_stride, Cell());
    }
    empty(m_sums);
  }

  /// Adds one cell per point. @param cellOf  std::size_t point → Cell.
  template <class CellOf>
  void addPoints(std::span<const float> xy, const PixelMap& map, CellOf cellOf) {
    Cell* cells = m_sums.cells.data();
    char* used = m_sums.used.data();
    forEachInside(xy, map, [&](std::size_t point, std::size_t x, std::size_t y) {
      cells[y * m_stride + x] += cellOf(point);
      used[y * m_blocks + x / kBlock] = 1;
    });
  }

  /// Adds a disc per point. @param weights  side × side with side = 2 · border + 1.
  template <class CellOf>
  void addDiscs(std::span<const float> xy, const PixelMap& map,
                std::span<const std::uint32_t> weights, CellOf cellOf) {
    const auto reach = static_cast<std::size_t>(m_border);
    forEachInside(xy, map, [&](std::size_t point, std::size_t x, std::size_t y) {
      const Cell cell = cellOf(point);
      const std::uint32_t* weight = weights.data();
      for (std::size_t row = y - reach; row <= y + reach; ++row) {
        Cell* cells = m_sums.cells.data() + row * m_stride;
        for (std::size_t column = x - reach; column <= x + reach; ++column) {
          cells[column] += cell * *weight++;
        }
        char* used = m_sums.used.data() + row * m_blocks;
        used[(x - reach) / kBlock] = used[(x + reach) / kBlock] = 1;
      }
    });
  }

  /// Spreads every sum with the weights 1 2 1 in both directions: a point becomes 1 2 1, 2 4 2,
  /// 1 2 1. What falls beyond the border is lost.
  void blur() {
    empty(m_blurred);
    for (std::size_t row = 0; row < m_rows; ++row) {
      widen(row, m_blurred.used.data() + row * m_blocks);
      blurRow(row, m_blurred.used.data() + row * m_blocks, m_blurred.cells.data() + row * m_stride);
    }
    std::swap(m_sums, m_blurred);
  }

  /// Calls `visit(x, y, std::span<const Cell>)` for the visible stretches that may hold something,
  /// row by row.
  template <class Visit>
  void forEachStretch(Visit visit) const {
    for (int y = 0; y < m_height; ++y) {
      const auto row = static_cast<std::size_t>(y + m_border);
      visitRow(y, m_sums.used.data() + row * m_blocks, m_sums.cells.data() + row * m_stride, visit);
    }
  }

  /// The same with the field as `blur` would leave it, without a second image in memory.
  template <class Visit>
  void forEachBlurredStretch(Visit visit) {
    std::vector<char> used(m_blocks);
    for (int y = 0; y < m_height; ++y) {
      const auto row = static_cast<std::size_t>(y + m_border);
      widen(row, used.data());
      blurRow(row, used.data(), m_smooth.data());
      visitRow(y, used.data(), m_smooth.data(), visit);
    }
  }

 private:
  static constexpr std::size_t kBlock = 16;  // columns

  /// Cells and the blocks that were hit; all others are empty.
  struct Plane {
    std::vector<Cell> cells;
    std::vector<char> used;
  };

  void empty(Plane& plane) const {
    if (plane.cells.size() != m_stride * m_rows) {
      plane.cells.assign(m_stride * m_rows, Cell());
      plane.used.assign(m_blocks * m_rows, 0);
      return;
    }
    for (std::size_t row = 0; row < m_rows; ++row) {
      Cell* cells = plane.cells.data() + row * m_stride;
      forEachRun(plane.used.data() + row * m_blocks, [&](std::size_t first, std::size_t end) {
        std::fill(cells + first, cells + end, Cell());
      });
    }
    std::fill(plane.used.begin(), plane.used.end(), 0);
  }

  /// Calls `visit(first, end)` for the columns of neighboring used blocks of a row.
  template <class Visit>
  void forEachRun(const char* used, Visit visit) const {
    for (std::size_t block = 0; block < m_blocks; ++block) {
      if (used[block] != 0) {
        const std::size_t first = block;
        while (block < m_blocks && used[block] != 0) {
          ++block;
        }
        visit(first * kBlock, std::min(block * kBlock, m_stride));
      }
    }
  }

  template <class Visit>
  void visitRow(int y, const char* used, const Cell* cells, Visit& visit) const {
    const auto border = static_cast<std::size_t>(m_border);
    forEachRun(used, [&](std::size_t first, std::size_t end) {
      first = std::max(first, border);
      end = std::min(end, m_stride - border);
      if (first < end) {
        visit(static_cast<int>(first - border), y,
              std::span<const Cell>(cells + first, end - first));
      }
    });
  }

  template <class Visit>
  void forEachInside(std::span<const float> xy, const PixelMap& map, Visit visit) const {
    const double width = m_width;
    const double height = m_height;
    for (std::size_t point = 0; 2 * point + 1 < xy.size(); ++point) {
      const double x = static_cast<double>(xy[2 * point]) * map.scaleX + map.offsetX;
      const double y = static_cast<double>(xy[2 * point + 1]) * map.scaleY + map.offsetY;
      // Written so that NaN fails.
      if (x >= 0 && x < width && y >= 0 && y < height) {
        visit(point, static_cast<std::size_t>(static_cast<int>(x) + m_border),
              static_cast<std::size_t>(static_cast<int>(y) + m_border));
      }
    }
  }

  /// The blocks of a row that a blur reaches.
  void widen(std::size_t row, char* reached) const {
    std::fill_n(reached, m_blocks, 0);
    const std::size_t last = std::min(row + 1, m_rows - 1);
    for (std::size_t near = row > 0 ? row - 1 : 0; near <= last; ++near) {
      const char* used = m_sums.used.data() + near * m_blocks;
      for (std::size_t block = 0; block < m_blocks; ++block) {
        if (used[block] != 0) {
          reached[block > 0 ? block - 1 : 0] = reached[block] = 1;
          reached[std::min(block + 1, m_blocks - 1)] = 1;
        }
      }
    }
  }

  void blurRow(std::size_t row, const char* reached, Cell* out) {
    const Cell* middle = m_sums.cells.data() + row * m_stride;
    const Cell* above = row > 0 ? middle - m_stride : m_lines.data();
    const Cell* below = row + 1 < m_rows ? middle + m_stride : m_lines.data();
    Cell* column = m_column.data() + 1;
    forEachRun(reached, [&](std::size_t first, std::size_t end) {
      const std::size_t from = first > 0 ? first - 1 : 0;
      const std::size_t to = std::min(end + 1, m_stride);
      for (std::size_t x = from; x < to; ++x) {
        column[x] = (above[x] + below[x]) + (middle[x] + middle[x]);
      }
      const Cell* sums = m_column.data();  // one cell of air at both ends
      for (std::size_t x = first; x < end; ++x) {
        out[x] = (sums[x] + sums[x + 2]) + (sums[x + 1] + sums[x + 1]);
      }
    });
  }

  int m_width = 0;
  int m_height = 0;
  int m_border = 0;
  std::size_t m_stride = 0;
  std::size_t m_rows = 0;
  std::size_t m_blocks = 0;  // of a row
  Plane m_sums;
  Plane m_blurred;
  std::vector<Cell> m_lines;   // a row of nothing, above the first and below the last
  std::vector<Cell> m_column;  // one row, summed vertically
  std::vector<Cell> m_smooth;  // one blurred row
};

}  // namespace embedscope::plots
