// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace embedscope::define {

/// Edits of the same group that follow each other become one undo step (steps of a spin box).
enum class EditGroup { None, Size, MaxNorm, NormType };

}  // namespace embedscope::define
