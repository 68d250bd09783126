// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>
#include <variant>
#include <vector>

namespace embedscope::train {

/// Widths of hidden layers, from the inputs to the output; empty: none.
using HiddenLayers = std::vector<std::int64_t>;

/// Reads "32, 16": whole numbers separated by commas, semicolons or blanks. An empty text means no
/// hidden layers.
///
/// @return the widths (each in [1, 4096], at most 8 of them), or a sentence that says what cannot
///         be read.
std::variant<HiddenLayers, QString> hiddenLayersIn(const QString& text);

/// "32, 16"
QString hiddenLayersText(const HiddenLayers& layers);

}  // namespace embedscope::train
