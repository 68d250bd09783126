// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/density_field.h"
#include "ui/plots/space_points.h"

#include <QColor>
#include <QImage>

#include <array>
#include <vector>

namespace embedscope::plots {

/// How dense spots look compared with single points.
struct DensityColors {
  QColor sparse;  ///< a single point
  QColor middle;  ///< the usual density
  QColor dense;   ///< where most points lie on one another
};

/// Sum of the colors of the points on a pixel; `weight` counts the points.
struct alignas(16) ColorSum {
  float red = 0;
  float green = 0;
  float blue = 0;
  float weight = 0;

  ColorSum& operator+=(const ColorSum& other) {
    red += other.red;
    green += other.green;
    blue += other.blue;
    weight += other.weight;
    return *this;
  }

  friend ColorSum operator+(ColorSum a, const ColorSum& b) { return a += b; }

  friend ColorSum operator*(const ColorSum& a, std::uint32_t factor) {
    const auto f = static_cast<float>(factor);
    return {a.red * f, a.green * f, a.blue * f, a.weight * f};
  }
};

/// Turns any number of points into a picture of their density.
///
/// Every point adds a small disc; the sums go through a tone curve between their logarithm and
/// their rank, so that single points stay visible while crowded regions keep their structure.
/// Keeps its buffers between calls. Cost O(points · disc + pixels near them), on all cores; see
/// tests/bench/RESULTS.md. The picture is the same for any number of threads; of colored points,
/// as long as no more than some thousands lie on one pixel.
class DensityImage {
 public:
  /// All points alike, colored by density.
  ///
  /// @param xy      n × 2, row by row; points that are not finite or outside are skipped.
  /// @param radius  of a point's disc in pixels of the image, clamped to [1, 8].
  /// @return premultiplied, transparent where nothing is; valid until the next call. The caller may
  ///         set its device pixel ratio.
  QImage& draw(std::span<const float> xy, const PixelMap& map, QSize size, double radius,
               const DensityColors& colors);

  /// Every point in its own color; where several lie, the mean color, more opaque the more lie
  /// there.
  ///
  /// @param colorOf  one opaque color per point.
  QImage& draw(std::span<const float> xy, std::span<const QRgb> colorOf, const PixelMap& map,
               QSize size, double radius);

  /// The same for points of space: the farther, the fainter, and in mixtures the less they count.
  QImage& draw(const SpacePixels& points, QSize size, double radius, const DensityColors& colors);
  QImage& draw(const SpacePixels& points, std::span<const QRgb> colorOf, QSize size, double radius);

 private:
  static constexpr std::size_t kLevels = 8192;
  static constexpr std::size_t kBands = DensityField<std::uint32_t>::kBands;

  /// A part of a row that may hold something.
  struct Stretch {
    int x = 0;
    int y = 0;
    int length = 0;
  };

  /// What the last points touched in a band of rows, and the levels of those pixels.
  struct Band {
    std::vector<Stretch> stretches;
    std::vector<std::uint16_t> levels;
    std::array<std::uint32_t, kLevels> histogram{};
  };

  template <class Points>
  QImage& drawAlike(const Points& points, QSize size, double radius, const DensityColors& colors);

  template <class Points>
  QImage& drawColored(const Points& points, std::span<const QRgb> colorOf, QSize size,
                      double radius);

  void prepare(QSize size);

  template <class Cell, class Points, class CellOf, class Visit>
  void accumulate(std::vector<DensityField<Cell>>& fields, const Points& points, double radius,
                  CellOf cellOf, Visit visit);

  template <class Cell>
  void noteLevels(std::size_t band, int x, int y, std::span<const Cell> cells);

  void measureTone();

  template <class PixelOf>
  void paint(PixelOf pixelOf);

  QImage m_image;
  QRgb* m_pixels = nullptr;                           // of m_image
  std::vector<DensityField<std::uint32_t>> m_counts;  // one per part of the points
  std::vector<DensityField<ColorSum>> m_colors;
  std::array<Band, kBands> m_bands;
  std::array<std::uint32_t, kLevels> m_histogram{};
  std::uint32_t m_unit = 1;                 // the sum that one point leaves in its middle
  std::array<float, kLevels> m_tone{};      // per level: 0 single point … 1 densest
  std::array<float, kLevels> m_coverage{};  // per level: how much of the pixel is covered
};

}  // namespace embedscope::plots
