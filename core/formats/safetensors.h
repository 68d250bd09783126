// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/format.h"

namespace embedscope::formats {

/// safetensors: a JSON header and the bytes of its tensors. F64, F32, F16, BF16, integers and BOOL
/// are read; of several tensors the one called like an embedding, or the one that is named.
/// `model.safetensors.index.json` leads to the file that holds it.
///
/// Tokens of model2vec that share rows get each its own (model2vec.h).
///
/// Labels come from the file itself (ours have them in `__metadata__`), else from tokenizer.json,
/// vocab.json or vocab.txt beside it. F32 stays in the mapped file when it lies at a multiple of 4
/// bytes. Refused is what the reference implementation refuses: tensors that overlap, leave gaps,
/// lie outside the file or do not have the size of their shape, and headers over 100 MB.
///
/// Written as F32, F16 or BF16 under the name `embeddings`, with the labels as a JSON list in
/// `__metadata__`. Source: huggingface/safetensors, README.md and tensor.rs.
extern const Format kSafetensorsFormat;

/// True when a file begins as one: a plausible length, then the header's brace.
bool looksLikeSafetensors(std::string_view text);

/// True for `….safetensors.index.json`, by its content.
bool looksLikeSafetensorsIndex(std::string_view text);

}  // namespace embedscope::formats
