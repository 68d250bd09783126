// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/label_search.h"
#include "core/formats/row_checks.h"

#include <optional>
#include <span>

namespace embedscope::formats {

/// A vocabulary and metadata for numbers that come without labels.
struct Naming {
  table::Vocabulary vocabulary;
  table::Metadata metadata;
};

/// Names the first `wanted` of `rows` rows: from a label file (findRowLabels), else "0", "1", …
/// with a warning. What is odd about the labels goes into the report.
/// @return only some of the labels when stopped: ask the context before using them.
Naming nameRows(const Source& source, std::int64_t rows, std::int64_t wanted, ReadReport& report,
                const base::TaskContext& context);

/// The same for rows of which only some were read.
/// @param chosen  their numbers in the file, each 0 ≤ number < rows.
Naming nameChosenRows(const Source& source, std::int64_t rows, std::span<const std::int64_t> chosen,
                      ReadReport& report, const base::TaskContext& context);

/// The same for a preview: the first labels, the file they come from, and the warning.
void previewNames(const Source& source, std::int64_t rows, Preview& preview);

/// The first labels and the warnings of labels that are known.
void addNames(const RowLabels& labels, Preview& preview);

/// The first `count` values of every column.
table::Metadata firstOf(const table::Metadata& metadata, std::int64_t count);

}  // namespace embedscope::formats
