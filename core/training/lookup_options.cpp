// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/lookup_options.h"

#include "core/base/error.h"

#include <fmt/format.h>

#include <cmath>

namespace embedscope::training {

namespace {

[[noreturn]] void refuse(const std::string& name, const std::string& what) {
  throw base::Error(base::ErrorCode::InvalidArgument, fmt::format("table \"{}\": {}", name, what));
}

}  // namespace

void LookupOptions::check(const std::string& name, std::int64_t categories) const {
  if (paddingRow && (*paddingRow < -categories || *paddingRow >= categories)) {
    refuse(name, fmt::format("padding row {}: must be at least {} and below {}", *paddingRow,
                             -categories, categories));
  }
  if (maxNorm && !(*maxNorm > 0 && std::isfinite(*maxNorm))) {
    refuse(name, fmt::format("max norm {}: must be above 0 and finite", *maxNorm));
  }
  if (!(normType > 0)) {
    refuse(name, fmt::format("norm type {}: must be above 0", normType));
  }
  for (const std::int32_t row : frozenRows) {
    if (row < 0 || row >= categories) {
      refuse(name, fmt::format("frozen row {}: must be at least 0 and below {}", row, categories));
    }
  }
}

std::int64_t wrappedRow(std::int64_t row, std::int64_t categories) {
  return row < 0 ? row + categories : row;
}

}  // namespace embedscope::training
