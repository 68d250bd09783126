// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/row_rounding.h"

#include "core/neighbors/intrinsics.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace embedscope::neighbors {

namespace {

constexpr double kLargestRounded = 127;
/// Adding and subtracting this rounds a small double to a whole number.
constexpr double kRounder = 6755399441055744.0;

/// Every sum is kept as so many, of which number i belongs to the one of i % kLanes.
constexpr std::size_t kLanes = 8;
using Lanes = std::array<double, kLanes>;

double sumOf(const Lanes& lanes) {
  return std::accumulate(lanes.begin(), lanes.end(), 0.0);
}

/// How far a row reaches.
struct Extent {
  Lanes largest{};  ///< magnitude of the numbers, from the centre on
  Lanes squares{};  ///< sums, from zero on
};

/// What rounding loses.
struct Loss {
  Lanes squares{};  ///< sums over the whole numbers
  Lanes lost{};     ///< sums of the squared differences
};

/// How numbers become whole ones, which times the scale are near to them again.
struct Grid {
  double factor = 0;
  double scale = 0;
};

void extend(Extent& extent, std::size_t lane, float number, float centre) {
  const auto value = static_cast<double>(number);
  const double offset = std::abs(value - static_cast<double>(centre));
  extent.largest[lane] = extent.largest[lane] > offset ? extent.largest[lane] : offset;
  extent.squares[lane] += value * value;
}

std::int8_t rounded(Loss& loss, std::size_t lane, float number, float centre, const Grid& grid) {
  const double offset = static_cast<double>(number) - static_cast<double>(centre);
  const double whole = (offset * grid.factor + kRounder) - kRounder;
  const double rest = offset - whole * grid.scale;
  loss.squares[lane] += whole * whole;
  loss.lost[lane] += rest * rest;
  return static_cast<std::int8_t>(whole);
}

// Each takes as many numbers as fill all lanes, again and again, and returns where fewer are left.

std::size_t extentPlain(std::span<const float> row, const float* centre, Extent& extent) {
  std::size_t i = 0;
  for (; i + kLanes <= row.size(); i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      extend(extent, lane, row[i + lane], centre[i + lane]);
    }
  }
  return i;
}

std::size_t roundedPlain(std::span<const float> row, const float* centre, const Grid& grid,
                         std::int8_t* out, Loss& loss) {
  std::size_t i = 0;
  for (; i + kLanes <= row.size(); i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      out[i + lane] = rounded(loss, lane, row[i + lane], centre[i + lane], grid);
    }
  }
  return i;
}

#if defined(__x86_64__)

// Without FMA, which would round once where others round twice.
#define EMBEDSCOPE_AVX2 __attribute__((target("avx2")))

EMBEDSCOPE_AVX2 __m256d widened(const float* from) {
  return _mm256_cvtps_pd(_mm_loadu_ps(from));
}

EMBEDSCOPE_AVX2 std::size_t extentAvx2(std::span<const float> row, const float* centre,
                                       Extent& extent) {
  const __m256d sign = _mm256_set1_pd(-0.0);
  __m256d largest[2] = {_mm256_setzero_pd(), _mm256_setzero_pd()};
  __m256d squares[2] = {_mm256_setzero_pd(), _mm256_setzero_pd()};
  std::size_t i = 0;
  for (; i + kLanes <= row.size(); i += kLanes) {
    for (std::size_t half = 0; half < 2; ++half) {
      const __m256d value = widened(row.data() + i + 4 * half);
      const __m256d offset = _mm256_sub_pd(value, widened(centre + i + 4 * half));
      largest[half] = _mm256_max_pd(largest[half], _mm256_andnot_pd(sign, offset));
      squares[half] = _mm256_add_pd(squares[half], _mm256_mul_pd(value, value));
    }
  }
  for (std::size_t half = 0; half < 2; ++half) {
    _mm256_storeu_pd(extent.largest.data() + 4 * half, largest[half]);
    _mm256_storeu_pd(extent.squares.data() + 4 * half, squares[half]);
  }
  return i;
}

EMBEDSCOPE_AVX2 std::size_t roundedAvx2(std::span<const float> row, const float* centre,
                                        const Grid& grid, std::int8_t* out, Loss& loss) {
  const __m256d factor = _mm256_set1_pd(grid.factor);
  const __m256d scale = _mm256_set1_pd(grid.scale);
  const __m256d rounder = _mm256_set1_pd(kRounder);
  __m256d squares[2] = {_mm256_setzero_pd(), _mm256_setzero_pd()};
  __m256d lost[2] = {_mm256_setzero_pd(), _mm256_setzero_pd()};
  std::size_t i = 0;
  for (; i + kLanes <= row.size(); i += kLanes) {
    __m128i wholes[2];
    for (std::size_t half = 0; half < 2; ++half) {
      const __m256d offset =
          _mm256_sub_pd(widened(row.data() + i + 4 * half), widened(centre + i + 4 * half));
      const __m256d whole =
          _mm256_sub_pd(_mm256_add_pd(_mm256_mul_pd(offset, factor), rounder), rounder);
      const __m256d rest = _mm256_sub_pd(offset, _mm256_mul_pd(whole, scale));
      squares[half] = _mm256_add_pd(squares[half], _mm256_mul_pd(whole, whole));
      lost[half] = _mm256_add_pd(lost[half], _mm256_mul_pd(rest, rest));
      wholes[half] = _mm256_cvttpd_epi32(whole);
    }
    const __m128i words = _mm_packs_epi32(wholes[0], wholes[1]);
    _mm_storel_epi64(reinterpret_cast<__m128i*>(out + i), _mm_packs_epi16(words, words));  // NOLINT
  }
  for (std::size_t half = 0; half < 2; ++half) {
    _mm256_storeu_pd(loss.squares.data() + 4 * half, squares[half]);
    _mm256_storeu_pd(loss.lost.data() + 4 * half, lost[half]);
  }
  return i;
}

#endif

template <auto kExtentOf, auto kRounded>
RowRounding roundRowBy(std::span<const float> row, const std::vector<float>& centre,
                       std::int8_t* out) {
  Extent extent;
  for (std::size_t i = kExtentOf(row, centre.data(), extent); i < row.size(); ++i) {
    extend(extent, 0, row[i], centre[i]);
  }
  RowRounding rounding;
  rounding.squares = sumOf(extent.squares);
  // Squares of floats never reach the end of double.
  if (!std::isfinite(rounding.squares)) {
    return {.isFinite = false};
  }
  const double largest = *std::max_element(extent.largest.begin(), extent.largest.end());
  rounding.scale = static_cast<float>(largest / kLargestRounded);
  const Grid grid{rounding.scale > 0 ? kLargestRounded / largest : 0,
                  static_cast<double>(rounding.scale)};
  Loss loss;
  for (std::size_t i = kRounded(row, centre.data(), grid, out, loss); i < row.size(); ++i) {
    out[i] = rounded(loss, 0, row[i], centre[i], grid);
  }
  rounding.roundedSquares = static_cast<std::int32_t>(sumOf(loss.squares));
  rounding.lost = sumOf(loss.lost);
  return rounding;
}

std::vector<RoundRow> runnableRoundings() {
  std::vector<RoundRow> roundings;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) {
    roundings.push_back(roundRowBy<extentAvx2, roundedAvx2>);
  }
#endif
  roundings.push_back(roundRowBy<extentPlain, roundedPlain>);
  return roundings;
}

}  // namespace

const std::vector<RoundRow>& rowRoundings() {
  static const std::vector<RoundRow> runnable = runnableRoundings();
  return runnable;
}

RowRounding roundRow(std::span<const float> row, const std::vector<float>& centre,
                     std::int8_t* out) {
  static const RoundRow quickest = rowRoundings().front();
  return quickest(row, centre, out);
}

}  // namespace embedscope::neighbors
