// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/rounded_kernels.h"

#include "core/neighbors/intrinsics.h"

namespace embedscope::neighbors {

namespace {

#if defined(__x86_64__)

// Each instruction set has functions of its own: code for one must not be inlined into another.

__m128i widenedLow(__m128i bytes) {
  return _mm_srai_epi16(_mm_unpacklo_epi8(_mm_setzero_si128(), bytes), 8);
}

__m128i widenedHigh(__m128i bytes) {
  return _mm_srai_epi16(_mm_unpackhi_epi8(_mm_setzero_si128(), bytes), 8);
}

__m128i load16(const void* from) {
  return _mm_loadu_si128(static_cast<const __m128i*>(from));
}

std::int32_t sumOfFour(__m128i sums) {
  const __m128i pairs = _mm_add_epi32(sums, _mm_shuffle_epi32(sums, 0x4E));
  return _mm_cvtsi128_si32(_mm_add_epi32(pairs, _mm_shuffle_epi32(pairs, 0xB1)));
}

void productsSse2(const std::int8_t* rows, std::size_t count, std::size_t size,
                  const std::int16_t* query, std::int32_t* products) {
  for (std::size_t row = 0; row < count; ++row, rows += size) {
    __m128i low = _mm_setzero_si128();
    __m128i high = _mm_setzero_si128();
    for (std::size_t i = 0; i < size; i += 16) {
      const __m128i bytes = load16(rows + i);
      low = _mm_add_epi32(low, _mm_madd_epi16(widenedLow(bytes), load16(query + i)));
      high = _mm_add_epi32(high, _mm_madd_epi16(widenedHigh(bytes), load16(query + i + 8)));
    }
    products[row] = sumOfFour(_mm_add_epi32(low, high));
  }
}

std::int32_t productSse2(const std::int8_t* a, const std::int8_t* b, std::size_t size) {
  __m128i sums = _mm_setzero_si128();
  for (std::size_t i = 0; i < size; i += 16) {
    const __m128i x = load16(a + i);
    const __m128i y = load16(b + i);
    sums = _mm_add_epi32(sums, _mm_madd_epi16(widenedLow(x), widenedLow(y)));
    sums = _mm_add_epi32(sums, _mm_madd_epi16(widenedHigh(x), widenedHigh(y)));
  }
  return sumOfFour(sums);
}

__attribute__((target("avx2"))) __m256i widened(const std::int8_t* from) {
  return _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from)));  // NOLINT
}

__attribute__((target("avx2"))) std::int32_t sumOfEight(__m256i sums) {
  const __m128i four =
      _mm_add_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
  const __m128i pairs = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0x4E));
  return _mm_cvtsi128_si32(_mm_add_epi32(pairs, _mm_shuffle_epi32(pairs, 0xB1)));
}

__attribute__((target("avx2"))) void productsAvx2(const std::int8_t* rows, std::size_t count,
                                                  std::size_t size, const std::int16_t* query,
                                                  std::int32_t* products) {
  for (std::size_t row = 0; row < count; ++row, rows += size) {
    __m256i sums = _mm256_setzero_si256();
    for (std::size_t i = 0; i < size; i += 16) {
      const __m256i numbers =
          _mm256_loadu_si256(reinterpret_cast<const __m256i*>(query + i));  // NOLINT
      sums = _mm256_add_epi32(sums, _mm256_madd_epi16(widened(rows + i), numbers));
    }
    products[row] = sumOfEight(sums);
  }
}

__attribute__((target("avx2"))) std::int32_t productAvx2(const std::int8_t* a, const std::int8_t* b,
                                                         std::size_t size) {
  __m256i sums = _mm256_setzero_si256();
  for (std::size_t i = 0; i < size; i += 16) {
    sums = _mm256_add_epi32(sums, _mm256_madd_epi16(widened(a + i), widened(b + i)));
  }
  return sumOfEight(sums);
}

__attribute__((target("avx512f,avx512bw"))) __m512i widenedWide(const std::int8_t* from) {
  return _mm512_cvtepi8_epi16(
      _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from)));  // NOLINT
}

/// The sixteen numbers that are left where the size is no multiple of 32, the rest zeros.
__attribute__((target("avx512f,avx512bw"))) __m512i widenedRest(const std::int8_t* from) {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));  // NOLINT
  return _mm512_zextsi256_si512(_mm256_cvtepi8_epi16(bytes));
}

__attribute__((target("avx512f,avx512bw"))) void productsAvx512(const std::int8_t* rows,
                                                                std::size_t count, std::size_t size,
                                                                const std::int16_t* query,
                                                                std::int32_t* products) {
  const std::size_t even = size / 32 * 32;
  for (std::size_t row = 0; row < count; ++row, rows += size) {
    __m512i sums = _mm512_setzero_si512();
    for (std::size_t i = 0; i < even; i += 32) {
      sums = _mm512_add_epi32(
          sums, _mm512_madd_epi16(widenedWide(rows + i), _mm512_loadu_si512(query + i)));
    }
    if (even != size) {
      const __m256i rest =
          _mm256_loadu_si256(reinterpret_cast<const __m256i*>(query + even));  // NOLINT
      sums = _mm512_add_epi32(
          sums, _mm512_madd_epi16(widenedRest(rows + even), _mm512_zextsi256_si512(rest)));
    }
    products[row] = _mm512_reduce_add_epi32(sums);
  }
}

__attribute__((target("avx512f,avx512bw"))) std::int32_t productAvx512(const std::int8_t* a,
                                                                       const std::int8_t* b,
                                                                       std::size_t size) {
  const std::size_t even = size / 32 * 32;
  __m512i sums = _mm512_setzero_si512();
  for (std::size_t i = 0; i < even; i += 32) {
    sums = _mm512_add_epi32(sums, _mm512_madd_epi16(widenedWide(a + i), widenedWide(b + i)));
  }
  if (even != size) {
    sums = _mm512_add_epi32(sums, _mm512_madd_epi16(widenedRest(a + even), widenedRest(b + even)));
  }
  return _mm512_reduce_add_epi32(sums);
}

std::vector<RoundedKernels> runnableKernels() {
  std::vector<RoundedKernels> kernels;
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")) {
    kernels.push_back({productsAvx512, productAvx512});
  }
  if (__builtin_cpu_supports("avx2")) {
    kernels.push_back({productsAvx2, productAvx2});
  }
  kernels.push_back({productsSse2, productSse2});
  return kernels;
}

#else

template <typename Other>
std::int32_t plainProduct(const std::int8_t* a, const Other* b, std::size_t size) {
  std::int32_t sum = 0;
  for (std::size_t i = 0; i < size; ++i) {
    sum += static_cast<std::int32_t>(a[i]) * static_cast<std::int32_t>(b[i]);
  }
  return sum;
}

void plainProducts(const std::int8_t* rows, std::size_t count, std::size_t size,
                   const std::int16_t* query, std::int32_t* products) {
  for (std::size_t row = 0; row < count; ++row, rows += size) {
    products[row] = plainProduct(rows, query, size);
  }
}

std::vector<RoundedKernels> runnableKernels() {
  return {{plainProducts, plainProduct<std::int8_t>}};
}

#endif

const RoundedKernels& kernels() {
  static const RoundedKernels widest = roundedKernels().front();
  return widest;
}

}  // namespace

const std::vector<RoundedKernels>& roundedKernels() {
  static const std::vector<RoundedKernels> runnable = runnableKernels();
  return runnable;
}

void roundedProducts(const std::int8_t* rows, std::size_t count, std::size_t size,
                     const std::int16_t* query, std::int32_t* products) {
  kernels().products(rows, count, size, query, products);
}

std::int32_t roundedProduct(const std::int8_t* a, const std::int8_t* b, std::size_t size) {
  return kernels().product(a, b, size);
}

}  // namespace embedscope::neighbors
