// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace embedscope::cli {

/// Lines of cells as a table: the first column to the left, the others to the right, two blanks
/// between them. Columns are as wide as their widest cell (counted in characters).
///
/// @param lines  the head first; all of one length.
/// @return each line with its "\n", without blanks at its end.
std::string textTable(const std::vector<std::vector<std::string>>& lines);

}  // namespace embedscope::cli
