// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/source.h"

#include <optional>

namespace embedscope::formats {

/// GloVe text: a word and its numbers on every line, no header (the GloVe tool, published vectors).
Preview previewGloveText(const Source& source);
std::optional<LoadedTable> readGloveText(const Source& source, const base::TaskContext& context);

}  // namespace embedscope::formats
