// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/framework.h"

#include <algorithm>
#include <array>

namespace embedscope::formats {

namespace {

struct Names {
  Framework framework;
  std::string_view name;
  std::string_view title;
};

constexpr std::array kFrameworks = {Framework::PyTorch, Framework::Keras, Framework::NumPy};
constexpr std::array kNames = {Names{Framework::PyTorch, "pytorch", "PyTorch"},
                               Names{Framework::Keras, "keras", "Keras"},
                               Names{Framework::NumPy, "numpy", "NumPy"}};

const Names& namesOf(Framework framework) {
  return *std::ranges::find(kNames, framework, &Names::framework);
}

}  // namespace

std::span<const Framework> allFrameworks() {
  return kFrameworks;
}

std::string_view frameworkName(Framework framework) {
  return namesOf(framework).name;
}

std::string_view frameworkTitle(Framework framework) {
  return namesOf(framework).title;
}

std::optional<Framework> frameworkFromName(std::string_view name) {
  const auto found = std::ranges::find(kNames, name, &Names::name);
  return found == kNames.end() ? std::nullopt : std::optional(found->framework);
}

}  // namespace embedscope::formats
