// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "core/table/embedding_table.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace embedscope::projection {

/// An axis through a table from the mean of some rows to the mean of others, for example from
/// “man, boy” to “woman, girl”.
struct ChosenAxis {
  std::vector<float> origin;     ///< d, the mean of the rows it comes from
  std::vector<float> direction;  ///< d, from there to the mean of the rows it goes to; not all zero

  /// Where a vector lies along the axis: (x − origin)·direction / |direction|², 0 at the mean it
  /// comes from and 1 at the one it goes to. NaN or infinite when x is.
  ///
  /// @param x  d numbers. Accumulated in double.
  float coordinate(std::span<const float> x) const;
};

/// The axis between two sets of rows.
///
/// @param from, to  rows of the table, at least one each; a row that repeats counts again.
/// @throws Error InvalidArgument: no rows on one side, a row outside the table, or two sides with
///         the same mean. NonFinite: one of the rows holds NaN or infinity.
ChosenAxis axisBetween(const table::EmbeddingTable& table, std::span<const std::int64_t> from,
                       std::span<const std::int64_t> to);

/// Where all rows lie along an axis. @return n numbers; nothing when stopped.
/// Cost O(n·d), parallel; the same bits for any thread count.
std::optional<std::vector<float>> coordinatesAlong(const table::EmbeddingTable& table,
                                                   const ChosenAxis& axis,
                                                   const base::TaskContext& context = {});

}  // namespace embedscope::projection
