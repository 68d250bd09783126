// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/format.h"

namespace embedscope::formats {

/// word2vec binary: a line "<rows> <dimension>", then for every row its word, a blank, the numbers
/// as float32, and perhaps a line feed (word2vec.c writes it, gensim does not; both are read).
///
/// Read in two passes: the first finds every row's words and numbers by length, the second copies
/// them. Refused with the byte: a file that ends before the last promised row, a word that does not
/// end. Bytes after the last row are a warning.
///
/// Written as gensim does, without line feeds; labels as by word2vecLabelRules().
extern const Format kWord2VecBinaryFormat;

}  // namespace embedscope::formats
