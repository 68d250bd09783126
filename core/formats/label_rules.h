// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/embedding_table.h"

#include <string>
#include <string_view>
#include <vector>

namespace embedscope::formats {

/// What a format cannot hold in a label.
struct LabelRules {
  std::string_view forbidden;    ///< characters that separate labels from something else
  std::string_view forbiddenIs;  ///< those characters in words: "blanks"
  char replacement = '_';
  bool allowsEmpty = false;
  bool holdsBytes = true;  ///< also those that are not UTF-8; else they are written as shownUtf8
};

/// The labels of a vocabulary, changed as little as the rules ask for.
///
/// Every forbidden character becomes the replacement, an empty label becomes one replacement
/// character, and bytes that are not UTF-8 are written as \xNN where the format holds only text.
/// Where a changed label would be equal to another one, "_2", "_3", … is appended until it is not,
/// so that rows that could be told apart still can be. Labels that break no rule stay as they are,
/// also when they occur more than once. Deterministic.
std::vector<std::string> writableLabels(const table::Vocabulary& vocabulary,
                                        const LabelRules& rules);

/// One sentence for each rule that is broken, with the count and the first examples.
std::vector<std::string> labelLosses(const table::Vocabulary& vocabulary, const LabelRules& rules,
                                     std::string_view formatTitle);

/// What is lost when a format holds labels by these rules and no metadata.
std::vector<std::string> lossesWithoutMetadata(const table::EmbeddingTable& table,
                                               const LabelRules& rules,
                                               std::string_view formatTitle);

/// word2vec text and binary: the label ends at the first blank.
LabelRules word2vecLabelRules();

/// One label a line: label files and metadata of the projector.
LabelRules lineLabelRules(bool allowsEmpty);

/// CSV: quotes hold everything.
LabelRules anyLabelRules();

/// JSON, and texts of NumPy: everything that is UTF-8.
LabelRules anyTextRules();

}  // namespace embedscope::formats
