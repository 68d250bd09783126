// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <vector>

namespace embedscope::product {

/// "1, 0.5, −2" as numbers, with a point whatever the locale; empty for an empty text. Nothing when
/// a part is not a finite number.
std::optional<std::vector<float>> numbersFrom(const QString& text);

}  // namespace embedscope::product
