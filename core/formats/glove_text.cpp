// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/glove_text.h"

#include "core/formats/text_table.h"

namespace embedscope::formats {

namespace {

Preview previewGloveText(const Source& source) {
  return previewText(source, blankSeparatedLayout(source, FormatId::GloveText));
}

std::optional<LoadedTable> readGloveText(const Source& source, const base::TaskContext& context) {
  return readText(source, blankSeparatedLayout(source, FormatId::GloveText), context);
}

}  // namespace

const Format kGloveTextFormat = {
    .info = {FormatId::GloveText, "glove-text", "GloVe text", ".txt",
             "A word and its numbers on every line, no header", true, false},
    .preview = previewGloveText,
    .read = readGloveText};

}  // namespace embedscope::formats
