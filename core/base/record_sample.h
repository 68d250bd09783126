// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/record_scanner.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope::base {

using SampledRecords = std::vector<std::vector<std::string>>;

/// The first records of a text, cell by cell: at most 500 of them from the first 256 KB, without
/// one that may have been cut there.
SampledRecords sampleRecords(std::string_view text, const RecordSyntax& syntax);

/// The delimiter that cuts the first records into the same number of fields (at least two) most
/// often; of equals the one with more fields, then the earlier candidate; the first candidate when
/// none cuts at all.
///
/// @param candidates  not empty.
std::string likeliestDelimiter(std::string_view text, char quote,
                               std::span<const std::string_view> candidates);

}  // namespace embedscope::base
