// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/array_rows.h"

#include "core/formats/latin1.h"
#include "core/formats/npy.h"

#include <fmt/format.h>

namespace embedscope::formats {

namespace {

[[noreturn]] void refuse(const std::vector<std::int64_t>& shape) {
  throw base::Error(base::ErrorCode::BadData,
                    fmt::format("an array of shape {} is no table of numbers", shapeText(shape)));
}

}  // namespace

ArrayRows::ArrayRows(const PickledArray& array) : m_shape(array.shape) {
  if (!array.type || m_shape.size() != 2) {
    refuse(m_shape);
  }
  m_rows.first = array.data.text().data();
  if (array.data.is(PickleKind::Text)) {
    const auto bytes = std::make_shared<std::string>();
    std::string_view text = array.data.text();
    takeLatin1(text, latin1Size(text).value_or(0), *bytes);
    m_rows.first = bytes->data();
    m_owner = bytes;
  }
  setStrides(*array.type, array.isBigEndian, array.isFortran);
}

ArrayRows::ArrayRows(std::shared_ptr<const base::MappedFile> file) {
  const PlaceOfByte placeOf = [&](std::size_t byte) {
    return base::Place::ofByte(file->path(), static_cast<std::int64_t>(byte));
  };
  const NpyHeader header = readNpyHeader(file->text(), placeOf);
  std::vector<Warning> ignored;
  checkNpySize(header, file->size(), placeOf, ignored);
  m_shape = header.shape;
  if (!header.type || m_shape.size() != 2) {
    refuse(m_shape);
  }
  m_rows.first = file->text().data() + header.dataOffset;
  m_owner = std::move(file);
  setStrides(*header.type, header.bigEndian, header.fortranOrder);
}

void ArrayRows::setStrides(NumberType type, bool isBigEndian, bool isFortran) {
  const auto item = static_cast<std::int64_t>(bytesOf(type));
  m_rows.rowStride = item * (isFortran ? 1 : m_shape[1]);
  m_rows.numbers = {type, isBigEndian, item * (isFortran ? m_shape[0] : 1)};
}

}  // namespace embedscope::formats
