// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/training_options.h"
#include "core/data/data_table.h"
#include "core/data/dataset.h"

#include <string>
#include <vector>

namespace embedscope::cli {

/// The columns that take part, and what was decided about them in words.
struct ColumnChoice {
  data::DatasetSelection selection;
  std::vector<std::string> notes;  ///< columns of labels that were left out, and why
};

/// The columns that take part: those named, or by default every column of labels that does not
/// look like an identifier and every column of numbers, the target and columns named elsewhere
/// aside.
///
/// @throws Error InvalidArgument: a name that is not a column's, a rule that there is not;
///         FileAccess: a vocabulary that cannot be read.
ColumnChoice chooseColumns(const TrainingOptions& options, const data::DataTable& table);

}  // namespace embedscope::cli
