// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>
#include <variant>
#include <vector>

namespace embedscope::train {

/// What a list of numbers may hold.
struct NumberListLimits {
  std::int64_t least = 1;
  std::int64_t most = 1000;
  std::size_t fewestNumbers = 1;
  std::size_t mostNumbers = 12;
};

/// Reads "1, 2, 4, 8": whole numbers separated by commas, semicolons or blanks.
///
/// @return the numbers, rising, each once; or a sentence that says what cannot be read.
std::variant<std::vector<std::int64_t>, QString> numberListIn(const QString& text,
                                                              const NumberListLimits& limits);

/// "1, 2, 4, 8"
QString numberListText(const std::vector<std::int64_t>& numbers);

}  // namespace embedscope::train
