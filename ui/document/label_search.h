// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "core/table/vocabulary.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace embedscope::document {

/// What a search found: how many labels match, and the first of them.
struct SearchResult {
  std::int64_t count = 0;
  std::vector<std::int64_t>
      rows;  ///< labels equal to the query, then starting with it, then others
};

/// Finds the labels that contain a text, in capital or small letters.
///
/// @param query  not empty. Letters are compared by Unicode case folding.
/// @param limit  rows kept at most; `count` counts all.
/// @return rows of the same kind (equal, starting, containing) in rising order, for any number of
///         threads; empty when stopped.
/// Cost O(bytes of all labels), parallel.
SearchResult searchLabels(const table::Vocabulary& vocabulary, const QString& query,
                          std::size_t limit, const base::TaskContext& context = {});

}  // namespace embedscope::document
