// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/embedding_table.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope::cli {

/// Up to `count` labels that a person may have meant, closest first: by the number of letters to
/// insert, delete, replace or swap (letter case A–Z costs nothing), at most a third of the label.
/// Equally close labels in order of rows.
std::vector<std::string> closestLabels(const table::Vocabulary& vocabulary, std::string_view label,
                                       std::size_t count);

/// "there is no label "…" in TABLE", with the closest labels.
std::string unknownLabelText(const table::EmbeddingTable& table, std::string_view label);

/// The same of a label whose vector is composed of its subwords, which is told instead.
std::string composedLabelText(const table::EmbeddingTable& table, std::string_view label);

/// The row of a label. @throws Error BadData when it is unknown, with the closest labels.
std::int64_t rowOfLabel(const table::EmbeddingTable& table, std::string_view label);

}  // namespace embedscope::cli
