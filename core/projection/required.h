// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <string>

namespace embedscope::projection {

/// @throws Error InvalidArgument with this sentence unless `holds`.
inline void require(bool holds, const std::string& sentence) {
  if (!holds) {
    throw base::Error(base::ErrorCode::InvalidArgument, sentence);
  }
}

}  // namespace embedscope::projection
