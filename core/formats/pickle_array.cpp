// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/pickle_array.h"

#include "core/base/text.h"
#include "core/formats/byte_progress.h"
#include "core/formats/latin1.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;

constexpr std::size_t kMostAxes = 32;

struct NamedType {
  std::string_view name;
  NumberType type;
};

constexpr std::array<NamedType, 12> kTypes = {
    NamedType{"f8", NumberType::Float64}, NamedType{"f4", NumberType::Float32},
    NamedType{"f2", NumberType::Float16}, NamedType{"i8", NumberType::Int64},
    NamedType{"i4", NumberType::Int32},   NamedType{"i2", NumberType::Int16},
    NamedType{"i1", NumberType::Int8},    NamedType{"u8", NumberType::UInt64},
    NamedType{"u4", NumberType::UInt32},  NamedType{"u2", NumberType::UInt16},
    NamedType{"u1", NumberType::UInt8},   NamedType{"b1", NumberType::Bool}};

[[noreturn]] void refuse(const std::string& sentence) {
  throw Error(ErrorCode::BadData, sentence);
}

bool isNumpy(std::string_view name, std::string_view what) {
  return name.starts_with("numpy.") && name.ends_with(what);
}

/// Element type and byte order, as numpy.dtype('f4', …) with the state (3, '<', …) says.
void readType(const Pickle& pickle, PickleValue value, PickledArray& array) {
  if (pickle.classOf(value) != "numpy.dtype") {
    refuse("an array without an element type");
  }
  const PickleObject& object = pickle.object(value);
  const std::span<const PickleValue> args = pickle.items(object.args);
  if (args.empty() || !args.front().isText()) {
    refuse("an array without an element type");
  }
  std::string_view name = args.front().text();
  if (!name.empty() && std::string_view("<>|=").find(name.front()) != std::string_view::npos) {
    array.isBigEndian = name.front() == '>';
    name.remove_prefix(1);
  }
  const std::span<const PickleValue> state = pickle.items(object.state);
  array.isBigEndian = array.isBigEndian || (state.size() > 1 && state[1].isText(">"));
  array.description = base::repairedUtf8(name.substr(0, 16));
  const auto found = std::ranges::find(kTypes, name, &NamedType::name);
  if (found != kTypes.end()) {
    array.type = found->type;
  }
}

/// Bytes as they are, or what _codecs.encode(text, 'latin1') would make of its text.
PickleValue dataOf(const Pickle& pickle, PickleValue value) {
  if (pickle.classOf(value) == "_codecs.encode") {
    const std::span<const PickleValue> args = pickle.items(pickle.object(value).args);
    return args.empty() ? PickleValue() : args.front();
  }
  return value;
}

std::size_t byteCount(PickleValue data) {
  if (data.is(PickleKind::Bytes)) {
    return data.text().size();
  }
  const std::optional<std::size_t> count =
      data.is(PickleKind::Text) ? latin1Size(data.text()) : std::nullopt;
  if (!count) {
    refuse("an array whose data are no bytes");
  }
  return *count;
}

/// The bytes that the shape needs; they fit 63 bits, also as float32.
std::int64_t neededBytes(const PickledArray& array) {
  const auto item = static_cast<std::int64_t>(bytesOf(*array.type));
  const std::optional<std::int64_t> values = valueCount(array.shape);
  if (!values || !base::checkedProduct(*values, std::max<std::int64_t>(item, 4))) {
    refuse(fmt::format("shape {} has more values than can be counted", shapeText(array.shape)));
  }
  return *values * item;
}

/// Bytes that are written as text can only be read one after the other.
TensorFill textFill(const StridedRows& rows, std::string_view text, std::size_t rowBytes,
                    const std::shared_ptr<const void>& owner) {
  return [rows, text, rowBytes, owner](base::RowMatrix& out, const base::TaskContext& context) {
    std::string_view rest = text;
    std::string bytes;
    ByteProgress progress(context, rowBytes * static_cast<std::size_t>(out.rows()));
    for (Eigen::Index row = 0; row < out.rows(); ++row) {
      if (progress.stopRequested()) {
        return false;
      }
      bytes.clear();
      takeLatin1(rest, rowBytes, bytes);
      readNumbers(bytes.data(), rows.numbers,
                  {out.row(row).data(), static_cast<std::size_t>(out.cols())});
      progress.add(rowBytes);
    }
    return true;
  };
}

/// The same where rows do not stand together: all of it is decoded before.
TensorFill decodedTextFill(const StridedRows& rows, std::string_view text, std::size_t size,
                           const std::shared_ptr<const void>& owner) {
  return [rows, text, size, owner](base::RowMatrix& out, const base::TaskContext& context) {
    std::string_view rest = text;
    std::string bytes;
    bytes.reserve(size);
    takeLatin1(rest, size, bytes);
    StridedRows decoded = rows;
    decoded.first = bytes.data();
    return stridedFill(decoded)(out, context);
  };
}

StridedRows stridesOf(const PickledArray& array) {
  const auto item = static_cast<std::int64_t>(bytesOf(*array.type));
  StridedRows rows;
  rows.rowStride = array.isFortran ? item : item * array.shape[1];
  rows.numbers = {*array.type, array.isBigEndian, array.isFortran ? item * array.shape[0] : item};
  return rows;
}

/// Where in the source's file the data lie, if they do.
std::optional<std::size_t> offsetIn(const Source& source, std::string_view data) {
  const std::string_view text = source.text();
  const std::less<const char*> before;
  if (before(data.data(), text.data()) || !before(data.data(), text.data() + text.size())) {
    return {};
  }
  return static_cast<std::size_t>(data.data() - text.data());
}

template <typename Number>
Number numberAt(const char* at, bool isBigEndian) {
  std::array<char, sizeof(Number)> bytes{};
  std::copy_n(at, sizeof(Number), bytes.begin());
  if (isBigEndian) {
    std::ranges::reverse(bytes);
  }
  Number value;
  std::memcpy(&value, bytes.data(), sizeof value);
  return value;
}

std::string numberText(const char* at, NumberType type, bool isBigEndian) {
  switch (type) {
    case NumberType::Int64:
      return std::to_string(numberAt<std::int64_t>(at, isBigEndian));
    case NumberType::Int32:
      return std::to_string(numberAt<std::int32_t>(at, isBigEndian));
    case NumberType::Int16:
      return std::to_string(numberAt<std::int16_t>(at, isBigEndian));
    case NumberType::Int8:
      return std::to_string(numberAt<std::int8_t>(at, isBigEndian));
    case NumberType::UInt64:
      return std::to_string(numberAt<std::uint64_t>(at, isBigEndian));
    case NumberType::UInt32:
      return std::to_string(numberAt<std::uint32_t>(at, isBigEndian));
    case NumberType::UInt16:
      return std::to_string(numberAt<std::uint16_t>(at, isBigEndian));
    case NumberType::UInt8:
      return std::to_string(numberAt<std::uint8_t>(at, isBigEndian));
    case NumberType::Bool:
      return *at != 0 ? "1" : "0";
    case NumberType::Float64:
      return fmt::format("{}", numberAt<double>(at, isBigEndian));
    default: {
      float value = 0;
      readNumbers(at, {type, isBigEndian, 0}, {&value, 1});
      return fmt::format("{}", value);
    }
  }
}

}  // namespace

std::string PickledArray::dtype() const {
  if (!type) {
    return description;
  }
  return std::string(nameOf(*type)) + (isBigEndian && bytesOf(*type) > 1 ? " (big-endian)" : "");
}

bool isPickledArray(const Pickle& pickle, PickleValue value) {
  return isNumpy(pickle.classOf(value), ".multiarray._reconstruct");
}

std::optional<PickledArray> pickledArray(const Pickle& pickle, PickleValue value) {
  if (!isPickledArray(pickle, value)) {
    return {};
  }
  const std::span<const PickleValue> state = pickle.items(pickle.object(value).state);
  if (state.size() != 5) {
    refuse("an array without its data");
  }
  PickledArray array;
  const std::span<const PickleValue> shape = pickle.sequence(state[1]);
  if (shape.size() > kMostAxes) {
    refuse("an array with too many axes");
  }
  for (const PickleValue size : shape) {
    if (!size.is(PickleKind::Int) || size.integer() < 0) {
      refuse("an array whose shape is not made of whole numbers");
    }
    array.shape.push_back(size.integer());
  }
  readType(pickle, state[2], array);
  array.isFortran = state[3].is(PickleKind::Bool) && state[3].integer() != 0;
  if (!array.type) {
    return array;
  }
  array.data = dataOf(pickle, state[4]);
  const std::int64_t needed = neededBytes(array);
  const std::size_t present = byteCount(array.data);
  if (static_cast<std::uint64_t>(needed) != present) {
    refuse(fmt::format("an array of shape {} with {} bytes of data, not {}", shapeText(array.shape),
                       present, needed));
  }
  return array;
}

Tensor arrayTensor(std::string name, const PickledArray& array, const Source& source,
                   const std::shared_ptr<const void>& owner) {
  Tensor tensor;
  tensor.name = std::move(name);
  tensor.dtype = array.dtype();
  tensor.shape = array.shape;
  if (!array.type || array.shape.size() != 2 || array.shape[0] == 0 || array.shape[1] == 0) {
    return tensor;
  }
  StridedRows rows = stridesOf(array);
  const std::string_view data = array.data.text();
  const auto rowBytes = bytesOf(*array.type) * static_cast<std::size_t>(array.shape[1]);
  if (array.data.is(PickleKind::Text)) {
    const std::size_t size = rowBytes * static_cast<std::size_t>(array.shape[0]);
    tensor.fill = array.isFortran ? decodedTextFill(rows, data, size, owner)
                                  : textFill(rows, data, rowBytes, owner);
    return tensor;
  }
  rows.first = data.data();
  tensor.fill = stridedFill(rows, owner);
  const std::optional<std::size_t> offset = offsetIn(source, data);
  if (offset && !array.isFortran) {
    tensor.firstByte = *offset;
    tensor.rowBytes = rowBytes;
    if (array.type == NumberType::Float32 && !array.isBigEndian && *offset % alignof(float) == 0) {
      tensor.mappedAt = *offset;
    }
  }
  return tensor;
}

std::vector<std::string> arrayTexts(const PickledArray& array) {
  std::vector<std::string> texts;
  if (!array.type || array.shape.size() != 1) {
    return texts;
  }
  const std::size_t item = bytesOf(*array.type);
  std::string decoded;
  std::string_view data = array.data.text();
  if (array.data.is(PickleKind::Text)) {
    takeLatin1(data, item * static_cast<std::size_t>(array.shape[0]), decoded);
    data = decoded;
  }
  for (std::size_t at = 0; at < data.size(); at += item) {
    texts.push_back(numberText(data.data() + at, *array.type, array.isBigEndian));
  }
  return texts;
}

std::optional<std::int64_t> pickledInteger(const Pickle& pickle, PickleValue value) {
  if (value.is(PickleKind::Int) || value.is(PickleKind::Bool)) {
    return value.integer();
  }
  if (!isNumpy(pickle.classOf(value), ".multiarray.scalar")) {
    return {};
  }
  const std::span<const PickleValue> args = pickle.items(pickle.object(value).args);
  if (args.size() != 2) {
    return {};
  }
  PickledArray one;
  one.shape = {1};
  readType(pickle, args[0], one);
  one.data = dataOf(pickle, args[1]);
  if (!one.type || byteCount(one.data) != bytesOf(*one.type)) {
    return {};
  }
  return base::parseInteger(arrayTexts(one).front());
}

}  // namespace embedscope::formats
