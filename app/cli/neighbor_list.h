// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/neighbors/row_ranking.h"
#include "core/table/vocabulary.h"

#include <nlohmann/json_fwd.hpp>

#include <span>
#include <string>
#include <string_view>

namespace embedscope::cli {

/// A list of {label, row, score}, in the order given.
nlohmann::ordered_json neighborsJson(const table::Vocabulary& labels,
                                     std::span<const neighbors::Neighbor> found);

/// The same as lines of a table. @param scoreName  head of the column of scores.
std::string neighborsText(const table::Vocabulary& labels, std::string_view scoreName,
                          std::span<const neighbors::Neighbor> found);

}  // namespace embedscope::cli
