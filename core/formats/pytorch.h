// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/format.h"

namespace embedscope::formats {

/// Files of torch.save: state_dicts, checkpoints, bare tensors and whole modules, as a zip archive
/// (version 1.6 on) or in the older container. Nothing in them is run (readPickle).
///
/// Tensors are named by where they stand: "model.embedding.weight". Read are all number types but
/// complex and quantized ones, any offset and strides, either byte order; several tensors may share
/// a storage. Labels are words that stand in the same file, a list or dict of the table's size
/// (PickleWords), else from a file beside it. NumPy arrays in it are tensors, too.
///
/// Little-endian float32 rows that follow each other stay in the mapped file when they lie at a
/// multiple of 4 bytes. Refused: programs (TorchScript), two archives in one, tensors that reach
/// beyond their storage; sparse and quantized tensors, and those that contradict themselves, are
/// left out with a warning when there are others.
extern const Format kPyTorchFormat;

/// True for the older container, which begins with a pickle of PyTorch's magic number.
bool looksLikeLegacyPyTorch(std::string_view text);

}  // namespace embedscope::formats
