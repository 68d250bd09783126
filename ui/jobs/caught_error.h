// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

namespace embedscope::jobs {

/// The exception being handled, as a value that may cross threads. Call inside a catch block.
///
/// A base::Error stays as it is; lack of memory becomes InvalidArgument (a size does not fit), a
/// std::filesystem_error FileAccess, and anything else InvalidArgument with what it says.
base::Error caughtError() noexcept;

}  // namespace embedscope::jobs
