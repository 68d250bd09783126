// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/source.h"

#include <optional>

namespace embedscope::formats {

/// True when the content of a file has to be unpacked before it can be read: gzip, or a zip archive
/// that is neither .npz nor PyTorch.
/// @throws Error BadData when a zip archive is damaged.
bool isPacked(const Source& source);

enum class UnpackPart { Whole, Beginning };

/// The content of a packed file as a source of its own.
///
/// gzip may consist of several streams one after the other; the length that it states at its end
/// is checked but never trusted. Of a zip archive one member is taken: the one that
/// ReadOptions::tensor names, else the largest, with a warning when there are others.
///
/// The content goes to a file on disk that has no name (base::TemporaryFile) and is mapped, so that
/// it needs no memory beside the table. Progress is that of the packed bytes.
///
/// @param part  Beginning: the first 4 MB, enough for a preview.
/// @return nothing when stopped.
/// @throws Error BadData: data that ends early (unless bad lines are to be skipped: then what was
///         there is taken, with a warning), that is damaged or grows out of all proportion; no
///         such member. FileAccess: no room for the content.
std::optional<Source> unpacked(const Source& packed, UnpackPart part,
                               const base::TaskContext& context);

}  // namespace embedscope::formats
