// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/torch_types.h"

#include <algorithm>
#include <array>

namespace embedscope::formats {

namespace {

struct Known {
  std::string_view storage;  ///< its class is called this + "Storage"; empty when there is none
  std::string_view dtype;
  std::optional<NumberType> type;
  std::size_t itemBytes = 0;
};

constexpr std::array<Known, 16> kKnown = {Known{"Double", "float64", NumberType::Float64, 8},
                                          Known{"Float", "float32", NumberType::Float32, 4},
                                          Known{"Half", "float16", NumberType::Float16, 2},
                                          Known{"BFloat16", "bfloat16", NumberType::BFloat16, 2},
                                          Known{"Long", "int64", NumberType::Int64, 8},
                                          Known{"Int", "int32", NumberType::Int32, 4},
                                          Known{"Short", "int16", NumberType::Int16, 2},
                                          Known{"Char", "int8", NumberType::Int8, 1},
                                          Known{"Byte", "uint8", NumberType::UInt8, 1},
                                          Known{"Bool", "bool", NumberType::Bool, 1},
                                          Known{"ComplexFloat", "complex64", {}, 8},
                                          Known{"ComplexDouble", "complex128", {}, 16},
                                          Known{"Untyped", "untyped", {}, 1},
                                          Known{"", "uint16", NumberType::UInt16, 2},
                                          Known{"", "uint32", NumberType::UInt32, 4},
                                          Known{"", "uint64", NumberType::UInt64, 8}};

TorchType typeOf(const Known* known, std::string_view name) {
  return known == kKnown.end()
             ? TorchType{std::string(name), {}, 0}
             : TorchType{std::string(known->dtype), known->type, known->itemBytes};
}

}  // namespace

TorchType torchTypeOfStorage(std::string_view className) {
  constexpr std::string_view kEnding = "Storage";
  std::string_view name = className.substr(className.rfind('.') + 1);
  if (name.ends_with(kEnding)) {
    name.remove_suffix(kEnding.size());
  }
  if (name.starts_with('_')) {  // _UntypedStorage of version 1.11
    name.remove_prefix(1);
  }
  return typeOf(name.empty() ? kKnown.end() : std::ranges::find(kKnown, name, &Known::storage),
                name);
}

TorchType torchTypeOfDtype(std::string_view name) {
  const std::string_view last = name.substr(name.rfind('.') + 1);
  return typeOf(std::ranges::find(kKnown, last, &Known::dtype), last);
}

}  // namespace embedscope::formats
