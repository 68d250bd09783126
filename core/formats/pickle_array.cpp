// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/pickle_array.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace embedscope::formats {

namespace {

using Kind = PickleValue::Kind;

struct TypeCode {
  std::string_view code;
  NumberType type;
};

constexpr std::array kTypes = {
    TypeCode{"f8", NumberType::Float64}, TypeCode{"f4", NumberType::Float32},
    TypeCode{"f2", NumberType::Float16}, TypeCode{"i8", NumberType::Int64},
    TypeCode{"i4", NumberType::Int32},   TypeCode{"i2", NumberType::Int16},
    TypeCode{"i1", NumberType::Int8},    TypeCode{"u8", NumberType::UInt64},
    TypeCode{"u4", NumberType::UInt32},  TypeCode{"u2", NumberType::UInt16},
    TypeCode{"u1", NumberType::UInt8},   TypeCode{"b1", NumberType::Bool},
};

struct ElementType {
  NumberType type;
  bool isBigEndian = false;
};

/// numpy.dtype('f4', …) with a state (3, '<', …).
std::optional<ElementType> elementType(const Pickle& pickle, PickleRef object) {
  if (pickle.className(object) != "numpy.dtype") {
    return {};
  }
  const PickleValue& dtype = pickle[object];
  const PickleValue& arguments = pickle[dtype.parts[1]];
  if (arguments.parts.empty()) {
    return {};
  }
  const auto known = std::ranges::find(kTypes, pickle[arguments.parts[0]].text, &TypeCode::code);
  if (known == kTypes.end()) {
    return {};
  }
  bool isBigEndian = false;
  if (dtype.parts.size() > 2 && pickle[dtype.parts[2]].parts.size() > 1) {
    isBigEndian = pickle[pickle[dtype.parts[2]].parts[1]].text == ">";
  }
  return ElementType{known->type, isBigEndian};
}

}  // namespace

std::optional<Tensor> pickledArray(const Pickle& pickle, PickleRef object, std::string name,
                                   std::shared_ptr<const void> owner) {
  if (!pickle.className(object).ends_with("multiarray._reconstruct") ||
      pickle[object].parts.size() < 3) {
    return {};
  }
  // Version, shape, element type, whether columns come first, bytes.
  const PickleValue& state = pickle[pickle[object].parts[2]];
  if (state.kind != Kind::Sequence || state.parts.size() < 5) {
    return {};
  }
  const auto shape = pickle.integers(state.parts[1]);
  const auto element = elementType(pickle, state.parts[2]);
  const bool isFortran = pickle[state.parts[3]].integer != 0;
  const PickleValue& bytes = pickle[state.parts[4]];
  if (!shape || !element || bytes.kind != Kind::Bytes) {
    return {};
  }
  Tensor tensor;
  tensor.name = std::move(name);
  tensor.dtype = std::string(nameOf(element->type)) +
                 (element->isBigEndian && bytesOf(element->type) > 1 ? " (big-endian)" : "");
  tensor.shape = *shape;
  const auto item = static_cast<std::int64_t>(bytesOf(element->type));
  const auto count = valueCount(*shape);
  const auto needed = count ? base::checkedProduct(*count, item) : std::nullopt;
  if (shape->size() != 2 || !needed || *needed > static_cast<std::int64_t>(bytes.text.size())) {
    return tensor;
  }
  StridedRows rows;
  rows.first = bytes.text.data();
  rows.rowStride = item * (isFortran ? 1 : (*shape)[1]);
  rows.numbers = {element->type, element->isBigEndian, item * (isFortran ? (*shape)[0] : 1)};
  tensor.fill = stridedFill(rows, std::move(owner));
  return tensor;
}

}  // namespace embedscope::formats
