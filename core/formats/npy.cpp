// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/npy.h"

#include "core/base/parallel.h"
#include "core/base/text.h"
#include "core/formats/byte_progress.h"
#include "core/formats/label_rules.h"
#include "core/formats/labelled_table.h"
#include "core/formats/npy_header.h"
#include "core/formats/row_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;

constexpr std::int64_t kValuesPerBlock = std::int64_t{1} << 18;
constexpr std::size_t kHeaderAlignment = 64;

struct NpyLayout {
  NpyHeader header;
  std::int64_t rows = 0;
  std::int64_t dimension = 0;
  std::vector<Warning> warnings;
};

std::string shapeText(const NpyHeader& header) {
  return fmt::format("({})", fmt::join(header.shape, ", "));
}

void checkShape(const Source& source, const NpyHeader& header) {
  const auto fail = [&](const std::string& sentence) {
    throw Error(ErrorCode::BadData, sentence, placeOf(source));
  };
  if (header.shape.size() != 2) {
    fail(fmt::format("an array of shape {} has {} {}; a table has two: rows and dimensions",
                     shapeText(header), header.shape.size(),
                     header.shape.size() == 1 ? "axis" : "axes"));
  }
  if (header.shape[0] == 0) {
    fail(fmt::format("the array has no rows: its shape is {}", shapeText(header)));
  }
  if (header.shape[1] == 0) {
    fail(fmt::format("vectors have no values: the shape is {}", shapeText(header)));
  }
}

NpyLayout layoutOf(const Source& source) {
  NpyLayout layout;
  layout.header = readNpyHeader(source);
  const NpyHeader& header = layout.header;
  checkShape(source, header);
  const auto values = base::checkedProduct(header.shape[0], header.shape[1]);
  const auto needed =
      values ? base::checkedProduct(*values, std::max<std::int64_t>(header.itemBytes, 4))
             : std::nullopt;
  if (!needed) {
    throw Error(
        ErrorCode::BadData,
        fmt::format("shape too large: {} has more values than can be counted", shapeText(header)),
        placeOf(source));
  }
  const std::int64_t bytes = *values * header.itemBytes;
  const auto present = static_cast<std::int64_t>(source.text().size() - header.dataOffset);
  if (present < bytes) {
    throw Error(ErrorCode::BadData,
                fmt::format("{} bytes of data needed for shape {}, {} present: the file is cut off",
                            bytes, shapeText(header), present),
                placeOfByte(source, source.text().size()));
  }
  if (present > bytes) {
    layout.warnings.push_back(
        {placeOfByte(source, header.dataOffset + static_cast<std::size_t>(bytes)),
         fmt::format("{} {} left over after the array", present - bytes,
                     present - bytes == 1 ? "byte is" : "bytes are")});
  }
  layout.rows = header.shape[0];
  layout.dimension = header.shape[1];
  return layout;
}

bool staysInFile(const NpyHeader& header) {
  return header.kind == 'f' && header.itemBytes == 4 && !header.bigEndian &&
         (!header.fortranOrder || header.shape[0] == 1 || header.shape[1] == 1) &&
         header.dataOffset % alignof(float) == 0;
}

/// IEEE half precision; every half is exactly a float.
float fromHalf(std::uint16_t bits) {
  const std::uint32_t sign = static_cast<std::uint32_t>(bits & 0x8000U) << 16U;
  const std::uint32_t exponent = (bits >> 10U) & 0x1FU;
  const std::uint32_t fraction = bits & 0x3FFU;
  if (exponent == 0) {  // zero and subnormal: fraction · 2^-24
    const float magnitude = static_cast<float>(fraction) * 0x1p-24F;
    return sign != 0 ? -magnitude : magnitude;
  }
  const std::uint32_t wide = exponent == 0x1FU ? 0xFFU : exponent + 112U;
  return std::bit_cast<float>(sign | wide << 23U | fraction << 13U);
}

template <typename Word>
Word loadWord(const char* bytes, bool bigEndian) {
  Word word;
  std::memcpy(&word, bytes, sizeof word);
  if (bigEndian) {
    char swapped[sizeof word];  // NOLINT: raw bytes of a word
    std::reverse_copy(bytes, bytes + sizeof word, swapped);
    std::memcpy(&word, swapped, sizeof word);
  }
  return word;
}

template <typename Number>
float element(const char* bytes, bool bigEndian) {
  return static_cast<float>(loadWord<Number>(bytes, bigEndian));
}

float halfElement(const char* bytes, bool bigEndian) {
  return fromHalf(loadWord<std::uint16_t>(bytes, bigEndian));
}

float boolElement(const char* bytes, bool) {
  return *bytes == 0 ? 0.0F : 1.0F;
}

using Element = float (*)(const char* bytes, bool bigEndian);

Element integerElement(bool isSigned, int itemBytes) {
  switch (itemBytes) {
    case 1:
      return isSigned ? element<std::int8_t> : element<std::uint8_t>;
    case 2:
      return isSigned ? element<std::int16_t> : element<std::uint16_t>;
    case 4:
      return isSigned ? element<std::int32_t> : element<std::uint32_t>;
    default:
      return isSigned ? element<std::int64_t> : element<std::uint64_t>;
  }
}

Element elementOf(const NpyHeader& header) {
  if (header.kind == 'b') {
    return boolElement;
  }
  if (header.kind != 'f') {
    return integerElement(header.kind == 'i', header.itemBytes);
  }
  return header.itemBytes == 2 ? halfElement
                               : (header.itemBytes == 4 ? element<float> : element<double>);
}

/// The first rows of the array as float32. Empty when stopped.
std::optional<base::RowMatrix> converted(const Source& source, const NpyLayout& layout,
                                         std::int64_t rows, const base::TaskContext& context) {
  const NpyHeader& header = layout.header;
  const Element read = elementOf(header);
  const char* data = source.text().data() + header.dataOffset;
  const std::int64_t rowStep = header.fortranOrder ? 1 : layout.dimension;
  const std::int64_t columnStep = header.fortranOrder ? layout.rows : 1;
  base::RowMatrix values(rows, layout.dimension);
  const std::int64_t step = std::max<std::int64_t>(1, kValuesPerBlock / layout.dimension);
  ByteProgress progress(context, static_cast<std::size_t>(values.size()));
  base::parallelBlocks((rows + step - 1) / step, [&](std::int64_t block) {
    const std::int64_t end = std::min((block + 1) * step, rows);
    for (std::int64_t row = block * step; row < end; ++row) {
      if (progress.stopRequested()) {
        return;
      }
      for (std::int64_t column = 0; column < layout.dimension; ++column) {
        const std::int64_t at = row * rowStep + column * columnStep;
        values(row, column) = read(data + at * header.itemBytes, header.bigEndian);
      }
      progress.add(static_cast<std::size_t>(layout.dimension));
    }
  });
  if (progress.stopRequested()) {
    return {};
  }
  return values;
}

}  // namespace

Preview previewNpy(const Source& source) {
  NpyLayout layout = layoutOf(source);
  Preview preview;
  preview.format = FormatId::Npy;
  preview.why = "it begins with \\x93NUMPY";
  preview.rows = limitedRows(source, layout.rows);
  preview.dimension = layout.dimension;
  preview.dtype = layout.header.dtype();
  preview.fileBytes = static_cast<std::int64_t>(source.text().size());
  preview.tableBytes = preview.rows * preview.dimension * static_cast<std::int64_t>(sizeof(float));
  preview.parts = {source.path()};
  preview.warnings = std::move(layout.warnings);
  previewNames(source, layout.rows, preview);
  return preview;
}

std::optional<LoadedTable> readNpy(const Source& source, const base::TaskContext& context) {
  NpyLayout layout = layoutOf(source);
  const std::int64_t rows = limitedRows(source, layout.rows);
  LoadedTable loaded;
  loaded.report.format = FormatId::Npy;
  loaded.report.dtype = layout.header.dtype();
  loaded.report.warnings = std::move(layout.warnings);
  Naming naming = nameRows(source, layout.rows, rows, loaded.report, context);
  if (context.stopRequested()) {
    return {};
  }
  const std::string name = source.path().stem().string();
  if (staysInFile(layout.header)) {
    loaded.table = std::make_shared<const table::EmbeddingTable>(
        name, std::move(naming.vocabulary), source.file, layout.header.dataOffset, layout.dimension,
        std::move(naming.metadata));
  } else {
    std::optional<base::RowMatrix> values = converted(source, layout, rows, context.part(0, 0.8));
    if (!values) {
      return {};
    }
    loaded.table = std::make_shared<const table::EmbeddingTable>(
        name, std::move(naming.vocabulary), std::move(*values), std::move(naming.metadata));
  }
  const PlaceOfRow places = [&](std::int64_t row) {
    const std::int64_t bytes = row * layout.dimension * layout.header.itemBytes;
    return layout.header.fortranOrder
               ? placeOf(source)
               : placeOfByte(source, layout.header.dataOffset + static_cast<std::size_t>(bytes));
  };
  if (!checkNumbers(loaded.table->values(), places, loaded.report, context.part(0.8, 1))) {
    return {};
  }
  return loaded;
}

bool writeNpy(const table::EmbeddingTable& table, const std::filesystem::path& path,
              OutputFiles& files, const base::TaskContext& context) {
  std::string header =
      fmt::format("{{'descr': '<f4', 'fortran_order': False, 'shape': ({}, {}), }}",
                  table.rowCount(), table.dimension());
  constexpr std::size_t kBefore = 10;  // magic, version and length
  const std::size_t unpadded = kBefore + header.size() + 1;
  header.append((kHeaderAlignment - unpadded % kHeaderAlignment) % kHeaderAlignment, ' ');
  header += '\n';
  base::AtomicFile& file = files.add(path);
  const auto length = static_cast<std::uint16_t>(header.size());
  file.write(std::string_view("\x93NUMPY\x01\x00", 8));
  file.write(std::string{static_cast<char>(length & 0xFFU), static_cast<char>(length >> 8U)});
  file.write(header);
  for (Eigen::Index row = 0; row < table.rowCount(); ++row) {
    if (context.stopRequested()) {
      return false;
    }
    file.write(table.row(row));
    context.report(0.9 * static_cast<double>(row + 1) / static_cast<double>(table.rowCount()));
  }
  const std::vector<std::string> labels =
      writableLabels(table.vocabulary(), lineLabelRules(/*allowsEmpty=*/true));
  std::filesystem::path labelPath = path;
  base::AtomicFile& labelFile = files.add(labelPath.replace_extension(".labels.txt"));
  return writeRows(labelFile, table.rowCount(), context.part(0.9, 1),
                   [&](std::int64_t row, std::string& out) {
                     out += labels[static_cast<std::size_t>(row)];
                     out += '\n';
                   });
}

}  // namespace embedscope::formats
