// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/task_context.h"
#include "core/data/data_table.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace embedscope::data {

/// How a delimited text file is written.
struct Dialect {
  std::string delimiter = ",";  ///< one character, or "::"
  char quote = '"';             ///< '"' or '\''
  bool header = true;           ///< the first record names the columns
  bool decimalComma = false;    ///< "1,5" is a number; cells are rewritten with a point

  bool operator==(const Dialect&) const = default;
};

struct DataWarning {
  base::Place place;
  std::string text;
};

struct LoadedData {
  DataTablePtr table;
  Dialect dialect;
  std::vector<DataWarning> warnings;  ///< ragged rows (padded or cut), renamed columns, …
};

/// Finds separator, quote and header by the first records (candidates: , ; tab | ::).
///
/// @throws Error BadData when the file is empty; FileAccess when it cannot be read.
Dialect detectDialect(const std::filesystem::path& path);

/// Reads a delimited file: RFC 4180 quoting, CRLF and LF, UTF-8 with or without BOM, blank lines
/// skipped.
///
/// @param dialect  detected when not given.
/// @return nothing when stopped.
/// @throws Error BadData with the line: empty file, quote never closed, UTF-16. FileAccess.
std::optional<LoadedData> readDelimited(const std::filesystem::path& path,
                                        const std::optional<Dialect>& dialect = {},
                                        const base::TaskContext& context = {});

}  // namespace embedscope::data
