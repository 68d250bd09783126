// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace embedscope::neighbors {

/// Lengths of rounded rows and queries are multiples of this; what is missing is filled with zeros.
inline constexpr std::size_t kRoundedStep = 16;

/// Whole-number products, exact and therefore the same on every machine; the widest instructions
/// that the processor has are chosen at run time (AVX-512, AVX2, or SSE2, which all have).
///
/// `size` is a multiple of kRoundedStep. The true sums must fit 32 bits.

/// Products of `count` rows, one after the other, with a query.
void roundedProducts(const std::int8_t* rows, std::size_t count, std::size_t size,
                     const std::int16_t* query, std::int32_t* products);

/// The product of two rows.
std::int32_t roundedProduct(const std::int8_t* a, const std::int8_t* b, std::size_t size);

/// The two for one set of instructions.
struct RoundedKernels {
  void (*products)(const std::int8_t* rows, std::size_t count, std::size_t size,
                   const std::int16_t* query, std::int32_t* products) = nullptr;
  std::int32_t (*product)(const std::int8_t* a, const std::int8_t* b, std::size_t size) = nullptr;
};

/// Those that this processor can run, the widest first, which is the one that is used.
const std::vector<RoundedKernels>& roundedKernels();

}  // namespace embedscope::neighbors
