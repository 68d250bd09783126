// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/record_scanner.h"
#include "core/data/delimited.h"

#include <string_view>

namespace embedscope::data {

/// A delimited text stripped of what stands before the first record.
struct TextStart {
  std::string_view body;          ///< without BOM and without Excel's `sep=` line
  std::string declaredDelimiter;  ///< from the `sep=` line; empty when there is none
  std::int64_t lineOffset = 0;    ///< lines left out before the body
};

/// @throws Error BadData when the text is empty, only blanks, or UTF-16.
TextStart skipTextStart(std::string_view text, const std::filesystem::path& path);

/// How a dialect cuts its text into fields.
base::RecordSyntax syntaxOf(const Dialect& dialect);

/// Finds out how a text is written, from its first records.
///
/// The separator is the one that cuts the records into the same number of fields (at least two)
/// most often; of equals the one with more fields, then the earlier of , ; tab | ::. Fields are in
/// single quotes when some are wholly enclosed in them and none in double quotes. The first record
/// is a header unless it holds a number or a text that its column repeats below; numbers that
/// count the columns, as in `label,0,1,2`, are names.
Dialect detectDialectOf(const TextStart& start);

}  // namespace embedscope::data
