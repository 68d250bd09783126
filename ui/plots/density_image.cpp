// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/density_image.h"

#include "ui/plots/theme.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>

namespace embedscope::plots {

namespace {

constexpr std::uint32_t kExactLevels = 4096;    // sums below are their own level
constexpr std::uint32_t kExactBits = 12;        // the bits of those sums
constexpr std::uint32_t kFineBits = 8;          // above, every doubling has 256 levels
constexpr std::uint32_t kFullWeight = 16;       // of a stamped disc's inner pixels
constexpr std::size_t kMostStamps = 60000;      // more points are blurred instead
constexpr std::size_t kPointsInPart = 100'000;  // worth a thread and a field of its own
constexpr std::size_t kMostParts = 4;           // fields are added up, which costs time as well
constexpr float kRankPart = 0.35F;              // of the tone; the rest is the logarithm
constexpr float kSmallestTop = 12.0F;           // so many points on a pixel are dense in any case
constexpr float kFaintest = 0.62F;              // opacity of a single colored point

std::size_t levelOf(std::uint32_t sum) {
  if (sum < kExactLevels) {
    return sum;
  }
  const auto doublings = static_cast<std::uint32_t>(std::bit_width(sum)) - 1 - kExactBits;
  const std::uint32_t fine = (sum >> (doublings + kExactBits - kFineBits)) - (1U << kFineBits);
  return kExactLevels + std::min((doublings << kFineBits) + fine, kExactLevels - 1);
}

std::size_t levelOf(const ColorSum& sum) {
  return levelOf(static_cast<std::uint32_t>(sum.weight + 0.5F));
}

/// The smallest sum of a level.
float sumOf(std::size_t level) {
  if (level < kExactLevels) {
    return static_cast<float>(level);
  }
  const std::size_t doublings = (level - kExactLevels) >> kFineBits;
  const std::size_t fine = (level - kExactLevels) & ((1U << kFineBits) - 1);
  return std::ldexp(static_cast<float>(fine + (1U << kFineBits)),
                    static_cast<int>(doublings + kExactBits - kFineBits));
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

/// A color made translucent, as premultiplied pixel. @param alpha  0 … 255.
QRgb premultiplied(QRgb color, std::uint32_t alpha) {
  // Red and blue in one word, green in another; (t + t / 256) / 256 rounds t / 255.
  std::uint32_t redBlue = (color & 0x00FF00FFU) * alpha + 0x00800080U;
  redBlue = ((redBlue + ((redBlue >> 8) & 0x00FF00FFU)) >> 8) & 0x00FF00FFU;
  std::uint32_t green = ((color >> 8) & 0xFFU) * alpha + 0x80U;
  green = (green + (green >> 8)) & 0xFF00U;
  return (alpha << 24) | redBlue | green;
}

QRgb meanColor(const ColorSum& sum) {
  // Empty pixels get alpha 0 later, so it does not matter what they divide by.
  const float share = 1.0F / std::max(sum.weight, 1.0F);
  const auto channel = [share](float value) {
    return static_cast<std::uint32_t>(static_cast<int>(value * share + 0.5F));
  };
  return (channel(sum.red) << 16) | (channel(sum.green) << 8) | channel(sum.blue);
}

}  // namespace

void DensityImage::prepare(QSize size) {
  if (m_image.size() != size) {
    m_image = QImage(size, QImage::Format_ARGB32_Premultiplied);
  }
  m_image.setDevicePixelRatio(1);
  m_image.fill(0U);
  m_pixels = reinterpret_cast<QRgb*>(m_image.bits());  // NOLINT: how QImage hands out pixels
}

template <class Cell, class Points, class CellOf, class Visit>
void DensityImage::accumulate(std::vector<DensityField<Cell>>& fields, const Points& points,
                              double radius, CellOf cellOf, Visit visit) {
  for (Band& band : m_bands) {
    band.stretches.clear();
    band.levels.clear();
  }
  const double bounded = std::clamp(radius, 1.0, 8.0);
  const std::size_t count = points.size();
  const std::size_t parts =
      std::clamp(count / kPointsInPart, std::size_t{1},
                 std::min(kMostParts, static_cast<std::size_t>(base::threadCount())));
  fields.resize(std::max(fields.size(), parts));
  DensityField<Cell>& field = fields.front();
  if (count <= kMostStamps) {
    const int half = static_cast<int>(std::ceil(bounded));
    field.clear(m_image.size(), half);
    field.addDiscs(points, discWeights(bounded, half), cellOf);
    m_unit = kFullWeight * Points::kFullWeight;
    field.forEachStretch(visit);
    return;
  }
  const bool isWide = bounded > 1.5;
  base::parallelBlocks(static_cast<std::int64_t>(parts), [&](std::int64_t block) {
    const auto part = static_cast<std::size_t>(block);
    fields[part].clear(m_image.size(), isWide ? 2 : 1);
    fields[part].addPoints(points, count * part / parts, count * (part + 1) / parts, cellOf);
  });
  if (parts > 1) {
    field.add(std::span<const DensityField<Cell>>(fields).subspan(1, parts - 1));
  }
  if (isWide) {
    field.blur();
  }
  // Squares of 6 and 2, the middles of 1 4 6 4 1 and 1 2 1.
  m_unit = (isWide ? 36 : 4) * Points::kFullWeight;
  field.forEachBlurredStretch(visit);
}

template <class Cell>
void DensityImage::noteLevels(std::size_t band, int x, int y, std::span<const Cell> cells) {
  Band& own = m_bands[band];
  own.stretches.push_back({x, y, static_cast<int>(cells.size())});
  const std::size_t first = own.levels.size();
  own.levels.resize(first + cells.size());
  std::uint16_t* levels = own.levels.data() + first;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    levels[i] = static_cast<std::uint16_t>(levelOf(cells[i]));
  }
}

void DensityImage::measureTone() {
  base::parallelBlocks(kBands, [this](std::int64_t block) {
    Band& band = m_bands[static_cast<std::size_t>(block)];
    band.histogram.fill(0);
    for (const std::uint16_t level : band.levels) {
      ++band.histogram[level];
    }
  });
  m_histogram.fill(0);
  for (const Band& band : m_bands) {
    std::transform(m_histogram.begin(), m_histogram.end(), band.histogram.begin(),
                   m_histogram.begin(), std::plus());
  }
  const auto unit = static_cast<float>(m_unit);
  std::size_t top = levelOf(m_unit);
  double total = 0;
  for (std::size_t level = levelOf(m_unit) + 1; level < kLevels; ++level) {
    total += m_histogram[level];
    top = m_histogram[level] > 0 ? level : top;
  }
  const float topLog = std::log(std::max(sumOf(top) / unit, kSmallestTop));
  double below = 0;
  for (std::size_t level = 0; level < kLevels; ++level) {
    const float points = sumOf(level) / unit;
    m_coverage[level] = std::min(1.0F, points);
    if (points <= 1 || m_histogram[level] == 0) {
      m_tone[level] = 0;
      continue;
    }
    below += m_histogram[level];
    const auto rank = static_cast<float>(total > 0 ? below / total : 0);
    m_tone[level] = std::min(1.0F, (1 - kRankPart) * std::log(points) / topLog +
                                       kRankPart * rank * std::min(1.0F, points / kSmallestTop));
  }
}

template <class PixelOf>
void DensityImage::paint(PixelOf pixelOf) {
  const auto width = static_cast<std::size_t>(m_image.bytesPerLine()) / sizeof(QRgb);
  base::parallelBlocks(kBands, [&](std::int64_t block) {
    const Band& band = m_bands[static_cast<std::size_t>(block)];
    const std::uint16_t* level = band.levels.data();
    for (const Stretch& stretch : band.stretches) {
      QRgb* pixels = m_pixels + static_cast<std::size_t>(stretch.y) * width + stretch.x;
      for (int i = 0; i < stretch.length; ++i) {
        pixels[i] = pixelOf(pixels[i], *level++);
      }
    }
  });
}

template <class Points>
QImage& DensityImage::drawAlike(const Points& points, QSize size, double radius,
                                const DensityColors& colors) {
  prepare(size);
  accumulate(
      m_counts, points, radius, [](std::size_t) { return 1U; },
      [this](std::size_t band, int x, int y, std::span<const std::uint32_t> cells) {
        noteLevels(band, x, y, cells);
      });
  measureTone();
  std::vector<QRgb> pixels(kLevels);
  for (std::size_t level = 0; level < kLevels; ++level) {
    const auto alpha = static_cast<std::uint32_t>(m_coverage[level] * 255 + 0.5F);
    pixels[level] =
        alpha > 0 && m_histogram[level] > 0
            ? premultiplied(toneColor(colors, static_cast<double>(m_tone[level])).rgb(), alpha)
            : 0U;
  }
  paint([&pixels](QRgb, std::uint16_t level) { return pixels[level]; });
  return m_image;
}

template <class Points>
QImage& DensityImage::drawColored(const Points& points, std::span<const QRgb> colorOf, QSize size,
                                  double radius) {
  prepare(size);
  const auto width = static_cast<std::size_t>(m_image.bytesPerLine()) / sizeof(QRgb);
  accumulate(
      m_colors, points, radius,
      [colorOf](std::size_t point) {
        const QRgb color = colorOf[point];
        return ColorSum{static_cast<float>(qRed(color)), static_cast<float>(qGreen(color)),
                        static_cast<float>(qBlue(color)), 1.0F};
      },
      [this, width](std::size_t band, int x, int y, std::span<const ColorSum> cells) {
        noteLevels(band, x, y, cells);
        std::transform(cells.begin(), cells.end(),
                       m_pixels + static_cast<std::size_t>(y) * width + x, meanColor);
      });
  measureTone();
  std::vector<std::uint32_t> alphas(kLevels);
  for (std::size_t level = 0; level < kLevels; ++level) {
    alphas[level] = static_cast<std::uint32_t>(
        m_coverage[level] * (kFaintest + (1 - kFaintest) * m_tone[level]) * 255 + 0.5F);
  }
  paint([&alphas](QRgb mean, std::uint16_t level) { return premultiplied(mean, alphas[level]); });
  return m_image;
}

QImage& DensityImage::draw(std::span<const float> xy, const PixelMap& map, QSize size,
                           double radius, const DensityColors& colors) {
  return drawAlike(PlanePixels{xy, map}, size, radius, colors);
}

QImage& DensityImage::draw(std::span<const float> xy, std::span<const QRgb> colorOf,
                           const PixelMap& map, QSize size, double radius) {
  const PlanePixels points{xy.first(std::min(xy.size(), 2 * colorOf.size())), map};
  return drawColored(points, colorOf, size, radius);
}

QImage& DensityImage::draw(const SpacePixels& points, QSize size, double radius,
                           const DensityColors& colors) {
  return drawAlike(points, size, radius, colors);
}

QImage& DensityImage::draw(const SpacePixels& points, std::span<const QRgb> colorOf, QSize size,
                           double radius) {
  SpacePixels colored = points;
  colored.count = std::min(points.count, colorOf.size());
  return drawColored(colored, colorOf, size, radius);
}

}  // namespace embedscope::plots
