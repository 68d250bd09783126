// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/label_file.h"

#include <optional>
#include <vector>

namespace embedscope::formats {

/// The label files that may belong to a table, those that exist, the most specific name first:
/// `stem.labels.txt`, `stem.metadata.tsv`, `stem.tsv`, `stem.txt`, for `X_tensors` also
/// `X_labels.tsv` and `X_metadata.tsv`, then `labels.txt`, `labels.tsv`, `words.txt`, `words.npy`,
/// `vocab.txt`, `metadata.tsv`, and what else is called `metadata*.tsv`.
std::vector<std::filesystem::path> labelFilesBeside(const std::filesystem::path& table);

/// The labels of a table without labels of its own: from the file the caller named, else from the
/// first one that fits of the suggested file, those beside the table (labelFilesBeside) and the
/// Hugging Face vocabularies there; nothing when none does.
///
/// @param rows     all rows of the table, also when fewer are wanted.
/// @param most     how many labels are wanted, the first ones; the others are not read.
/// @param leftOut  gets a warning for every file beside the table that cannot be read as labels;
///                 it might have belonged to another one.
/// @throws Error BadData when the named file cannot be read or does not fit.
std::optional<RowLabels> findRowLabels(const Source& source, std::int64_t rows, std::int64_t most,
                                       std::vector<Warning>& leftOut);

}  // namespace embedscope::formats
