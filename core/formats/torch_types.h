// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/number_type.h"

#include <optional>
#include <string>
#include <string_view>

namespace embedscope::formats {

/// An element type of PyTorch.
struct TorchType {
  std::string name;                ///< "float32", "complex64", "QInt8"
  std::optional<NumberType> type;  ///< nothing: not numbers that are read
  std::size_t itemBytes = 0;       ///< 0: not known
};

/// Of a storage class, by its name: "FloatStorage", "torch.cuda.HalfStorage".
TorchType torchTypeOfStorage(std::string_view className);

/// Of a torch.dtype, by its name: "torch.float32".
TorchType torchTypeOfDtype(std::string_view name);

}  // namespace embedscope::formats
