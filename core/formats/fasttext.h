// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/format.h"

namespace embedscope::formats {

/// fastText models, `.bin` and quantized `.ftz`: the vector of every word, composed of its own row
/// and those of its character n-grams, as `fasttext print-word-vectors` composes it. Counts of
/// words become metadata; of supervised models the words are read, not the labels of classes.
///
/// The table carries the model's n-grams (EmbeddingTable::subwords), so that any word has a vector.
/// Words and matrix stay in the mapped file; composing is parallel.
extern const Format kFastTextFormat;

}  // namespace embedscope::formats
