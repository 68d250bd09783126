// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/pytorch.h"

#include "core/base/text.h"
#include "core/formats/tensor_table.h"
#include "core/formats/torch_tensors.h"
#include "core/formats/zip_archive.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;
using namespace std::string_view_literals;

/// A pickle of the number 0x1950a86a20f9469cfc6c.
constexpr std::string_view kLegacyMagic =
    "\x80\x02\x8A\x0A\x6C\xFC\x9C\x46\xF9\x20\x6A\xA8\x50\x19\x2E"sv;
constexpr std::string_view kPickleName = "/data.pkl";
constexpr std::size_t kLongestPickle = std::size_t{1} << 30;

/// Bytes that something else keeps mapped, together with the pickle that refers to them.
struct PickledBytes {
  std::string bytes;
  std::unique_ptr<const Pickle> pickle;
};

[[noreturn]] void fail(const Source& source, const std::string& sentence) {
  throw Error(ErrorCode::BadData, sentence, placeOf(source));
}

/// Words, for a table with as many rows.
std::optional<RowLabels> wordsFor(const std::filesystem::path& path, const TorchContents& contents,
                                  std::int64_t rows) {
  for (const std::vector<std::string>& words : contents.wordLists) {
    if (static_cast<std::int64_t>(words.size()) == rows) {
      RowLabels labels;
      labels.path = path;
      labels.labels = words;
      return labels;
    }
  }
  return {};
}

TensorFile fileOf(const Source& source, TorchContents contents, std::string why) {
  TensorFile file;
  file.format = FormatId::PyTorch;
  file.why = std::move(why);
  file.tensors = std::move(contents.tensors);
  contents.tensors.clear();
  file.labels = [contents, path = source.path()](const Tensor& tensor) {
    return wordsFor(path, contents, tensor.shape[0]);
  };
  return file;
}

/// The top folder of the archive, with its slash.
std::string rootOf(const Source& source, const ZipArchive& archive) {
  std::string root;
  for (const ZipMember& member : archive.members()) {
    if (!member.name.ends_with(kPickleName)) {
      continue;
    }
    if (!root.empty()) {
      fail(source, "two archives in one: there are two data.pkl");
    }
    root = member.name.substr(0, member.name.size() - kPickleName.size() + 1);
  }
  if (root.empty()) {
    fail(source, "no data.pkl in it: not a PyTorch file");
  }
  if (archive.find(root + "constants.pkl") != nullptr) {
    fail(source, "is a TorchScript program, which is not read; save the state_dict");
  }
  return root;
}

bool isBigEndianArchive(const Source& source, const ZipArchive& archive, const std::string& root) {
  const ZipMember* record = archive.find(root + "byteorder");
  if (record == nullptr) {
    return false;
  }
  const std::string order = archive.head(*record, 16);
  if (order != "little" && order != "big") {
    fail(source, fmt::format("unknown byte order {}", base::repairedUtf8(order)));
  }
  return order == "big";
}

TensorFile openArchive(const Source& source) {
  const auto archive = std::make_shared<const ZipArchive>(source.text(), source.path());
  const std::string root = rootOf(source, *archive);
  const bool isBigEndian = isBigEndianArchive(source, *archive, root);
  const auto pickled = std::make_shared<PickledBytes>();
  const ZipMember& member = *archive->find(root + "data.pkl");
  archive->checkProportion(member);
  pickled->bytes = archive->contents(member, kLongestPickle);
  const PlaceOfByte placeOf = [path = source.path()](std::size_t) {
    return base::Place::ofFile(path);
  };
  pickled->pickle = std::make_unique<const Pickle>(pickled->bytes, placeOf);
  const FindStorage find = [&](std::string_view key) {
    const ZipMember* record = archive->find(root + "data/" + std::string(key));
    if (record == nullptr) {
      fail(source, fmt::format("there is no storage {} in it", base::repairedUtf8(key)));
    }
    TorchStorage storage;
    storage.isBigEndian = isBigEndian;
    archive->checkMethod(*record);
    if (record->isStored()) {
      storage.bytes = archive->storedBytes(*record);
      storage.inFile = record->begin;
      return storage;
    }
    archive->checkProportion(*record);
    const auto bytes = std::make_shared<const std::string>(
        archive->contents(*record, std::numeric_limits<std::size_t>::max()));
    storage.bytes = *bytes;
    storage.owner = bytes;
    return storage;
  };
  const std::shared_ptr<const Pickle> pickle(pickled, pickled->pickle.get());
  return fileOf(source, torchContents(source, pickle, find),
                "it is a zip archive with PyTorch's data.pkl");
}

/// Five pickles (magic, version, system, object, keys), then the storages in the order of the keys.
TensorFile openLegacy(const Source& source) {
  const PlaceOfByte placeOf = [&source](std::size_t byte) { return placeOfByte(source, byte); };
  const std::string_view bytes = source.text();
  const Pickle version(bytes, placeOf, kLegacyMagic.size());
  const Pickle system(bytes, placeOf, version.end());
  const auto pickle = std::make_shared<const Pickle>(bytes, placeOf, system.end());
  const Pickle keys(bytes, placeOf, pickle->end());
  const auto names = keys.texts(keys.root());
  if (!names) {
    fail(source, "the list of storages is none");
  }
  const auto order = system.find(system.root(), "little_endian");
  const bool isBigEndian = order && system[*order].integer == 0;
  const std::map<std::string, std::size_t> elementBytes = storageElementBytes(source, *pickle);
  std::map<std::string, TorchStorage, std::less<>> storages;
  ByteReader reader(bytes, placeOf, keys.end());
  for (const std::string_view name : *names) {
    const auto known = elementBytes.find(std::string(name));
    const auto count = reader.read<std::uint64_t>("a storage: it is cut off");
    const std::uint64_t item = known == elementBytes.end() ? 0 : known->second;
    if (item == 0) {
      reader.fail(fmt::format("storage {}: nothing tells the size of its elements",
                              base::repairedUtf8(name)));
    }
    if (count > reader.remaining() / item) {
      reader.fail(fmt::format("storage {} is cut off: {} elements of {} bytes are promised",
                              base::repairedUtf8(name), count, item));
    }
    TorchStorage storage;
    storage.inFile = reader.position();
    storage.isBigEndian = isBigEndian;
    storage.bytes = reader.take(count * item, "a storage");
    storages.emplace(name, storage);
  }
  const FindStorage find = [&](std::string_view key) {
    const auto found = storages.find(key);
    if (found == storages.end()) {
      fail(source, fmt::format("there is no storage {} in it", base::repairedUtf8(key)));
    }
    return found->second;
  };
  return fileOf(source, torchContents(source, pickle, find),
                "it begins with PyTorch's magic number");
}

TensorFile openPyTorch(const Source& source) {
  if (looksLikeLegacyPyTorch(source.text())) {
    return openLegacy(source);
  }
  if (!source.text().starts_with("PK"sv)) {
    fail(source, "is not a PyTorch file: neither a zip archive nor PyTorch's magic number");
  }
  return openArchive(source);
}

Preview previewPyTorch(const Source& source) {
  return previewTensor(source, openPyTorch(source));
}

std::optional<LoadedTable> readPyTorch(const Source& source, const base::TaskContext& context) {
  return readTensor(source, openPyTorch(source), context);
}

}  // namespace

const Format kPyTorchFormat = {
    .info = {FormatId::PyTorch, "pytorch", "PyTorch", ".pt",
             "Tensors of state_dicts and checkpoints; nothing in the file is ever run", true,
             false},
    .preview = previewPyTorch,
    .read = readPyTorch};

bool looksLikeLegacyPyTorch(std::string_view text) {
  return text.starts_with(kLegacyMagic);
}

}  // namespace embedscope::formats
