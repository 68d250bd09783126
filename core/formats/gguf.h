// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/format.h"

namespace embedscope::formats {

/// GGUF models of llama.cpp, versions 2 and 3: `token_embd.weight` with its tokens, or the tensor
/// that is named. Plain numbers and blocks of Q4_0 to Q8_K, IQ4_NL and IQ4_XS (gguf_blocks.h).
///
/// Tokens keep their spelling ("▁the", "Ġthe"); their kind and score become metadata. float32 stays
/// in the mapped file; blocks are decoded in parallel. Refused: vocabularies without tensors, and
/// types that need code books, by name.
extern const Format kGgufFormat;

}  // namespace embedscope::formats
