// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "core/table/embedding_table.h"

#include <vector>

namespace embedscope::table {

/// The Euclidean length of a vector, accumulated in double; NaN or infinity where a number is.
double lengthOf(std::span<const float> vector);

/// The lengths of all n rows; empty when stopped. Cost O(n·d), parallel.
std::vector<double> rowLengths(const EmbeddingTable& table, const base::TaskContext& context = {});

}  // namespace embedscope::table
