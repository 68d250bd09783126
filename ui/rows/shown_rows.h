// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"
#include "ui/inspector/neighbor_finder.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace embedscope::rows {

class LazyView;

/// The rows that a view of some rows is about, and what they are in words.
struct ShownRows {
  std::vector<std::int64_t> rows;
  QString words;  ///< "37 selected rows", "the first 2,000 of 12,345 selected rows"

  bool operator==(const ShownRows&) const = default;
};

/// The selected rows of the current table; without any the chosen one with its neighbors; without
/// it the first rows of the table.
///
/// @param most  rows at most; the words tell when some are left out.
ShownRows rowsToShow(const document::Document& document, const inspector::NeighborFinder& finder,
                     std::int64_t most);

/// Lets a view become stale whenever rowsToShow may give others. All must outlive the view.
void followShownRows(LazyView& view, const document::Document& document,
                     const inspector::NeighborFinder& finder);

}  // namespace embedscope::rows
