// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/safetensors_header.h"
#include "core/formats/tensor.h"

#include <optional>

namespace embedscope::formats {

/// The table of a model2vec model whose vocabulary is quantized: several tokens share a row of
/// `embeddings` [k, d]; `mapping` [n] tells which, and `weights` [n], if there are any, scale it.
/// The vector of token i is embeddings[mapping[i]] · weights[i], rounded once to float32.
///
/// @param embeddings  the tensor of that name, with its numbers in the source's file as `rows`
///                    tells.
/// @return nothing when the file has no such tensors beside it: then its rows are the vectors.
/// @throws Error BadData: a mapping to a row that there is not, or as many weights as do not fit.
/// Source: MinishLab/model2vec, model2vec/model.py.
std::optional<Tensor> model2vecTable(const Source& source, const SafetensorsHeader& header,
                                     const Tensor& embeddings, const StridedRows& rows);

}  // namespace embedscope::formats
