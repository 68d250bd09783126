// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/format.h"

namespace embedscope::formats {

/// CSV: a header "label,0,1,…", then one row a line; labels quoted as RFC 4180 asks.
///
/// Holds every label (blanks, commas, quotes, line ends) and every bit of every number.
extern const Format kCsvFormat;

}  // namespace embedscope::formats
