// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/torch_file.h"

#include "core/base/text.h"
#include "core/formats/pytorch.h"

#include <fmt/format.h>

#include <algorithm>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;
using namespace std::string_view_literals;

constexpr std::string_view kPickleName = "data.pkl";
constexpr std::size_t kLongestRecord = 64;  ///< of the byte order

[[noreturn]] void refuse(const Source& source, const std::string& sentence) {
  throw Error(ErrorCode::BadData, sentence, placeOf(source));
}

/// The folder of the archive that everything lies in, with a slash at its end; or empty.
std::string rootOf(const Source& source, const ZipArchive& archive) {
  std::optional<std::string> root;
  for (const ZipMember& member : archive.members()) {
    const std::string_view name = member.name;
    const bool isPickle = name == kPickleName || name.ends_with("/data.pkl");
    if (isPickle && root) {
      refuse(source, "two archives in one: there are two data.pkl");
    }
    if (isPickle) {
      root = name.substr(0, name.size() - kPickleName.size());
    }
  }
  if (!root) {
    refuse(source, "no data.pkl: not a PyTorch file, although it is a zip archive");
  }
  return *root;
}

void refusePrograms(const Source& source, const ZipArchive& archive, const std::string& root) {
  const bool isProgram = std::ranges::any_of(archive.members(), [&](const ZipMember& member) {
    return member.name == root + "constants.pkl" || member.name.starts_with(root + "code/");
  });
  if (isProgram) {
    refuse(source,
           "is a TorchScript program, which is not read; save its state_dict() with torch.save");
  }
}

bool isBigEndian(const Source& source, const ZipArchive& archive, const std::string& root) {
  const ZipMember* member = archive.find(root + "byteorder");
  if (member == nullptr) {
    return false;
  }
  std::string order = archive.contents(*member, kLongestRecord);
  order.erase(std::ranges::find_if(order, [](char c) { return c < 'a' || c > 'z'; }), order.end());
  if (order != "little" && order != "big") {
    refuse(source, fmt::format("unknown byte order {}: little and big are known",
                               order.empty() ? "(none)" : order));
  }
  return order == "big";
}

std::optional<TorchFile> openZip(const Source& source, const base::TaskContext& context) {
  TorchFile file;
  file.why = "it is a zip archive with a data.pkl";
  file.archive = std::make_shared<const ZipArchive>(source.text(), source.path());
  const ZipArchive& archive = *file.archive;
  const std::string root = rootOf(source, archive);
  refusePrograms(source, archive, root);
  const bool isBig = isBigEndian(source, archive, root);
  const std::string folder = root + "data/";
  for (const ZipMember& member : archive.members()) {
    if (member.name.starts_with(folder)) {
      const bool isStored = member.isStored();
      file.storages[member.name.substr(folder.size())] = {
          isStored ? archive.storedBytes(member) : std::string_view(), isStored ? nullptr : &member,
          member.size, isBig};
    }
  }
  const ZipMember& member = *archive.find(root + std::string(kPickleName));
  PickleInput input;
  input.fileBytes = source.text().size();
  std::size_t begin = 0;
  if (member.isStored()) {
    input.bytes = archive.storedBytes(member);
    begin = member.begin;
  } else {
    archive.checkProportion(member);
    file.unpacked = std::make_shared<const std::string>(
        archive.contents(member, std::numeric_limits<std::size_t>::max()));
    input.bytes = *file.unpacked;
  }
  input.placeOf = [&source, &member, begin](std::size_t byte) {
    return member.isStored() ? placeOfByte(source, begin + byte) : placeOf(source);
  };
  std::optional<Pickle> pickle = readPickle(input, context);
  if (!pickle) {
    return {};
  }
  file.pickle = std::move(*pickle);
  return file;
}

/// The pickles of the legacy container, one after the other.
class LegacyPickles {
 public:
  explicit LegacyPickles(const Source& source) {
    m_input.bytes = source.text();
    m_input.fileBytes = source.text().size();
    m_input.placeOf = [&source](std::size_t byte) { return placeOfByte(source, byte); };
  }

  std::optional<Pickle> next(const base::TaskContext& context) {
    std::optional<Pickle> pickle = readPickle(m_input, context);
    if (pickle) {
      m_input.begin = pickle->end();
    }
    return pickle;
  }

  std::size_t position() const { return m_input.begin; }

 private:
  PickleInput m_input;
};

/// How many bytes an element of each storage has, by its key.
std::unordered_map<std::string, std::size_t> itemBytes(const Pickle& pickle) {
  std::unordered_map<std::string, std::size_t> sizes;
  for (std::size_t i = 0; i < pickle.objects().size(); ++i) {
    const std::optional<TorchStorage> storage = torchStorage(
        pickle, PickleValue::ofInteger(PickleKind::Persistent, static_cast<std::int64_t>(i)));
    if (storage) {
      sizes[storage->key] = storage->itemBytes;
    }
  }
  return sizes;
}

/// Finds the bytes of the storages, which follow the pickles in the order of the keys.
void locateStorages(const Source& source, const Pickle& keys, std::size_t begin, bool isBigEndian,
                    TorchFile& file) {
  const auto sizes = itemBytes(file.pickle);
  const PlaceOfByte place = [&source](std::size_t byte) { return placeOfByte(source, byte); };
  ByteReader reader(source.text(), place, begin);
  for (const PickleValue value : keys.sequence(keys.root())) {
    const std::string key(value.isText() ? value.text() : std::string_view());
    const auto known = sizes.find(key);
    if (known == sizes.end() || known->second == 0) {
      reader.fail(
          fmt::format("storage {} is of a kind that is not read, so that what follows it "
                      "cannot be found",
                      base::repairedUtf8(key)));
    }
    const auto count = reader.read<std::int64_t>("a storage");
    const auto bytes = base::checkedProduct(count, static_cast<std::int64_t>(known->second));
    if (!bytes || static_cast<std::uint64_t>(*bytes) > reader.remaining()) {
      reader.fail(fmt::format("storage {} is cut off: {} elements are promised, {} bytes follow",
                              base::repairedUtf8(key), count, reader.remaining()));
    }
    const std::string_view stored = reader.take(static_cast<std::uint64_t>(*bytes), "a storage");
    file.storages[key] = {stored, nullptr, stored.size(), isBigEndian};
  }
}

std::optional<TorchFile> openLegacy(const Source& source, const base::TaskContext& context) {
  TorchFile file;
  file.why = "it begins as torch.save began files before version 1.6";
  LegacyPickles pickles(source);
  std::optional<Pickle> about;
  for (int i = 0; i < 3; ++i) {  // the magic number, the protocol, the machine
    about = pickles.next(context);
    if (!about) {
      return {};
    }
  }
  const std::optional<PickleValue> little = about->find(about->root(), "little_endian");
  std::optional<Pickle> object = pickles.next(context);
  std::optional<Pickle> keys = object ? pickles.next(context) : std::nullopt;
  if (!keys) {
    return {};
  }
  file.pickle = std::move(*object);
  locateStorages(source, *keys, pickles.position(),
                 little && little->is(PickleKind::Bool) && little->integer() == 0, file);
  return file;
}

}  // namespace

std::optional<TorchFile> openTorchFile(const Source& source, const base::TaskContext& context) {
  if (source.text().starts_with("PK"sv)) {
    return openZip(source, context);
  }
  if (!looksLikeLegacyPyTorch(source.text())) {
    refuse(source,
           "is not a PyTorch file: it is no zip archive, nor does it begin with the number "
           "0x1950a86a20f9469cfc6c as older ones do");
  }
  return openLegacy(source, context);
}

}  // namespace embedscope::formats
