// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/panel_kernels.h"

#include "core/neighbors/intrinsics.h"

#include <algorithm>
#include <cstring>

namespace embedscope::neighbors {

namespace {

#if defined(__x86_64__)

std::int32_t fourNumbers(const std::int8_t* from) {
  std::int32_t four = 0;
  std::memcpy(&four, from, sizeof four);
  return four;
}

// Each instruction set has functions of its own: code for one must not be inlined into another.
// Loops over registers have fixed bounds, so that the compiler keeps the sums in registers.

#define EMBEDSCOPE_VNNI __attribute__((target("avx512f,avx512bw,avx512vnni")))

template <std::size_t kQueries>
EMBEDSCOPE_VNNI void reachingVnni(std::span<const PanelLine> lines, const PanelFacts& facts,
                                  const std::int8_t* queries, const PanelQuery* asked,
                                  std::uint64_t* reached) {
  constexpr std::size_t kLanes = 16;
  constexpr std::size_t kRegisters = kPanelRows / kLanes;
  const std::size_t size = lines.size() * kPanelStep;
  __m512i sums[kQueries][kRegisters];
  for (std::size_t q = 0; q < kQueries; ++q) {
    for (std::size_t r = 0; r < kRegisters; ++r) {
      sums[q][r] = _mm512_set1_epi32(asked[q].start);
    }
  }
  for (std::size_t line = 0; line < lines.size(); ++line) {
    const std::uint8_t* numbers = lines[line].numbers.data();
    __m512i rows[kRegisters];
    for (std::size_t r = 0; r < kRegisters; ++r) {
      rows[r] = _mm512_load_si512(numbers + r * sizeof(__m512i));
    }
    for (std::size_t q = 0; q < kQueries; ++q) {
      const __m512i four = _mm512_set1_epi32(fourNumbers(queries + q * size + line * kPanelStep));
      for (std::size_t r = 0; r < kRegisters; ++r) {
        sums[q][r] = _mm512_dpbusd_epi32(sums[q][r], rows[r], four);
      }
    }
  }
  for (std::size_t q = 0; q < kQueries; ++q) {
    reached[q] = 0;
    for (std::size_t r = 0; r < kRegisters; ++r) {
      __m512 sum = _mm512_mul_ps(_mm512_cvtepi32_ps(sums[q][r]),
                                 _mm512_load_ps(facts.factor.values.data() + r * kLanes));
      for (std::size_t t = 0; t < kPanelTerms; ++t) {
        sum = _mm512_fmadd_ps(_mm512_load_ps(facts.terms[t].values.data() + r * kLanes),
                              _mm512_set1_ps(asked[q].terms[t]), sum);
      }
      const std::uint64_t reaching =
          _mm512_cmp_ps_mask(sum, _mm512_set1_ps(asked[q].limit), _CMP_GE_OQ);
      reached[q] |= reaching << (r * kLanes);
    }
  }
}

#define EMBEDSCOPE_AVX2 __attribute__((target("avx2")))

/// Half a panel, from its row `kFirst` on, which is what sixteen registers hold the sums of.
template <std::size_t kQueries, std::size_t kFirst>
EMBEDSCOPE_AVX2 void reachingHalfAvx2(std::span<const PanelLine> lines, const PanelFacts& facts,
                                      const std::int8_t* queries, const PanelQuery* asked,
                                      std::uint64_t* reached) {
  constexpr std::size_t kLanes = 8;
  constexpr std::size_t kRegisters = kPanelRows / 2 / kLanes;
  const std::size_t size = lines.size() * kPanelStep;
  const __m256i ones = _mm256_set1_epi16(1);
  __m256i sums[kQueries][kRegisters];
  for (std::size_t q = 0; q < kQueries; ++q) {
    for (std::size_t r = 0; r < kRegisters; ++r) {
      sums[q][r] = _mm256_set1_epi32(asked[q].start);
    }
  }
  for (std::size_t line = 0; line < lines.size(); ++line) {
    const std::uint8_t* numbers = lines[line].numbers.data() + kFirst * kPanelStep;
    __m256i rows[kRegisters];
    for (std::size_t r = 0; r < kRegisters; ++r) {
      rows[r] = _mm256_load_si256(
          reinterpret_cast<const __m256i*>(numbers + r * sizeof(__m256i)));  // NOLINT
    }
    for (std::size_t q = 0; q < kQueries; ++q) {
      const __m256i four = _mm256_set1_epi32(fourNumbers(queries + q * size + line * kPanelStep));
      for (std::size_t r = 0; r < kRegisters; ++r) {
        // Sums of two products: 2·255·63 still fits 16 bits.
        const __m256i pairs = _mm256_maddubs_epi16(rows[r], four);
        sums[q][r] = _mm256_add_epi32(sums[q][r], _mm256_madd_epi16(pairs, ones));
      }
    }
  }
  for (std::size_t q = 0; q < kQueries; ++q) {
    for (std::size_t r = 0; r < kRegisters; ++r) {
      const std::size_t row = kFirst + r * kLanes;
      __m256 sum = _mm256_mul_ps(_mm256_cvtepi32_ps(sums[q][r]),
                                 _mm256_load_ps(facts.factor.values.data() + row));
      for (std::size_t t = 0; t < kPanelTerms; ++t) {
        sum = _mm256_add_ps(sum, _mm256_mul_ps(_mm256_load_ps(facts.terms[t].values.data() + row),
                                               _mm256_set1_ps(asked[q].terms[t])));
      }
      const int reaching =
          _mm256_movemask_ps(_mm256_cmp_ps(sum, _mm256_set1_ps(asked[q].limit), _CMP_GE_OQ));
      reached[q] |= static_cast<std::uint64_t>(reaching) << row;
    }
  }
}

template <std::size_t kQueries>
void reachingAvx2(std::span<const PanelLine> lines, const PanelFacts& facts,
                  const std::int8_t* queries, const PanelQuery* asked, std::uint64_t* reached) {
  std::fill_n(reached, kQueries, 0);
  reachingHalfAvx2<kQueries, 0>(lines, facts, queries, asked, reached);
  reachingHalfAvx2<kQueries, kPanelRows / 2>(lines, facts, queries, asked, reached);
}

/// What looks at one panel for a few queries.
using FewQueries = void (*)(std::span<const PanelLine> lines, const PanelFacts& facts,
                            const std::int8_t* queries, const PanelQuery* asked,
                            std::uint64_t* reached);

/// `kSeveral` queries at a time, then one by one.
template <FewQueries kLookForSeveral, std::size_t kSeveral, FewQueries kLookForOne>
void reachingRows(std::span<const PanelLine> lines, const PanelFacts& facts,
                  const std::int8_t* queries, std::span<const PanelQuery> asked,
                  std::uint64_t* reached) {
  const std::size_t size = lines.size() * kPanelStep;
  std::size_t q = 0;
  for (; q + kSeveral <= asked.size(); q += kSeveral) {
    kLookForSeveral(lines, facts, queries + q * size, asked.data() + q, reached + q);
  }
  for (; q < asked.size(); ++q) {
    kLookForOne(lines, facts, queries + q * size, asked.data() + q, reached + q);
  }
}

std::vector<PanelKernel> runnableKernels() {
  std::vector<PanelKernel> kernels;
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vnni")) {
    kernels.push_back({127, reachingRows<reachingVnni<4>, 4, reachingVnni<1>>});
  }
  if (__builtin_cpu_supports("avx2")) {
    kernels.push_back({63, reachingRows<reachingAvx2<3>, 3, reachingAvx2<1>>});
  }
  return kernels;
}

#else

std::vector<PanelKernel> runnableKernels() {
  return {};
}

#endif

}  // namespace

const std::vector<PanelKernel>& panelKernels() {
  static const std::vector<PanelKernel> runnable = runnableKernels();
  return runnable;
}

}  // namespace embedscope::neighbors
