// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/explain/one_hot_product.h"

#include <QString>

#include <cstdint>
#include <span>

namespace embedscope::product {

/// A number as people write it in a calculation: "5", "−0.25", "0.0312".
QString numberInWords(float value);

/// "[5, 6]", at most `most` numbers, then "…".
QString vectorText(std::span<const float> values, std::size_t most = 6);

/// "step 2 of 5: 1 × [5, 6] added to [0, 0] gives [5, 6]"; for step 0 what stands before the first.
/// @param step  in [0, product.stepCount()].
QString stepText(const explain::OneHotProduct& product, std::int64_t step);

/// The column of the result written out as far as the steps went: "0·3 + 1·5 = 5".
/// @param column  in [0, d).
QString dotProductText(const explain::OneHotProduct& product, std::int64_t step,
                       std::int64_t column);

/// Whether result and lookup agree in every bit, and if not, why.
QString verdictText(const explain::OneHotProduct& product);

}  // namespace embedscope::product
