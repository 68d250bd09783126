// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/source.h"

#include <optional>

namespace embedscope::formats {

/// Labels and metadata of a table whose numbers stand in another file.
struct RowLabels {
  std::filesystem::path path;
  std::vector<std::string> labels;  ///< one for each row, or for each of the first rows
  std::vector<std::int64_t> lines;  ///< where each stands, from 1; empty where there are none
  table::Metadata metadata;         ///< the other columns
  std::vector<Warning> warnings;
};

/// Reads labels for a table of `rows` rows, when the file has that many; those of the first `most`
/// rows. Beyond them lines are only counted, and looked through where that takes to find the column
/// of labels.
///
/// A NumPy array of texts; a Hugging Face vocabulary (`….json`, `…vocab.txt`), which may be shorter
/// because tables are padded: the rows beyond are named by their number; otherwise one label a
/// line, or tab-separated columns (the projector's metadata): then the first line names the
/// columns, unless there are exactly as many lines as rows; the label is the first column that is
/// not numeric, and the others become metadata. Blank lines are left out, unless only counting them
/// makes the file fit. Fields missing at the end of a line are empty, with a warning.
///
/// @param most  0 ≤ most.
/// @return nothing when the number of labels is not `rows`.
/// @throws Error FileAccess when the file cannot be opened.
std::optional<RowLabels> readLabelFile(const std::filesystem::path& path, std::int64_t rows,
                                       std::int64_t most);

/// The labels of a file with one label a line, or of the label column of metadata TSV; blank lines
/// left out. For lists that need not fit a table.
/// @throws Error FileAccess when the file cannot be opened.
std::vector<std::string> readLabelList(const std::filesystem::path& path);

/// How many labels a file holds, for messages: its filled lines.
std::int64_t labelCount(const std::filesystem::path& path);

}  // namespace embedscope::formats
