// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/npz.h"

#include "core/base/text.h"
#include "core/formats/label_rules.h"
#include "core/formats/npy.h"
#include "core/formats/npy_text.h"
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

/// The archive, and what was found out about its arrays.
struct Arrays {
  std::shared_ptr<const ZipArchive> archive;
  std::vector<std::pair<std::string, const ZipMember*>> texts;  ///< by array name
};

/// Puts bytes that come in pieces together to rows.
class RowAssembler {
 public:
  RowAssembler(const NpyHeader& header, base::RowMatrix& out)
      : m_numbers{*header.type, header.bigEndian, header.itemBytes},
        m_toSkip(header.dataOffset),
        m_rowBytes(static_cast<std::size_t>(header.itemBytes * header.shape[1])),
        m_out(out) {}

  /// @return false when all rows are there.
  bool add(std::string_view piece) {
    const std::size_t skipped = std::min(m_toSkip, piece.size());
    m_toSkip -= skipped;
    piece.remove_prefix(skipped);
    while (!piece.empty() && m_row < m_out.rows()) {
      if (m_partial.empty() && piece.size() >= m_rowBytes) {
        read(piece.substr(0, m_rowBytes));
        piece.remove_prefix(m_rowBytes);
        continue;
      }
      const std::size_t missing = std::min(m_rowBytes - m_partial.size(), piece.size());
      m_partial += piece.substr(0, missing);
      piece.remove_prefix(missing);
      if (m_partial.size() == m_rowBytes) {
        read(m_partial);
        m_partial.clear();
      }
    }
    return m_row < m_out.rows();
  }

 private:
  void read(std::string_view bytes) {
    readNumbers(bytes.data(), m_numbers,
                {m_out.row(m_row++).data(), static_cast<std::size_t>(m_out.cols())});
  }

  NumberLayout m_numbers;
  std::size_t m_toSkip;
  std::size_t m_rowBytes;
  base::RowMatrix& m_out;
  Eigen::Index m_row = 0;
  std::string m_partial;
};

std::string textOf(const ZipArchive& archive, const ZipMember& member) {
  return archive.contents(member, std::numeric_limits<std::size_t>::max());
}

/// A deflated array: in C order its rows are read while it inflates.
TensorFill inflatingFill(std::shared_ptr<const ZipArchive> archive, const ZipMember& member,
                         const NpyHeader& header, const PlaceOfByte& placeOf) {
  return [archive = std::move(archive), &member, header, placeOf](
             base::RowMatrix& out, const base::TaskContext& context) {
    if (!header.fortranOrder) {
      RowAssembler rows(header, out);
      return archive->unpack(member, context,
                             [&](std::string_view piece) { return rows.add(piece); });
    }
    std::string bytes;
    if (!archive->unpack(member, context.part(0, 0.5), [&](std::string_view piece) {
          bytes += piece;
          return true;
        })) {
      return false;
    }
    std::vector<Warning> known;  // told when the header was read
    return npyTensor({}, bytes, placeOf, known).fill(out, context.part(0.5, 1));
  };
}

Tensor arrayOf(const Arrays& arrays, const ZipMember& member, const std::string& name,
               const NpyHeader& header, const PlaceOfByte& placeOf,
               std::vector<Warning>& warnings) {
  if (member.isStored()) {
    Tensor tensor = npyTensor(name, arrays.archive->storedBytes(member), placeOf, warnings);
    if (tensor.mappedAt) {
      tensor.mappedAt = *tensor.mappedAt + member.begin;
      if (*tensor.mappedAt % alignof(float) != 0) {
        tensor.mappedAt.reset();
      }
    }
    if (tensor.firstByte) {
      tensor.firstByte = *tensor.firstByte + member.begin;
    }
    return tensor;
  }
  checkNpySize(header, member.size, placeOf, warnings);
  Tensor tensor;
  tensor.name = name;
  tensor.dtype = header.dtype();
  tensor.shape = header.shape;
  if (header.type && header.shape.size() == 2) {
    tensor.fill = inflatingFill(arrays.archive, member, header, placeOf);
  }
  return tensor;
}

std::optional<RowLabels> labelsOf(const Arrays& arrays, const std::filesystem::path& path,
                                  const PlaceOfByte& placeOf, std::int64_t rows) {
  const auto rank = [](const std::string& name) {
    return std::ranges::find(kLabelNames, name) - kLabelNames.begin();
  };
  auto sorted = arrays.texts;
  std::ranges::stable_sort(sorted, {}, [&](const auto& text) { return rank(text.first); });
  for (const auto& [name, member] : sorted) {
    RowLabels labels;
    labels.path = path;
    labels.labels = readNpyTexts(textOf(*arrays.archive, *member), placeOf);
    if (static_cast<std::int64_t>(labels.labels.size()) == rows) {
      return labels;
    }
  }
  return {};
}

TensorFile openNpz(const Source& source) {
  const PlaceOfByte placeOf = [path = source.path()](std::size_t) {
    return base::Place::ofFile(path);
  };
  Arrays arrays;
  arrays.archive = std::make_shared<const ZipArchive>(source.text(), source.path());
  TensorFile file;
  file.format = FormatId::Npz;
  file.why = "it is a zip archive that holds .npy arrays";
  for (const ZipMember& member : arrays.archive->members()) {
    if (!member.name.ends_with(kSuffix)) {
      continue;
    }
    arrays.archive->checkMethod(member);
    arrays.archive->checkProportion(member);
    const std::string name = member.name.substr(0, member.name.size() - kSuffix.size());
    const std::string head = arrays.archive->head(member, kHeadBytes);
    try {
      const NpyHeader header = readNpyHeader(head, placeOf);
      if (!header.type) {
        arrays.texts.emplace_back(name, &member);
      } else {
        file.tensors.push_back(arrayOf(arrays, member, name, header, placeOf, file.warnings));
      }
    } catch (const Error& error) {  // one array that cannot be read does not spoil the others
      file.warnings.push_back(
          {placeOf(0),
           fmt::format("{} is left out: {}", base::repairedUtf8(member.name), error.sentence())});
    }
  }
  file.labels = [arrays, path = source.path(), placeOf](const Tensor& tensor) {
    return labelsOf(arrays, path, placeOf, tensor.shape[0]);
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
  return {std::string_view("\0", 1), "NUL characters", '_', true};
}

std::vector<std::string> npzLosses(const table::EmbeddingTable& table) {
  return lossesWithoutMetadata(table, textArrayRules(), kNpzFormat.info.title);
}

/// The rows as bytes, a few at a time. @return false when stopped.
bool forEachRow(const table::EmbeddingTable& table, const base::TaskContext& context,
                const std::function<void(std::span<const float>)>& body) {
  for (Eigen::Index row = 0; row < table.rowCount(); ++row) {
    if (context.stopRequested()) {
      return false;
    }
    body(table.row(row));
    context.report(static_cast<double>(row + 1) / static_cast<double>(table.rowCount()));
  }
  return true;
}

bool writeNpz(const table::EmbeddingTable& table, const std::filesystem::path& path,
              OutputFiles& files, const base::TaskContext& context) {
  const std::string words = npyOfTexts(writableLabels(table.vocabulary(), textArrayRules()));
  const std::string header =
      npyHeaderText("<f4", fmt::format("({}, {})", table.rowCount(), table.dimension()));
  ZipChecksum checksum;
  checksum.add(header);
  if (!forEachRow(table, context.part(0, 0.3), [&](std::span<const float> row) {
        checksum.add({reinterpret_cast<const char*>(row.data()), row.size_bytes()});  // NOLINT
      })) {
    return false;
  }
  base::AtomicFile& file = files.add(path);
  ZipWriter zip(file);
  const auto numbers = static_cast<std::uint64_t>(table.rowCount() * table.dimension());
  zip.begin("vectors.npy", header.size() + numbers * sizeof(float), checksum.value());
  file.write(header);
  if (!forEachRow(table, context.part(0.3, 0.9),
                  [&](std::span<const float> row) { file.write(row); })) {
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
    .write = writeNpz};

}  // namespace embedscope::formats
