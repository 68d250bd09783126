// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/npy.h"

#include "core/base/text.h"
#include "core/formats/label_rules.h"
#include "core/formats/npy_text.h"
#include "core/formats/number_rows.h"
#include "core/formats/row_writer.h"
#include "core/formats/tensor_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;

/// As numpy writes it: "(29197, 100)".
std::string tupleText(const NpyHeader& header) {
  return fmt::format("({})", fmt::join(header.shape, ", "));
}

/// Why an array is no table; nothing when it is.
std::optional<std::string> tableProblem(const NpyHeader& header) {
  if (!header.type) {
    return fmt::format("element type '{}': text, not numbers; give the file with the vectors",
                       header.description);
  }
  if (header.shape.size() != 2) {
    return fmt::format("an array of shape {} has {} {}; a table has two: rows and dimensions",
                       tupleText(header), header.shape.size(),
                       header.shape.size() == 1 ? "axis" : "axes");
  }
  if (header.shape[0] == 0) {
    return fmt::format("the array has no rows: its shape is {}", tupleText(header));
  }
  if (header.shape[1] == 0) {
    return fmt::format("vectors have no values: the shape is {}", tupleText(header));
  }
  return {};
}

StridedRows stridesOf(const NpyHeader& header, std::string_view bytes) {
  const std::int64_t item = header.itemBytes;
  StridedRows rows;
  rows.first = bytes.data() + header.dataOffset;
  rows.rowStride = item * (header.fortranOrder ? 1 : header.shape[1]);
  rows.numbers = {*header.type, header.bigEndian,
                  item * (header.fortranOrder ? header.shape[0] : 1)};
  return rows;
}

/// True when the rows stand in the file as a table has them.
bool isTableAsItIs(const NpyHeader& header) {
  return header.type == NumberType::Float32 && !header.bigEndian &&
         (!header.fortranOrder || header.shape[0] == 1 || header.shape[1] == 1) &&
         header.dataOffset % alignof(float) == 0;
}

TensorFile openNpy(const Source& source) {
  const PlaceOfByte placeOf = [&source](std::size_t byte) { return placeOfByte(source, byte); };
  if (const auto problem = tableProblem(readNpyHeader(source.text(), placeOf))) {
    throw Error(ErrorCode::BadData, *problem, formats::placeOf(source));
  }
  TensorFile file;
  file.format = FormatId::Npy;
  file.why = "it begins with \\x93NUMPY";
  file.tensors.push_back(npyTensor({}, source.text(), placeOf, file.warnings));
  return file;
}

Preview previewNpy(const Source& source) {
  return previewTensor(source, openNpy(source));
}

std::optional<LoadedTable> readNpy(const Source& source, const base::TaskContext& context) {
  return readTensor(source, openNpy(source), context);
}

std::vector<std::string> npyLosses(const table::EmbeddingTable& table) {
  return lossesWithoutMetadata(table, lineLabelRules(/*allowsEmpty=*/true), kNpyFormat.info.title);
}

bool writeNpy(const table::EmbeddingTable& table, const std::filesystem::path& path,
              const WriteOptions& options, OutputFiles& files, const base::TaskContext& context) {
  base::AtomicFile& file = files.add(path);
  file.write(npyHeaderText(npyTypeText(options.numbers), npyShapeText(table)));
  if (!forEachRowBytes(table, options.numbers, context.part(0, 0.9),
                       [&](std::string_view bytes) { file.write(bytes); })) {
    return false;
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

}  // namespace

const Format kNpyFormat = {
    .info = {FormatId::Npy, "npy", "NumPy array", ".npy",
             "Numbers of any size and byte order; labels in a text file beside it", true, true},
    .preview = previewNpy,
    .read = readNpy,
    .losses = npyLosses,
    .write = writeNpy,
    .numbers = kNpyNumbers};

std::string_view npyTypeText(NumberType numbers) {
  return numbers == NumberType::Float16 ? "<f2" : "<f4";
}

std::string npyShapeText(const table::EmbeddingTable& table) {
  return fmt::format("({}, {})", table.rowCount(), table.dimension());
}

void checkNpySize(const NpyHeader& header, std::uint64_t bytes, const PlaceOfByte& placeOf,
                  std::vector<Warning>& warnings) {
  const std::optional<std::int64_t> values = valueCount(header.shape);
  const auto widest =  // as in the file, and as float32
      values ? base::checkedProduct(*values, std::max<std::int64_t>(header.itemBytes, 4))
             : std::nullopt;
  if (!widest) {
    throw Error(
        ErrorCode::BadData,
        fmt::format("shape too large: {} has more values than can be counted", tupleText(header)),
        placeOf(0));
  }
  const std::int64_t needed = *values * header.itemBytes;
  const auto present = static_cast<std::int64_t>(bytes - header.dataOffset);
  if (present < needed) {
    throw Error(ErrorCode::BadData,
                fmt::format("{} bytes of data needed for shape {}, {} present: the file is cut off",
                            needed, tupleText(header), present),
                placeOf(static_cast<std::size_t>(bytes)));
  }
  if (present > needed) {
    warnings.push_back({placeOf(header.dataOffset + static_cast<std::size_t>(needed)),
                        fmt::format("{} {} left over after the array", present - needed,
                                    present - needed == 1 ? "byte is" : "bytes are")});
  }
}

Tensor npyTensor(std::string name, std::string_view bytes, const PlaceOfByte& placeOf,
                 std::vector<Warning>& warnings, std::shared_ptr<const void> owner) {
  const NpyHeader header = readNpyHeader(bytes, placeOf);
  checkNpySize(header, bytes.size(), placeOf, warnings);
  Tensor tensor;
  tensor.name = std::move(name);
  tensor.dtype = header.dtype();
  tensor.shape = header.shape;
  if (header.shape.size() != 2 || !header.type) {
    return tensor;
  }
  const StridedRows rows = stridesOf(header, bytes);
  tensor.fill = stridedFill(rows, std::move(owner));
  if (isTableAsItIs(header)) {
    tensor.mappedAt = header.dataOffset;
  }
  if (!header.fortranOrder) {
    tensor.firstByte = header.dataOffset;
    tensor.rowBytes = static_cast<std::size_t>(rows.rowStride);
  }
  return tensor;
}

}  // namespace embedscope::formats
