// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/npz.h"

#include "core/base/text.h"
#include "core/formats/array_stream.h"
#include "core/formats/label_rules.h"
#include "core/formats/npy.h"
#include "core/formats/npy_text.h"
#include "core/formats/number_rows.h"
#include "core/formats/proportion.h"
#include "core/formats/tensor_table.h"
#include "core/formats/zip_archive.h"
#include "core/formats/zip_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace embedscope::formats {

namespace {

using base::Error;

constexpr std::string_view kSuffix = ".npy";
constexpr std::size_t kHeadBytes = 16384;  // more than a header may have
constexpr std::array<std::string_view, 8> kLabelNames = {
    "words", "vocab", "tokens", "index_to_key", "labels", "itos", "names", "keys"};

struct TextArray {
  std::string name;
  const ZipMember* member = nullptr;
  std::int64_t count = 0;
};

/// The archive, and what was found out about its arrays.
struct Arrays {
  std::shared_ptr<const ZipArchive> archive;
  std::vector<TextArray> texts;
};

/// Where a byte of a member lies; only that of a stored one lies in the file.
PlaceOfByte placesIn(const std::filesystem::path& path, const ZipMember& member) {
  return [path, begin = member.begin, isStored = member.isStored()](std::size_t byte) {
    return isStored ? base::Place::ofByte(path, static_cast<std::int64_t>(begin + byte))
                    : base::Place::ofFile(path);
  };
}

/// Goes over all bytes of a member for its checksum. @return false when stopped.
bool verify(const ZipArchive& archive, const ZipMember& member, const base::TaskContext& context) {
  return archive.unpack(member, context, [](std::string_view) { return true; });
}

/// A stored array that cannot stay where it is; its checksum is known only from all of it.
TensorFill copyingFill(std::shared_ptr<const ZipArchive> archive, const ZipMember& member,
                       std::int64_t rows, TensorFill copy) {
  return [archive = std::move(archive), &member, rows, copy = std::move(copy)](
             base::RowMatrix& out, const base::TaskContext& context) {
    const bool isWhole = out.rows() == rows;
    return (!isWhole || verify(*archive, member, context.part(0, 0.5))) &&
           copy(out, context.part(isWhole ? 0.5 : 0, 1));
  };
}

/// A deflated array is read while it inflates.
TensorFill inflatingFill(std::shared_ptr<const ZipArchive> archive, const ZipMember& member,
                         const NpyHeader& header) {
  return [archive = std::move(archive), &member, header](base::RowMatrix& out,
                                                         const base::TaskContext& context) {
    ArrayStream array(header, out);
    return archive->unpack(member, context,
                           [&](std::string_view piece) { return array.add(piece); });
  };
}

Tensor storedArray(const Arrays& arrays, const ZipMember& member, const std::string& name,
                   const PlaceOfByte& placeOf, std::vector<Warning>& warnings) {
  Tensor tensor = npyTensor(name, arrays.archive->storedBytes(member), placeOf, warnings);
  if (tensor.firstByte) {
    tensor.firstByte = *tensor.firstByte + member.begin;
  }
  if (tensor.mappedAt) {
    tensor.mappedAt = *tensor.mappedAt + member.begin;
    if (*tensor.mappedAt % alignof(float) != 0) {
      tensor.mappedAt.reset();
    }
  }
  if (tensor.fill && !tensor.mappedAt) {
    tensor.fill = copyingFill(arrays.archive, member, tensor.shape[0], std::move(tensor.fill));
  }
  return tensor;
}

Tensor deflatedArray(const Arrays& arrays, const ZipMember& member, const std::string& name,
                     const NpyHeader& header) {
  Tensor tensor;
  tensor.name = name;
  tensor.dtype = header.dtype();
  tensor.shape = header.shape;
  if (header.shape.size() == 2) {
    tensor.fill = inflatingFill(arrays.archive, member, header);
    tensor.check = [archive = arrays.archive, &member, rows = header.shape[0]] {
      archive->checkProportion(member, static_cast<std::uint64_t>(rows) * kBytesOfAName);
    };
  }
  return tensor;
}

std::vector<std::string> textsOf(const ZipArchive& archive, const ZipMember& member,
                                 const PlaceOfByte& placeOf) {
  if (member.isStored()) {
    verify(archive, member, {});
    return readNpyTexts(archive.storedBytes(member), placeOf);
  }
  archive.checkProportion(member);
  return readNpyTexts(archive.contents(member, std::numeric_limits<std::size_t>::max()), placeOf);
}

/// The first array of as many texts as there are rows, those called like labels before others.
std::optional<RowLabels> labelsOf(const Arrays& arrays, const std::filesystem::path& path,
                                  std::int64_t rows) {
  const auto rank = [](const TextArray& array) {
    return std::ranges::find(kLabelNames, array.name) - kLabelNames.begin();
  };
  const TextArray* best = nullptr;
  for (const TextArray& array : arrays.texts) {
    if (array.count == rows && (best == nullptr || rank(array) < rank(*best))) {
      best = &array;
    }
  }
  if (best == nullptr) {
    return {};
  }
  RowLabels labels;
  labels.path = path;
  labels.labels = textsOf(*arrays.archive, *best->member, placesIn(path, *best->member));
  return labels;
}

/// Looks at one array: numbers become a tensor, texts may be labels.
void addArray(const Source& source, const ZipMember& member, std::string_view head, Arrays& arrays,
              TensorFile& file) {
  const std::string name = member.name.substr(0, member.name.size() - kSuffix.size());
  const PlaceOfByte placeOf = placesIn(source.path(), member);
  const NpyHeader header = readNpyHeader(head, placeOf);
  if (header.type && member.isStored()) {
    file.tensors.push_back(storedArray(arrays, member, name, placeOf, file.warnings));
    return;
  }
  checkNpySize(header, member.size, placeOf, file.warnings);
  if (header.type) {
    file.tensors.push_back(deflatedArray(arrays, member, name, header));
  } else if (header.shape.size() == 1) {
    arrays.texts.push_back({name, &member, header.shape[0]});
  }
}

TensorFile openNpz(const Source& source) {
  Arrays arrays;
  arrays.archive = std::make_shared<const ZipArchive>(source.text(), source.path());
  TensorFile file;
  file.format = FormatId::Npz;
  file.why = "it is a zip archive that holds .npy arrays";
  for (const ZipMember& member : arrays.archive->members()) {
    if (!member.name.ends_with(kSuffix)) {
      continue;
    }
    const std::string head = arrays.archive->head(member, kHeadBytes);
    try {
      addArray(source, member, head, arrays, file);
    } catch (const Error& error) {  // one array that cannot be read does not spoil the others
      file.warnings.push_back(
          {base::Place::ofFile(source.path()),
           fmt::format("{} is left out: {}", base::repairedUtf8(member.name), error.sentence())});
    }
  }
  file.labels = [arrays, path = source.path()](const Tensor& tensor) {
    return labelsOf(arrays, path, tensor.shape[0]);
  };
  return file;
}

Preview previewNpz(const Source& source) {
  return previewTensor(source, openNpz(source));
}

std::optional<LoadedTable> readNpz(const Source& source, const base::TaskContext& context) {
  return readTensor(source, openNpz(source), context);
}

LabelRules textArrayRules() {
  return {std::string_view("\0", 1), "NUL characters", '_', true, false};
}

std::vector<std::string> npzLosses(const table::EmbeddingTable& table) {
  return lossesWithoutMetadata(table, textArrayRules(), kNpzFormat.info.title);
}

bool writeNpz(const table::EmbeddingTable& table, const std::filesystem::path& path,
              const WriteOptions& options, OutputFiles& files, const base::TaskContext& context) {
  const std::string words = npyOfTexts(writableLabels(table.vocabulary(), textArrayRules()));
  const std::string header = npyHeaderText(npyTypeText(options.numbers), npyShapeText(table));
  ZipChecksum checksum;
  checksum.add(header);
  if (!forEachRowBytes(table, options.numbers, context.part(0, 0.3),
                       [&](std::string_view bytes) { checksum.add(bytes); })) {
    return false;
  }
  base::AtomicFile& file = files.add(path);
  ZipWriter zip(file);
  zip.begin("vectors.npy", header.size() + rowBytesOf(table, options.numbers), checksum.value());
  file.write(header);
  if (!forEachRowBytes(table, options.numbers, context.part(0.3, 0.9),
                       [&](std::string_view bytes) { file.write(bytes); })) {
    return false;
  }
  ZipChecksum wordsChecksum;
  wordsChecksum.add(words);
  zip.begin("words.npy", words.size(), wordsChecksum.value());
  file.write(words);
  zip.finish();
  return true;
}

}  // namespace

const Format kNpzFormat = {
    .info = {FormatId::Npz, "npz", "NumPy archive", ".npz",
             "A zip of NumPy arrays, stored or deflated: vectors and their words", true, true},
    .preview = previewNpz,
    .read = readNpz,
    .losses = npzLosses,
    .write = writeNpz,
    .numbers = kNpyNumbers};

}  // namespace embedscope::formats
