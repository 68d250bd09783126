// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/output_files.h"
#include "core/formats/source.h"

#include <optional>

namespace embedscope::formats {

/// word2vec binary: a line "<rows> <dimension>", then for every row its word, a blank, the numbers
/// as float32, and perhaps a line feed (word2vec.c writes it, gensim does not; both are read).
Preview previewWord2VecBinary(const Source& source);

/// Two passes: the first finds every row's words and numbers by length, the second copies them.
///
/// @throws Error BadData with the byte: the file ends before the last promised row, or a word does
///         not end. Bytes after the last row are a warning.
std::optional<LoadedTable> readWord2VecBinary(const Source& source,
                                              const base::TaskContext& context);

/// As gensim writes it, without line feeds; labels as by word2vecLabelRules().
/// @return false when stopped.
bool writeWord2VecBinary(const table::EmbeddingTable& table, const std::filesystem::path& path,
                         OutputFiles& files, const base::TaskContext& context);

}  // namespace embedscope::formats
