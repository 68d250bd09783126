// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/row_format.h"
#include "core/formats/source.h"
#include "core/formats/text_arena.h"
#include "core/formats/text_lines.h"

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
  base::RowMatrix values;                               ///< n × d
  std::vector<std::string_view> labels;                 ///< n, or empty when absent
  std::vector<std::vector<std::string_view>> metadata;  ///< columns of n
  std::vector<TextArena> texts;                         ///< holds the labels and the metadata
  std::vector<std::int64_t> fileRows;  ///< number of each row in the file; empty: all of them
  LineIndex index;
  std::vector<Warning> warnings;
  SkippedLines skipped;

  std::int64_t fileRow(std::int64_t row) const {
    return fileRows.empty() ? row : fileRows[static_cast<std::size_t>(row)];
  }
};

/// Parses rows into the matrix, in parallel: all of them, or those that the options ask for
/// (RowChoice; where rows hold no labels, by number alone).
///
/// An unfinished last row (no line end, and too few values or a broken number) is left out with
/// a warning; other bad ones are left out where the options say so. Memory for the matrix is taken
/// only when the text is long enough to fill it; of rows that are not wanted none is kept, and of
/// the file only what is being read.
///
/// @return nothing when stopped.
/// @throws Error BadData with the line: a ragged row, something that is no number, no rows at all.
/// Determinism: same bits and same error for any number of threads. Cost: two passes.
std::optional<TextRows> readRows(const Source& source, TextBody body, const RowFormat& format,
                                 const base::TaskContext& context);

/// What the first lines of a text table tell.
struct TextSample {
  std::vector<std::string_view> lines;  ///< up to 1,000 records from up to 1 MB, no cut one
  std::size_t bytes = 0;                ///< their length with line ends
};

TextSample sampleRows(std::string_view text, const RecordCut& cut = {});

/// How many rows a text of `bytes` bytes holds, extrapolated from its sample; exact when the sample
/// is all of it.
std::int64_t estimatedRows(std::int64_t bytes, const TextSample& sample);

}  // namespace embedscope::formats
