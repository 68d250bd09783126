// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/gguf_header.h"

#include "core/base/float_text.h"
#include "core/base/text.h"
#include "core/formats/byte_reader.h"
#include "core/formats/tensor.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace embedscope::formats {

namespace {

enum ValueType : std::uint32_t { kUint32 = 4, kInt32 = 5, kFloat32 = 6, kString = 8, kArray = 9 };

/// Bytes of a value by its type; 0 for strings and arrays.
constexpr std::array<std::uint32_t, 13> kValueBytes = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};
constexpr std::uint32_t kBigEndianVersion = 0x03000000;
constexpr std::size_t kMagicBytes = 4;
constexpr std::uint64_t kLeastEntryBytes = 13;   // an empty key, a type, a byte
constexpr std::uint64_t kLeastTensorBytes = 24;  // an empty name, no axes, type and offset
constexpr std::uint32_t kMostAxes = 4;
constexpr int kMostNesting = 4;

PlaceOfByte placesOf(const Source& source) {
  return [&source](std::size_t byte) { return placeOfByte(source, byte); };
}

class HeaderReader {
 public:
  explicit HeaderReader(const Source& source)
      : m_source(source), m_placeOf(placesOf(source)), m_reader(source.text(), m_placeOf) {}

  GgufHeader read() {
    m_reader.take(kMagicBytes, "its first bytes");
    m_header.version = m_reader.read<std::uint32_t>("the version");
    if (m_header.version == kBigEndianVersion || m_header.version == kBigEndianVersion / 3 * 2) {
      m_reader.fail("is a big-endian GGUF file, which is not read; convert it to little-endian");
    }
    if (m_header.version != 2 && m_header.version != 3) {
      m_reader.fail(
          fmt::format("GGUF version {} is not supported (2 and 3 are)", m_header.version));
    }
    const auto tensors = m_reader.read<std::uint64_t>("the number of tensors");
    const auto entries = m_reader.read<std::uint64_t>("the number of metadata entries");
    if (entries > m_reader.remaining() / kLeastEntryBytes) {
      m_reader.fail(
          fmt::format("{} metadata entries are promised: the file is too short for its "
                      "metadata",
                      entries));
    }
    for (std::uint64_t i = 0; i < entries; ++i) {
      readEntry();
    }
    if (tensors > m_reader.remaining() / kLeastTensorBytes) {
      m_reader.fail(
          fmt::format("{} tensors are promised: the file is too short for them", tensors));
    }
    for (std::uint64_t i = 0; i < tensors; ++i) {
      readTensor();
    }
    placeTensors();
    return std::move(m_header);
  }

 private:
  std::string_view readString() {
    const auto length = m_reader.read<std::uint64_t>("a string");
    return m_reader.take(length, "a string");
  }

  void readEntry() {
    const std::string key(readString());
    const auto type = m_reader.read<std::uint32_t>("a metadata entry");
    if (key == "general.alignment" && type == kUint32) {
      m_alignment = m_reader.read<std::uint32_t>("general.alignment");
      if (m_alignment == 0 || m_alignment % 8 != 0) {
        m_reader.fail(fmt::format("general.alignment {} is no multiple of 8", m_alignment));
      }
      return;
    }
    if (type != kArray) {
      skipValue(key, type);
      return;
    }
    const auto element = m_reader.read<std::uint32_t>("a list");
    const auto count = m_reader.read<std::uint64_t>("a list");
    m_header.lists[key] = {element, count, m_reader.position()};
    skipElements(key, element, count, 1);
  }

  void skipValue(const std::string& key, std::uint32_t type) {
    if (type >= kValueBytes.size()) {
      m_reader.fail(fmt::format("metadata {} has unknown type {}", base::repairedUtf8(key), type));
    }
    if (type == kString) {
      readString();
    } else {
      m_reader.take(kValueBytes[type], "a metadata value");
    }
  }

  void skipElements(const std::string& key, std::uint32_t type, std::uint64_t count, int depth) {
    if (depth > kMostNesting) {
      m_reader.fail(fmt::format("metadata {}: arrays nested too deeply", base::repairedUtf8(key)));
    }
    if (type < kValueBytes.size() && kValueBytes[type] > 0) {
      if (count > m_reader.remaining() / kValueBytes[type]) {
        m_reader.fail(fmt::format("the file ends inside the list {}", base::repairedUtf8(key)));
      }
      m_reader.take(count * kValueBytes[type], "a list");
      return;
    }
    for (std::uint64_t i = 0; i < count; ++i) {
      if (type == kArray) {
        const auto element = m_reader.read<std::uint32_t>("a list");
        const auto inner = m_reader.read<std::uint64_t>("a list");
        skipElements(key, element, inner, depth + 1);
      } else {
        skipValue(key, type);
      }
    }
  }

  void readTensor() {
    GgufTensor tensor;
    tensor.name = readString();
    const std::string shown = base::repairedUtf8(tensor.name);
    const auto axes = m_reader.read<std::uint32_t>("a tensor's description");
    if (axes > kMostAxes) {
      m_reader.fail(fmt::format("{} has {} dimensions (limit {})", shown, axes, kMostAxes));
    }
    for (std::uint32_t axis = 0; axis < axes; ++axis) {
      const auto size = m_reader.read<std::uint64_t>("a tensor's description");
      tensor.shape.insert(tensor.shape.begin(), static_cast<std::int64_t>(size));
    }
    tensor.typeNumber = m_reader.read<std::uint32_t>("a tensor's description");
    tensor.type = ggufType(tensor.typeNumber);
    const auto offset = m_reader.read<std::uint64_t>("a tensor's description");
    if (!valueCount(tensor.shape)) {
      m_reader.fail(fmt::format("{}: shape {} overflows: more values than can be counted", shown,
                                shapeText(tensor.shape)));
    }
    if (offset % m_alignment != 0) {
      m_reader.fail(
          fmt::format("{}: offset {} is not a multiple of {}", shown, offset, m_alignment));
    }
    const std::int64_t width = tensor.shape.empty() ? 1 : tensor.shape.back();
    if (tensor.type && width % tensor.type->blockValues != 0) {
      m_reader.fail(fmt::format("{}: row length {} is not a multiple of the {} block of {}", shown,
                                width, tensor.type->name, tensor.type->blockValues));
    }
    m_offsets.push_back(offset);
    m_header.tensors.push_back(std::move(tensor));
  }

  /// Tensors lie behind the descriptions, at the next multiple of the alignment.
  void placeTensors() {
    const std::uint64_t size = m_source.text().size();
    const std::uint64_t data = (m_reader.position() + m_alignment - 1) / m_alignment * m_alignment;
    for (std::size_t i = 0; i < m_offsets.size(); ++i) {
      GgufTensor& tensor = m_header.tensors[i];
      const std::int64_t count = *valueCount(tensor.shape);
      std::uint64_t bytes = 0;
      if (tensor.type && count > 0) {
        const auto all =
            base::checkedProduct(count / tensor.type->blockValues, tensor.type->blockBytes);
        bytes = all ? static_cast<std::uint64_t>(*all) : UINT64_MAX;
      }
      if (data > size || m_offsets[i] > size - data || bytes > size - data - m_offsets[i]) {
        m_reader.fail(fmt::format("tensor {} {} lies outside the file: it is cut off",
                                  base::repairedUtf8(tensor.name), shapeText(tensor.shape)));
      }
      if (bytes > 0) {  // and a row is no longer than all of them
        const std::int64_t width = tensor.shape.empty() ? 1 : tensor.shape.back();
        tensor.rowBytes = width / tensor.type->blockValues * tensor.type->blockBytes;
      }
      tensor.begin = static_cast<std::size_t>(data + m_offsets[i]);
    }
  }

  const Source& m_source;
  const PlaceOfByte m_placeOf;
  ByteReader m_reader;
  std::uint64_t m_alignment = 32;
  GgufHeader m_header;
  std::vector<std::uint64_t> m_offsets;
};

}  // namespace

GgufHeader readGgufHeader(const Source& source) {
  return HeaderReader(source).read();
}

std::vector<std::string> ggufStrings(const Source& source, const GgufList& list) {
  std::vector<std::string> strings;
  if (list.type != kString) {
    return strings;
  }
  const PlaceOfByte placeOf = placesOf(source);
  ByteReader reader(source.text(), placeOf, list.begin);
  strings.reserve(static_cast<std::size_t>(list.count));  // the header was read to its end
  for (std::uint64_t i = 0; i < list.count; ++i) {
    const auto length = reader.read<std::uint64_t>("a string");
    strings.emplace_back(reader.take(length, "a string"));
  }
  return strings;
}

std::vector<std::string> ggufNumbers(const Source& source, const GgufList& list) {
  std::vector<std::string> numbers;
  if (list.type != kUint32 && list.type != kInt32 && list.type != kFloat32) {
    return numbers;
  }
  const PlaceOfByte placeOf = placesOf(source);
  ByteReader reader(source.text(), placeOf, list.begin);
  numbers.reserve(static_cast<std::size_t>(list.count));
  for (std::uint64_t i = 0; i < list.count; ++i) {
    if (list.type == kFloat32) {
      numbers.emplace_back();
      base::appendFloat(numbers.back(), reader.read<float>("a number"));
    } else {
      numbers.push_back(std::to_string(reader.read<std::int32_t>("a number")));
    }
  }
  return numbers;
}

}  // namespace embedscope::formats
