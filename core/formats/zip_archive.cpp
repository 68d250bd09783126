// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/zip_archive.h"

#include "core/base/text.h"
#include "core/formats/byte_reader.h"
#include "core/formats/proportion.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <unordered_set>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;
using namespace std::string_view_literals;

constexpr std::string_view kEndSignature = "PK\x05\x06"sv;
constexpr std::string_view kEnd64Signature = "PK\x06\x06"sv;
constexpr std::string_view kLocator64Signature = "PK\x06\x07"sv;
constexpr std::uint32_t kEntrySignature = 0x02014B50;
constexpr std::uint32_t kLocalSignature = 0x04034B50;
constexpr std::size_t kEndBytes = 22;
constexpr std::size_t kLocatorBytes = 20;
constexpr std::size_t kEntryBytes = 46;
constexpr std::size_t kLocalBytes = 30;
constexpr std::size_t kLongestComment = 65535;
constexpr std::uint16_t kZip64Extra = 1;
constexpr std::uint32_t kIn64 = 0xFFFFFFFF;  ///< the number stands in the ZIP64 field
constexpr std::uint16_t kEncryptedFlag = 1;
constexpr std::size_t kPieceBytes = std::size_t{1} << 18;

/// Where the directory lies, as the end of the file says.
struct Directory {
  std::uint64_t offset = 0;
  std::uint64_t bytes = 0;
  std::uint64_t count = 0;
};

/// The end record, looked for backwards: only a comment may follow it.
std::size_t findEnd(std::string_view bytes) {
  if (bytes.size() < kEndBytes) {
    return std::string_view::npos;
  }
  const std::size_t last = bytes.size() - kEndBytes;
  const std::size_t first = last > kLongestComment ? last - kLongestComment : 0;
  for (std::size_t at = last + 1; at-- > first;) {
    if (bytes.substr(at, kEndSignature.size()) == kEndSignature) {
      return at;
    }
  }
  return std::string_view::npos;
}

Directory directory64(std::string_view bytes, std::size_t end, const PlaceOfByte& placeOf,
                      const Directory& plain) {
  if (end < kLocatorBytes ||
      bytes.substr(end - kLocatorBytes, kLocator64Signature.size()) != kLocator64Signature) {
    return plain;
  }
  ByteReader locator(bytes, placeOf, end - kLocatorBytes + 8);
  const auto at = locator.read<std::uint64_t>("the ZIP64 locator");
  if (at > bytes.size() || bytes.substr(static_cast<std::size_t>(at), 4) != kEnd64Signature) {
    locator.fail("the zip directory is malformed: its ZIP64 record is not where it should be");
  }
  ByteReader record(bytes, placeOf, static_cast<std::size_t>(at) + 32);
  Directory found;
  found.count = record.read<std::uint64_t>("the ZIP64 record");
  found.bytes = record.read<std::uint64_t>("the ZIP64 record");
  found.offset = record.read<std::uint64_t>("the ZIP64 record");
  return found;
}

/// Replaces the numbers that stand in the ZIP64 field.
void readExtra(std::string_view extra, const PlaceOfByte& placeOf, ZipMember& member,
               std::uint64_t& local) {
  ByteReader reader(extra, placeOf);
  while (reader.remaining() >= 4) {
    const auto kind = reader.read<std::uint16_t>("an extra field");
    const auto length = reader.read<std::uint16_t>("an extra field");
    if (length > reader.remaining()) {
      return;  // some tools pad with bytes of no meaning
    }
    ByteReader field(reader.take(length, "an extra field"), placeOf);
    if (kind == kZip64Extra) {
      for (std::uint64_t* number : {&member.size, &member.packedSize, &local}) {
        if (*number == kIn64) {
          *number = field.read<std::uint64_t>("a ZIP64 field");
        }
      }
    }
  }
}

/// The next entry of the directory. @param local  gets the place of its local header.
ZipMember readEntry(ByteReader& reader, const PlaceOfByte& placeOf, std::uint64_t& local) {
  constexpr std::string_view kWhat = "the zip directory";
  if (reader.read<std::uint32_t>(kWhat) != kEntrySignature) {
    reader.fail("the zip directory is malformed: a member does not begin as one");
  }
  ZipMember member;
  reader.take(4, kWhat);  // versions
  member.isEncrypted = (reader.read<std::uint16_t>(kWhat) & kEncryptedFlag) != 0;
  member.method = reader.read<std::uint16_t>(kWhat);
  reader.take(4, kWhat);  // time
  member.crc = reader.read<std::uint32_t>(kWhat);
  member.packedSize = reader.read<std::uint32_t>(kWhat);
  member.size = reader.read<std::uint32_t>(kWhat);
  const auto nameLength = reader.read<std::uint16_t>(kWhat);
  const auto extraLength = reader.read<std::uint16_t>(kWhat);
  const auto commentLength = reader.read<std::uint16_t>(kWhat);
  reader.take(8, kWhat);  // disk and attributes
  local = reader.read<std::uint32_t>(kWhat);
  member.name = reader.take(nameLength, kWhat);
  readExtra(reader.take(extraLength, kWhat), placeOf, member, local);
  reader.take(commentLength, kWhat);
  if (member.isStored() && member.size != member.packedSize) {
    reader.fail("the zip directory is malformed: a stored member has two sizes");
  }
  return member;
}

/// Finds the bytes of a member behind its local header, whose own lengths count.
void findBytes(std::string_view bytes, const PlaceOfByte& placeOf, std::uint64_t local,
               ZipMember& member) {
  constexpr std::string_view kWhat = "a zip member";
  ByteReader header(bytes, placeOf,
                    static_cast<std::size_t>(std::min<std::uint64_t>(local, bytes.size())));
  if (header.read<std::uint32_t>(kWhat) != kLocalSignature) {
    header.fail("the zip directory is malformed: no member begins here");
  }
  header.take(kLocalBytes - 8, kWhat);
  const auto nameLength = header.read<std::uint16_t>(kWhat);
  const auto extraLength = header.read<std::uint16_t>(kWhat);
  header.take(std::uint64_t{nameLength} + extraLength, kWhat);
  member.begin = header.position();
  if (member.packedSize > header.remaining()) {
    header.fail(fmt::format("member {} is cut off: {} bytes are promised, {} follow",
                            base::repairedUtf8(member.name), member.packedSize,
                            header.remaining()));
  }
}

/// Feeds zlib and hands out what it makes.
class Inflater {
 public:
  explicit Inflater(std::size_t pieceBytes) : m_pieceBytes(pieceBytes) {
    if (inflateInit2(&m_stream, -MAX_WBITS) != Z_OK) {
      throw std::bad_alloc();
    }
  }

  ~Inflater() { inflateEnd(&m_stream); }

  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  void give(std::string_view packed) {
    // zlib reads through a pointer to non-const, but does not write.
    m_stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));  // NOLINT
    m_stream.avail_in = static_cast<uInt>(packed.size());
  }

  /// The next bytes; empty when more packed ones are needed, or at the end.
  std::string_view next() {
    m_stream.next_out = reinterpret_cast<Bytef*>(m_out.get());  // NOLINT: bytes as characters
    m_stream.avail_out = static_cast<uInt>(m_pieceBytes);
    const int result = ::inflate(&m_stream, Z_NO_FLUSH);
    m_ended = result == Z_STREAM_END;
    m_broken = result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR;
    return {m_out.get(), m_pieceBytes - m_stream.avail_out};
  }

  bool hasEnded() const { return m_ended; }

  bool isBroken() const { return m_broken; }

 private:
  z_stream m_stream{};
  std::size_t m_pieceBytes;
  std::unique_ptr<char[]> m_out = std::make_unique<char[]>(m_pieceBytes);  // NOLINT: a buffer
  bool m_ended = false;
  bool m_broken = false;
};

/// Packed bytes, some at a time.
class PackedPieces {
 public:
  explicit PackedPieces(std::string_view bytes) : m_rest(bytes) {}

  bool empty() const { return m_rest.empty(); }

  std::string_view next() {
    const std::string_view piece = m_rest.substr(0, kPieceBytes);
    m_rest.remove_prefix(piece.size());
    return piece;
  }

 private:
  std::string_view m_rest;
};

std::string shownName(const ZipMember& member) {
  return base::repairedUtf8(member.name);
}

/// Compares what comes out of a member with what the directory says of it.
class MemberCheck {
 public:
  MemberCheck(const ZipArchive& archive, const ZipMember& member)
      : m_archive(archive), m_member(member) {}

  std::uint64_t made() const { return m_made; }

  void add(std::string_view piece) {
    m_made += piece.size();
    if (m_made > m_member.size) {
      m_archive.fail(fmt::format("member {} is larger than it says: {} bytes", shownName(m_member),
                                 m_member.size));
    }
    m_crc = crc32(m_crc, reinterpret_cast<const Bytef*>(piece.data()),  // NOLINT: bytes
                  static_cast<uInt>(piece.size()));
  }

  void atEnd() const {
    if (m_made != m_member.size) {
      m_archive.fail(fmt::format("member {} holds {} bytes and says {}", shownName(m_member),
                                 m_made, m_member.size));
    }
    if (m_crc != m_member.crc) {
      m_archive.fail(fmt::format("the checksum of member {} is wrong: the file is damaged",
                                 shownName(m_member)));
    }
  }

 private:
  const ZipArchive& m_archive;
  const ZipMember& m_member;
  std::uint64_t m_made = 0;
  uLong m_crc = crc32(0, nullptr, 0);
};

}  // namespace

ZipArchive::ZipArchive(std::string_view bytes, std::filesystem::path path)
    : m_bytes(bytes), m_path(std::move(path)) {
  readDirectory();
}

void ZipArchive::fail(std::string sentence) const {
  throw Error(ErrorCode::BadData, std::move(sentence), base::Place::ofFile(m_path));
}

void ZipArchive::readDirectory() {
  const PlaceOfByte placeOf = [this](std::size_t byte) {
    return base::Place::ofByte(m_path, static_cast<std::int64_t>(byte));
  };
  const std::size_t end = findEnd(m_bytes);
  if (end == std::string_view::npos) {
    fail("there is no zip directory at its end: the file is cut off; download or write it again");
  }
  ByteReader tail(m_bytes, placeOf, end + 10);
  Directory directory;
  directory.count = tail.read<std::uint16_t>("the zip directory");
  directory.bytes = tail.read<std::uint32_t>("the zip directory");
  directory.offset = tail.read<std::uint32_t>("the zip directory");
  directory = directory64(m_bytes, end, placeOf, directory);
  if (directory.offset > end || directory.bytes > end - directory.offset ||
      directory.count > directory.bytes / kEntryBytes) {
    fail(
        fmt::format("the zip directory is malformed: {} members in {} bytes at byte {} do not fit "
                    "the file",
                    directory.count, directory.bytes, directory.offset));
  }
  const std::string_view entries =
      m_bytes.substr(0, static_cast<std::size_t>(directory.offset + directory.bytes));
  ByteReader reader(entries, placeOf, static_cast<std::size_t>(directory.offset));
  m_members.reserve(static_cast<std::size_t>(directory.count));
  for (std::uint64_t i = 0; i < directory.count; ++i) {
    std::uint64_t local = 0;
    m_members.push_back(readEntry(reader, placeOf, local));
    findBytes(m_bytes, placeOf, local, m_members.back());
  }
  std::unordered_set<std::string_view> names;
  for (const ZipMember& member : m_members) {
    if (!names.insert(member.name).second) {
      fail(fmt::format("two members are called {}: it is unclear which one counts",
                       base::repairedUtf8(member.name)));
    }
  }
}

const ZipMember* ZipArchive::find(std::string_view name) const {
  const auto found = std::ranges::find(m_members, name, &ZipMember::name);
  return found == m_members.end() ? nullptr : &*found;
}

std::string_view ZipArchive::storedBytes(const ZipMember& member) const {
  return m_bytes.substr(member.begin, static_cast<std::size_t>(member.packedSize));
}

void ZipArchive::checkMethod(const ZipMember& member) const {
  if (member.isEncrypted) {
    fail(fmt::format("member {} is encrypted; encrypted members are not supported",
                     shownName(member)));
  }
  if (member.method != 0 && member.method != 8) {
    fail(fmt::format("member {}: compression method {} is not supported (stored and deflated are)",
                     shownName(member), member.method));
  }
}

bool ZipArchive::unpack(const ZipMember& member, const base::TaskContext& context,
                        const Take& take) const {
  return unpackPieces(member, kPieceBytes, context, take);
}

bool ZipArchive::unpackPieces(const ZipMember& member, std::size_t pieceBytes,
                              const base::TaskContext& context, const Take& take) const {
  checkMethod(member);
  MemberCheck check(*this, member);
  PackedPieces packed(storedBytes(member));
  Inflater inflater(pieceBytes);
  while (!context.stopRequested()) {
    std::string_view piece;
    if (member.method == 0) {
      piece = packed.next();
    } else if (!inflater.hasEnded()) {
      piece = inflater.next();
      if (inflater.isBroken()) {
        fail(fmt::format("the compressed data of member {} is damaged", shownName(member)));
      }
      if (piece.empty() && !inflater.hasEnded()) {
        if (packed.empty()) {
          fail(fmt::format("the compressed data of member {} ends early", shownName(member)));
        }
        inflater.give(packed.next());
        continue;
      }
    }
    if (piece.empty()) {
      check.atEnd();
      return true;
    }
    check.add(piece);
    context.report(static_cast<double>(check.made()) / static_cast<double>(member.size));
    if (!take(piece)) {
      return true;
    }
  }
  return false;
}

std::string ZipArchive::head(const ZipMember& member, std::size_t count) const {
  checkMethod(member);
  if (member.isStored()) {
    return std::string(storedBytes(member).substr(0, count));
  }
  std::string out;
  unpackPieces(member, count, {}, [&](std::string_view piece) {
    out += piece.substr(0, count - out.size());
    return out.size() < count;
  });
  return out;
}

std::string ZipArchive::contents(const ZipMember& member, std::size_t limit) const {
  if (member.size > limit) {
    fail(fmt::format("member {} has {} bytes; at most {} are read", shownName(member), member.size,
                     limit));
  }
  std::string out;
  unpack(member, {}, [&](std::string_view piece) {
    out += piece;
    return true;
  });
  return out;
}

void ZipArchive::checkProportion(const ZipMember& member, std::uint64_t moreBytes) const {
  const std::uint64_t needed = member.size + std::min(moreBytes, UINT64_MAX - member.size);
  if (isOutOfProportion(needed, member.packedSize)) {
    fail(
        fmt::format("member {} would inflate from {} to {} and take {} of memory, which is out of "
                    "all proportion; if that is meant, unpack it first, for example with: unzip",
                    shownName(member), base::byteSize(static_cast<double>(member.packedSize)),
                    base::byteSize(static_cast<double>(member.size)),
                    base::byteSize(static_cast<double>(needed))));
  }
}

}  // namespace embedscope::formats
