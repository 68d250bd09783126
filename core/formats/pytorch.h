// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/format.h"

namespace embedscope::formats {

/// PyTorch files (.pt, .pth, .bin, .th), zip archives and the older form: tensors of state_dicts,
/// checkpoints, whole modules, found wherever they are nested and named by their path, such as
/// "model.embedding.weight". Any strides and offsets, shared storages, either byte order; float64,
/// float32, float16, bfloat16, integers and bool.
///
/// The pickle is read as data (pickle.h): nothing that it names is ever run. Words come from a list
/// of texts, or a dictionary from texts to numbers, in the file that has as many entries as the
/// table has rows; else from a file beside it. Rows that lie in the file as a table has them stay
/// mapped. Refused: storages that are shorter than their tensors, anything out of bounds.
/// Source: torch 1.13, serialization.py and _utils.py.
extern const Format kPyTorchFormat;

/// True for the older form, which begins with a pickle of PyTorch's magic number.
bool looksLikeLegacyPyTorch(std::string_view text);

}  // namespace embedscope::formats
