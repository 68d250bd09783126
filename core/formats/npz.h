// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/format.h"

namespace embedscope::formats {

/// NumPy archives: a zip of arrays, stored (savez) or deflated (savez_compressed). Of several
/// arrays the one called like an embedding is read, or the one that is named. Labels come from an
/// array of texts in it (words, vocab, labels, …) with as many elements as the table has rows.
///
/// A stored float32 array stays in the mapped file when it lies at a multiple of 4 bytes, and only
/// then its checksum is not looked at; others are copied, deflated ones inflated straight into the
/// table. Refused: see ZipArchive; deflated arrays out of all proportion; arrays of Python objects,
/// which are told and left out.
///
/// Written with the table as `vectors`, float32 or float16, and its labels as `words`, stored, at a
/// multiple of 64 bytes; numpy.load reads them without allow_pickle.
extern const Format kNpzFormat;

}  // namespace embedscope::formats
