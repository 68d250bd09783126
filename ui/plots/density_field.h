// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/parallel.h"

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

/// Points of the plane as a DensityField takes them: all of the same weight.
struct PlanePixels {
  static constexpr std::uint32_t kFullWeight = 1;

  std::span<const float> xy;  ///< n × 2, row by row
  PixelMap map;

  std::size_t size() const { return xy.size() / 2; }

  /// Calls `visit(point, x, y, weight)` for the points [first, end) that fall on an image of
  /// width × height pixels; points that are not finite do not.
  template <class Visit>
  void forEachInside(std::size_t first, std::size_t end, int width, int height, Visit visit) const {
    const double right = width;
    const double bottom = height;
    // Copies: what `visit` writes might be members, as far as a compiler can tell.
    const PixelMap own = map;
    const float* const numbers = xy.data();
    for (std::size_t point = first; point < end; ++point) {
      const double x = static_cast<double>(numbers[2 * point]) * own.scaleX + own.offsetX;
      const double y = static_cast<double>(numbers[2 * point + 1]) * own.scaleY + own.offsetY;
      // Written so that NaN fails.
      if (x >= 0 && x < right && y >= 0 && y < bottom) {
        visit(point, static_cast<int>(x), static_cast<int>(y), kFullWeight);
      }
    }
  }
};

/// Sums of points per pixel: `Cell` is a number, or a color sum with a weight.
///
/// Remembers which blocks of each row were hit: clearing, blurring and reading touch only those. A
/// border around the visible pixels takes what hangs over the edge, so the inner loops need no
/// checks. Buffers are kept between calls. Rows are gone through in bands, in parallel.
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
    }
    empty(m_sums);
  }

  /// Adds one cell for each of the points [first, end).
  /// @param points  PlanePixels, or another type with its `forEachInside` and `kFullWeight`.
  /// @param cellOf  std::size_t point → Cell; it is multiplied by the point's weight.
  template <class Points, class CellOf>
  void addPoints(const Points& points, std::size_t first, std::size_t end, CellOf cellOf) {
    points.forEachInside(first, end, m_width, m_height,
                         [cells = m_sums.cells.data(), used = m_sums.used.data(), cellOf,
                          border = m_border, stride = m_stride, blocks = m_blocks](
                             std::size_t point, int column, int line, std::uint32_t weight) {
                           const auto x = static_cast<std::size_t>(column + border);
                           const auto y = static_cast<std::size_t>(line + border);
                           cells[y * stride + x] += weighted<Points>(cellOf(point), weight);
                           used[y * blocks + x / kBlock] = 1;
                         });
  }

  /// Adds a disc per point. @param weights  side × side with side = 2 · border + 1.
  template <class Points, class CellOf>
  void addDiscs(const Points& points, std::span<const std::uint32_t> weights, CellOf cellOf) {
    const auto reach = static_cast<std::size_t>(m_border);
    points.forEachInside(0, points.size(), m_width, m_height,
                         [&](std::size_t point, int left, int top, std::uint32_t ownWeight) {
                           const Cell cell = weighted<Points>(cellOf(point), ownWeight);
                           const auto x = static_cast<std::size_t>(left);
                           const auto y = static_cast<std::size_t>(top);
                           const std::uint32_t* weight = weights.data();
                           for (std::size_t row = y; row <= y + 2 * reach; ++row) {
                             Cell* cells = m_sums.cells.data() + row * m_stride;
                             for (std::size_t column = x; column <= x + 2 * reach; ++column) {
                               cells[column] += cell * *weight++;
                             }
                             char* used = m_sums.used.data() + row * m_blocks;
                             used[x / kBlock] = used[(x + 2 * reach) / kBlock] = 1;
                           }
                         });
  }

  /// Adds the sums of other fields of the same size.
  void add(std::span<const DensityField> others) {
    forEachBand(m_rows, [&](std::size_t, std::size_t first, std::size_t end) {
      for (const DensityField& other : others) {
        for (std::size_t row = first; row < end; ++row) {
          addRow(other, row);
        }
      }
    });
  }

  /// Spreads every sum with the weights 1 2 1 in both directions: a point becomes 1 2 1, 2 4 2,
  /// 1 2 1. What falls beyond the border is lost.
  void blur() {
    empty(m_blurred);
    forEachBand(m_rows, [&](std::size_t, std::size_t first, std::size_t end) {
      RowBlur blur(*this);
      for (std::size_t row = first; row < end; ++row) {
        char* reached = m_blurred.used.data() + row * m_blocks;
        widen(row, reached);
        blur(row, reached, m_blurred.cells.data() + row * m_stride);
      }
    });
    std::swap(m_sums, m_blurred);
  }

  /// Calls `visit(band, x, y, std::span<const Cell>)` for the visible stretches that may hold
  /// something: row by row within a band, 0 ≤ band < kBands, the bands from top to bottom. Bands
  /// are visited at the same time.
  template <class Visit>
  void forEachStretch(Visit visit) const {
    forEachBand(static_cast<std::size_t>(m_height),
                [&](std::size_t band, std::size_t first, std::size_t end) {
                  for (std::size_t y = first; y < end; ++y) {
                    const std::size_t row = y + static_cast<std::size_t>(m_border);
                    visitRow(band, y, m_sums.used.data() + row * m_blocks,
                             m_sums.cells.data() + row * m_stride, visit);
                  }
                });
  }

  /// The same with the field as `blur` would leave it, without a second image in memory.
  template <class Visit>
  void forEachBlurredStretch(Visit visit) const {
    forEachBand(static_cast<std::size_t>(m_height),
                [&](std::size_t band, std::size_t first, std::size_t end) {
                  RowBlur blur(*this);
                  std::vector<char> used(m_blocks);
                  std::vector<Cell> smooth(m_stride, Cell());
                  for (std::size_t y = first; y < end; ++y) {
                    const std::size_t row = y + static_cast<std::size_t>(m_border);
                    widen(row, used.data());
                    blur(row, used.data(), smooth.data());
                    visitRow(band, y, used.data(), smooth.data(), visit);
                  }
                });
  }

  static constexpr std::size_t kBands = 8;

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
  void visitRow(std::size_t band, std::size_t y, const char* used, const Cell* cells,
                Visit& visit) const {
    const auto border = static_cast<std::size_t>(m_border);
    forEachRun(used, [&](std::size_t first, std::size_t end) {
      first = std::max(first, border);
      end = std::min(end, m_stride - border);
      if (first < end) {
        visit(band, static_cast<int>(first - border), static_cast<int>(y),
              std::span<const Cell>(cells + first, end - first));
      }
    });
  }

  /// Points that all weigh 1 need no product.
  template <class Points>
  static Cell weighted(const Cell& cell, std::uint32_t weight) {
    if constexpr (Points::kFullWeight == 1) {
      return cell;
    } else {
      return cell * weight;
    }
  }

  /// Calls `body(band, first, end)` for bands of [0, rows), in parallel.
  template <class Body>
  static void forEachBand(std::size_t rows, Body body) {
    base::parallelBlocks(kBands, [&](std::int64_t block) {
      const auto band = static_cast<std::size_t>(block);
      body(band, rows * band / kBands, rows * (band + 1) / kBands);
    });
  }

  void addRow(const DensityField& other, std::size_t row) {
    char* used = m_sums.used.data() + row * m_blocks;
    const char* added = other.m_sums.used.data() + row * m_blocks;
    Cell* cells = m_sums.cells.data() + row * m_stride;
    const Cell* more = other.m_sums.cells.data() + row * m_stride;
    forEachRun(added, [&](std::size_t first, std::size_t end) {
      for (std::size_t x = first; x < end; ++x) {
        cells[x] += more[x];
      }
    });
    for (std::size_t block = 0; block < m_blocks; ++block) {
      used[block] = static_cast<char>(used[block] | added[block]);
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

  /// Blurs rows of a field, with a row of scratch of its own.
  class RowBlur {
   public:
    explicit RowBlur(const DensityField& field)
        : m_field(field), m_column(field.m_stride + 2, Cell()) {}

    void operator()(std::size_t row, const char* reached, Cell* out) {
      const std::size_t stride = m_field.m_stride;
      const Cell* middle = m_field.m_sums.cells.data() + row * stride;
      const Cell* above = row > 0 ? middle - stride : m_field.m_lines.data();
      const Cell* below = row + 1 < m_field.m_rows ? middle + stride : m_field.m_lines.data();
      Cell* column = m_column.data() + 1;
      m_field.forEachRun(reached, [&](std::size_t first, std::size_t end) {
        const std::size_t from = first > 0 ? first - 1 : 0;
        const std::size_t to = std::min(end + 1, stride);
        for (std::size_t x = from; x < to; ++x) {
          column[x] = (above[x] + below[x]) + (middle[x] + middle[x]);
        }
        const Cell* sums = m_column.data();  // one cell of air at both ends
        for (std::size_t x = first; x < end; ++x) {
          out[x] = (sums[x] + sums[x + 2]) + (sums[x + 1] + sums[x + 1]);
        }
      });
    }

   private:
    const DensityField& m_field;
    std::vector<Cell> m_column;  // one row, summed vertically
  };

  int m_width = 0;
  int m_height = 0;
  int m_border = 0;
  std::size_t m_stride = 0;
  std::size_t m_rows = 0;
  std::size_t m_blocks = 0;  // of a row
  Plane m_sums;
  Plane m_blurred;
  std::vector<Cell> m_lines;  // a row of nothing, above the first and below the last
};

}  // namespace embedscope::plots
