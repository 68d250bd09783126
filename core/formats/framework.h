// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace embedscope::formats {

/// What a snippet makes of the vectors that it has read.
enum class Framework {
  PyTorch,  ///< torch.nn.Embedding.from_pretrained(vectors, freeze=True)
  Keras,    ///< keras.layers.Embedding that holds them, not trainable
  NumPy,    ///< the array itself
};

std::span<const Framework> allFrameworks();

/// "pytorch", "keras", "numpy"
std::string_view frameworkName(Framework framework);

/// "PyTorch", "Keras", "NumPy"
std::string_view frameworkTitle(Framework framework);

std::optional<Framework> frameworkFromName(std::string_view name);

}  // namespace embedscope::formats
