// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/format.h"

namespace embedscope::formats {

/// word2vec text: a line "<rows> <dimension>", then a word and its numbers on every line
/// (word2vec.c, gensim, fastText .vec).
///
/// Written with labels as by word2vecLabelRules(), numbers as the shortest texts that read back bit
/// by bit.
extern const Format kWord2VecTextFormat;

}  // namespace embedscope::formats
