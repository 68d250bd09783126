// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace embedscope::explain {

/// What both ways to the same row took on this machine.
struct ProductTiming {
  std::int64_t rows = 0;      ///< n
  double productSeconds = 0;  ///< one-hot × table, all n·d multiplications and additions
  double lookupSeconds = 0;   ///< the row copied
};

/// Times one-hot × table beside the lookup for n = 10, 100, … up to `mostRows` in a table of
/// random numbers, d columns wide. Each way is repeated until it took a few milliseconds, and the
/// fastest repeat counts.
///
/// @param dimension  d ≥ 1. @param mostRows  ≥ 1; larger tables than `mostNumbers` numbers are
/// left out. @return one entry for each n, ascending; nothing when stopped.
/// Cost: about twenty times reading the largest table. Memory: that table. The seconds differ from
/// run to run.
std::optional<std::vector<ProductTiming>> timeProducts(std::int64_t dimension,
                                                       std::int64_t mostRows,
                                                       std::int64_t mostNumbers,
                                                       const base::TaskContext& context);

}  // namespace embedscope::explain
