// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/output_files.h"
#include "core/formats/source.h"

#include <optional>

namespace embedscope::formats {

/// word2vec text: a line "<rows> <dimension>", then a word and its numbers on every line
/// (word2vec.c, gensim, fastText .vec).
Preview previewWord2VecText(const Source& source);
std::optional<LoadedTable> readWord2VecText(const Source& source, const base::TaskContext& context);

/// Labels as by word2vecLabelRules(), numbers as the shortest texts that read back bit by bit.
/// @return false when stopped.
bool writeWord2VecText(const table::EmbeddingTable& table, const std::filesystem::path& path,
                       OutputFiles& files, const base::TaskContext& context);

}  // namespace embedscope::formats
