// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"

#include <string>
#include <vector>

namespace embedscope::rows {

/// A square matrix as comma-separated values: a first line of labels, then a line for each row with
/// its label first. Labels are quoted where they must be; numbers are the shortest texts that read
/// back as the same floats, NaN is an empty field.
///
/// @param labels  as many as the matrix has rows.
std::string matrixAsCsv(const Eigen::Ref<const base::RowMatrix>& matrix,
                        const std::vector<std::string>& labels);

}  // namespace embedscope::rows
