// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/pickle.h"
#include "core/formats/tensor.h"

#include <memory>

namespace embedscope::formats {

/// The NumPy array that an object of a pickle is, of numbers, its size checked.
///
/// @param owner  keeps the pickle and its bytes alive as long as the tensor is read.
/// @return nothing for everything else; a tensor without a way to its rows when it is no table.
std::optional<Tensor> pickledArray(const Pickle& pickle, PickleRef object, std::string name,
                                   std::shared_ptr<const void> owner);

}  // namespace embedscope::formats
