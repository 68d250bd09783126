// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/source.h"
#include "core/formats/text_lines.h"
#include "core/formats/text_row.h"

#include <optional>
#include <vector>

namespace embedscope::formats {

/// Where the rows of a text table lie in its file.
struct TextBody {
  std::string_view text;
  std::int64_t linesBefore = 0;
};

/// The rows of a text table as they stand in the file.
struct TextRows {
  base::RowMatrix values;                ///< n × d
  std::vector<std::string_view> labels;  ///< n, parts of the mapped file; empty when absent
  LineIndex index;
  std::vector<Warning> warnings;
};

/// Parses every row into the matrix, in parallel.
///
/// An unfinished last line (no line end, and too few values or a broken number) is left out with
/// a warning. Memory for the matrix is taken only when the text is long enough to fill it.
///
/// @return nothing when stopped.
/// @throws Error BadData with the line: a ragged row, something that is no number, no rows at all.
/// Determinism: same bits and same error for any number of threads. Cost: two passes.
std::optional<TextRows> readRows(const Source& source, TextBody body, const RowShape& shape,
                                 const base::TaskContext& context);

/// What the first lines of a text table tell.
struct TextSample {
  std::vector<std::string_view> lines;  ///< up to 1,000 rows from up to 1 MB, no cut line
  std::size_t bytes = 0;                ///< their length with line ends
};

TextSample sampleRows(std::string_view text);

/// How many rows a text holds, extrapolated from its sample; exact when the sample is all of it.
std::int64_t estimatedRows(std::string_view text, const TextSample& sample);

}  // namespace embedscope::formats
