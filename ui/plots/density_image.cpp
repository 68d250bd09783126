// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/density_image.h"

#include "ui/plots/theme.h"

#include <algorithm>
#include <cmath>

namespace embedscope::plots {

namespace {

constexpr std::uint32_t kExactLevels = 4096;  // sums below are their own level
constexpr std::uint32_t kCoarseShift = 12;    // above, this many low bits are dropped
constexpr std::uint32_t kFullWeight = 16;     // of a stamped disc's inner pixels
constexpr std::size_t kMostStamps = 60000;    // more points are blurred instead
constexpr float kRankPart = 0.35F;            // of the tone; the rest is the logarithm
constexpr float kSmallestTop = 12.0F;         // so many points on a pixel are dense in any case
constexpr float kFaintest = 0.62F;            // opacity of a single colored point

std::size_t levelOf(std::uint32_t sum) {
  return sum < kExactLevels ? sum : kExactLevels + std::min(sum >> kCoarseShift, kExactLevels - 1);
}

std::size_t levelOf(const ColorSum& sum) {
  return levelOf(static_cast<std::uint32_t>(sum.weight + 0.5F));
}

/// The smallest sum of a level.
float sumOf(std::size_t level) {
  return level < kExactLevels
             ? static_cast<float>(level)
             : static_cast<float>(level - kExactLevels) * static_cast<float>(1U << kCoarseShift);
}

/// Coverage of the pixels around a disc's middle, 0 … kFullWeight, side 2 · half + 1.
std::vector<std::uint32_t> discWeights(double radius, int half) {
  constexpr int kSubpixels = 8;
  std::vector<std::uint32_t> weights;
  for (int y = -half; y <= half; ++y) {
    for (int x = -half; x <= half; ++x) {
      int inside = 0;
      for (int part = 0; part < kSubpixels * kSubpixels; ++part) {
        const double dx = x + (part % kSubpixels + 0.5) / kSubpixels - 0.5;
        const double dy = y + (part / kSubpixels + 0.5) / kSubpixels - 0.5;
        inside += dx * dx + dy * dy <= radius * radius ? 1 : 0;
      }
      weights.push_back(static_cast<std::uint32_t>(inside) * kFullWeight /
                        (kSubpixels * kSubpixels));
    }
  }
  return weights;
}

QColor toneColor(const DensityColors& colors, double tone) {
  return tone < 0.5 ? mixed(colors.sparse, colors.middle, tone * 2)
                    : mixed(colors.middle, colors.dense, tone * 2 - 1);
}

QRgb premultiplied(float red, float green, float blue, float alpha) {
  const auto channel = [alpha](float value) { return static_cast<int>(value * alpha + 0.5F); };
  return qRgba(channel(red), channel(green), channel(blue), static_cast<int>(alpha * 255 + 0.5F));
}

QRgb* scanLine(QImage& image, int y) {
  return reinterpret_cast<QRgb*>(image.scanLine(y));  // NOLINT: how QImage hands out pixels
}

}  // namespace

template <class Cell, class CellOf>
void DensityImage::accumulate(DensityField<Cell>& field, std::span<const float> xy,
                              const PixelMap& map, double radius, CellOf cellOf) {
  const double bounded = std::clamp(radius, 1.0, 8.0);
  if (xy.size() / 2 <= kMostStamps) {
    const int half = static_cast<int>(std::ceil(bounded));
    field.clear(m_image.size(), half);
    field.addDiscs(xy, map, discWeights(bounded, half), cellOf);
    m_unit = kFullWeight;
    return;
  }
  const int passes = bounded <= 1.5 ? 1 : 2;
  field.clear(m_image.size(), passes);
  field.addPoints(xy, map, cellOf);
  for (int pass = 0; pass < passes; ++pass) {
    field.blur();
  }
  m_unit = passes == 1 ? 4 : 36;  // squares of 2 and 6, the middles of 1 2 1 and 1 4 6 4 1
}

template <class Cell>
void DensityImage::measureTone(const DensityField<Cell>& field) {
  std::array<std::uint32_t, kLevels> histogram{};
  for (int y = 0; y < m_image.height(); ++y) {
    if (field.rowUsed(y)) {
      for (const Cell& cell : field.row(y)) {
        ++histogram[levelOf(cell)];
      }
    }
  }
  const auto unit = static_cast<float>(m_unit);
  std::size_t top = levelOf(m_unit);
  double total = 0;
  for (std::size_t level = levelOf(m_unit) + 1; level < kLevels; ++level) {
    total += histogram[level];
    top = histogram[level] > 0 ? level : top;
  }
  const float topLog = std::log(std::max(sumOf(top) / unit, kSmallestTop));
  double below = 0;
  for (std::size_t level = 0; level < kLevels; ++level) {
    const float points = sumOf(level) / unit;
    m_coverage[level] = std::min(1.0F, points);
    if (points <= 1) {
      m_tone[level] = 0;
      continue;
    }
    below += histogram[level];
    const auto rank = static_cast<float>(total > 0 ? below / total : 0);
    m_tone[level] = std::min(1.0F, (1 - kRankPart) * std::log(points) / topLog +
                                       kRankPart * rank * std::min(1.0F, points / kSmallestTop));
  }
}

void DensityImage::prepareImage(QSize size) {
  if (m_image.size() != size) {
    m_image = QImage(size, QImage::Format_ARGB32_Premultiplied);
  }
  m_image.setDevicePixelRatio(1);
}

QImage& DensityImage::draw(std::span<const float> xy, const PixelMap& map, QSize size,
                           double radius, const DensityColors& colors) {
  prepareImage(size);
  accumulate(m_counts, xy, map, radius, [](std::size_t) { return std::uint32_t{1}; });
  measureTone(m_counts);
  std::array<QRgb, kLevels> pixels{};
  for (std::size_t level = 1; level < kLevels; ++level) {
    const QColor color = toneColor(colors, static_cast<double>(m_tone[level]));
    pixels[level] =
        premultiplied(static_cast<float>(color.red()), static_cast<float>(color.green()),
                      static_cast<float>(color.blue()), m_coverage[level]);
  }
  for (int y = 0; y < size.height(); ++y) {
    QRgb* out = scanLine(m_image, y);
    if (!m_counts.rowUsed(y)) {
      std::fill_n(out, size.width(), 0U);
      continue;
    }
    for (const std::uint32_t sum : m_counts.row(y)) {
      *out++ = pixels[levelOf(sum)];
    }
  }
  return m_image;
}

QImage& DensityImage::draw(std::span<const float> xy, std::span<const QRgb> colorOf,
                           const PixelMap& map, QSize size, double radius) {
  prepareImage(size);
  accumulate(m_colors, xy.first(std::min(xy.size(), 2 * colorOf.size())), map, radius,
             [colorOf](std::size_t point) {
               const QRgb color = colorOf[point];
               return ColorSum{static_cast<float>(qRed(color)), static_cast<float>(qGreen(color)),
                               static_cast<float>(qBlue(color)), 1.0F};
             });
  measureTone(m_colors);
  for (int y = 0; y < size.height(); ++y) {
    QRgb* out = scanLine(m_image, y);
    if (!m_colors.rowUsed(y)) {
      std::fill_n(out, size.width(), 0U);
      continue;
    }
    for (const ColorSum& sum : m_colors.row(y)) {
      const std::size_t level = levelOf(sum);
      const float alpha = m_coverage[level] * (kFaintest + (1 - kFaintest) * m_tone[level]);
      const float share = level > 0 ? 1 / sum.weight : 0;
      *out++ = premultiplied(sum.red * share, sum.green * share, sum.blue * share, alpha);
    }
  }
  return m_image;
}

}  // namespace embedscope::plots
