// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "core/table/embedding_table.h"

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

/// Times one-hot × table beside the lookup in a table, and in others of random numbers as wide with
/// n = 10, 100, … rows. Each way is repeated until it took a few milliseconds, and the fastest
/// repeat counts.
///
/// @param table     n × d with n, d ≥ 1.
/// @param mostRows  of the random tables; those of more than `mostNumbers` numbers are left out.
/// @return one entry for each n, ascending; nothing when stopped.
/// Cost: about twenty times reading the largest table. Memory: the largest random one. The seconds
/// differ from run to run.
std::optional<std::vector<ProductTiming>> timeProducts(const table::TablePtr& table,
                                                       std::int64_t mostRows,
                                                       std::int64_t mostNumbers,
                                                       const base::TaskContext& context);

}  // namespace embedscope::explain
