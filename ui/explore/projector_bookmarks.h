// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/explore/saved_view.h"

#include <cstdint>
#include <vector>

class QJsonArray;

namespace embedscope::explore {

/// Bookmarks of the Embedding Projector, an array of its states, as views of a table.
///
/// What has nothing like it here is left out: cameras, the steps of a t-SNE, regular expressions
/// but for those that mean one label ("^bad$").
///
/// @param rows, dimension  of the table.
/// @throws Error BadData: a state that is none, or that selects rows that the table does not have.
std::vector<SavedView> viewsFromBookmarks(const QJsonArray& states, std::int64_t rows,
                                          std::int64_t dimension);

}  // namespace embedscope::explore
