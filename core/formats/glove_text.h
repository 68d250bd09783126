// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/format.h"

namespace embedscope::formats {

/// GloVe text: a word and its numbers on every line, no header (the GloVe tool, published vectors).
///
/// Written with labels as by word2vecLabelRules(), so that programs that split at blanks read it.
extern const Format kGloveTextFormat;

}  // namespace embedscope::formats
