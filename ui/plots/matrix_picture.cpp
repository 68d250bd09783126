// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/matrix_picture.h"

#include "ui/plots/palette.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace embedscope::plots {

namespace {

constexpr std::size_t kShades = 511;  // an odd number: one of them is that of zero
constexpr Eigen::Index kMostSamples = 200'000;
constexpr double kOutliers = 0.005;

/// Cells [begin, end) under one pixel.
struct Span {
  Eigen::Index begin;
  Eigen::Index end;
};

/// For every pixel along one side the cells that it stands for, at least one.
std::vector<Span> spansOf(double from, double extent, int pixels, Eigen::Index cells) {
  std::vector<Span> spans(static_cast<std::size_t>(pixels));
  for (int i = 0; i < pixels; ++i) {
    const auto begin = static_cast<Eigen::Index>(std::floor(from + extent * i / pixels));
    const auto end = static_cast<Eigen::Index>(std::floor(from + extent * (i + 1) / pixels));
    const Eigen::Index first = std::clamp<Eigen::Index>(begin, 0, cells - 1);
    spans[static_cast<std::size_t>(i)] = {first, std::clamp(end, first + 1, cells)};
  }
  return spans;
}

std::array<QRgb, kShades> shadesOf(bool isDark) {
  std::array<QRgb, kShades> shades{};
  for (std::size_t i = 0; i < kShades; ++i) {
    const double t = 2 * static_cast<double>(i) / (kShades - 1) - 1;
    shades[i] = diverging(t, isDark).rgb();
  }
  return shades;
}

/// Sums and counts of the finite numbers of some rows, column by column.
struct ColumnSums {
  std::vector<double> sums;
  std::vector<int> counts;

  void add(const float* row, Eigen::Index first, Eigen::Index last) {
    for (Eigen::Index column = first; column < last; ++column) {
      const float value = row[column];
      if (std::isfinite(value)) {
        sums[static_cast<std::size_t>(column)] += static_cast<double>(value);
        ++counts[static_cast<std::size_t>(column)];
      }
    }
  }
};

}  // namespace

QImage matrixPicture(const Eigen::Ref<const base::RowMatrix>& matrix, const QRectF& part,
                     QSize size, double full, bool isDark) {
  QImage image(size, QImage::Format_ARGB32_Premultiplied);
  image.fill(Qt::transparent);
  if (matrix.size() == 0 || size.isEmpty()) {
    return image;
  }
  const auto rows = spansOf(part.top(), part.height(), size.height(), matrix.rows());
  const auto columns = spansOf(part.left(), part.width(), size.width(), matrix.cols());
  const auto shades = shadesOf(isDark);
  ColumnSums line{std::vector<double>(static_cast<std::size_t>(matrix.cols())),
                  std::vector<int>(static_cast<std::size_t>(matrix.cols()))};
  for (std::size_t y = 0; y < rows.size(); ++y) {
    auto* pixels = reinterpret_cast<QRgb*>(image.scanLine(static_cast<int>(y)));  // NOLINT: ARGB32
    if (y > 0 && rows[y].begin == rows[y - 1].begin && rows[y].end == rows[y - 1].end) {
      const QRgb* above = pixels - image.bytesPerLine() / static_cast<qsizetype>(sizeof(QRgb));
      std::copy(above, above + size.width(), pixels);
      continue;
    }
    std::ranges::fill(line.sums, 0.0);
    std::ranges::fill(line.counts, 0);
    for (Eigen::Index row = rows[y].begin; row < rows[y].end; ++row) {
      line.add(matrix.row(row).data(), columns.front().begin, columns.back().end);
    }
    for (std::size_t x = 0; x < columns.size(); ++x) {
      double sum = 0;
      int count = 0;
      for (Eigen::Index column = columns[x].begin; column < columns[x].end; ++column) {
        sum += line.sums[static_cast<std::size_t>(column)];
        count += line.counts[static_cast<std::size_t>(column)];
      }
      if (count > 0) {
        const double t = std::clamp(sum / count / full, -1.0, 1.0);
        pixels[x] = shades[static_cast<std::size_t>(std::lround((t + 1) / 2 * (kShades - 1)))];
      }
    }
  }
  return image;
}

double usualMagnitude(const Eigen::Ref<const base::RowMatrix>& matrix, bool withDiagonal) {
  std::vector<float> sizes;
  const Eigen::Index step = std::max<Eigen::Index>(1, matrix.size() / kMostSamples) | 1;
  for (Eigen::Index i = 0; i < matrix.size(); i += step) {
    const Eigen::Index row = i / matrix.cols();
    const Eigen::Index column = i % matrix.cols();
    const float size = std::abs(matrix(row, column));
    if (std::isfinite(size) && (withDiagonal || row != column)) {
      sizes.push_back(size);
    }
  }
  if (sizes.empty()) {
    return 1;
  }
  const auto outliers = static_cast<std::ptrdiff_t>(kOutliers * static_cast<double>(sizes.size()));
  const auto place = std::ssize(sizes) - 1 - outliers;
  std::nth_element(sizes.begin(), sizes.begin() + place, sizes.end());
  double usual = static_cast<double>(sizes[static_cast<std::size_t>(place)]);
  if (usual <= 0) {
    usual = static_cast<double>(std::ranges::max(sizes));
  }
  return usual > 0 ? usual : 1;
}

}  // namespace embedscope::plots
