// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/glove_text.h"

#include "core/formats/text_table.h"

namespace embedscope::formats {

Preview previewGloveText(const Source& source) {
  return previewText(source, blankSeparatedLayout(source, FormatId::GloveText));
}

std::optional<LoadedTable> readGloveText(const Source& source, const base::TaskContext& context) {
  return readText(source, blankSeparatedLayout(source, FormatId::GloveText), context);
}

}  // namespace embedscope::formats
