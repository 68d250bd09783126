// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/source.h"

namespace embedscope::formats {

/// Finds out what a file is, by its first bytes; by its name only where bytes cannot tell.
///
/// @throws Error BadData: the file is empty, or of a kind that is not read, which is then named
///         together with what to do.
FormatId detectFormat(const Source& source);

/// Refuses a Git LFS pointer, which may have any name. @throws Error BadData.
void refuseLfsPointer(const Source& source);

/// Refuses what is known but not read (compressed files, HDF5, GGUF, a web page, …), by name.
///
/// @throws Error BadData. Returns when the bytes are none of these.
void refuseForeign(const Source& source);

}  // namespace embedscope::formats
