// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace embedscope::formats {

/// True for a class or function that a file of tensors has no need to name, and that could do harm
/// where such a file is loaded with Python: anything of the modules os, sys, subprocess, …, and of
/// the built-in ones all but plain types.
///
/// Nothing is called in any case; but a file that names these was made to do harm.
bool isForbiddenGlobal(std::string_view module, std::string_view name);

}  // namespace embedscope::formats
