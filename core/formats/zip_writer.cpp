// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/zip_writer.h"

#include <zlib.h>

#include <algorithm>

namespace embedscope::formats {

namespace {

constexpr std::uint32_t kIn64 = 0xFFFFFFFF;
constexpr std::uint16_t kVersion = 45;             // the first with ZIP64
constexpr std::uint16_t kUtf8Names = 0x800;        // flag
constexpr std::uint16_t kDate = 0x21;              // 1980-01-01, the first there is
constexpr std::uint16_t kAlignmentExtra = 0xD935;  // of zipalign: the alignment, then zeros
constexpr std::uint16_t kAlignment = 64;           // as numpy aligns the data within an array
constexpr std::size_t kLeastPadding = 6;           // the field of the alignment without zeros
constexpr std::size_t kHeaderBytes = 30;
constexpr std::size_t kExtra64Bytes = 20;         // with its own header: two sizes
constexpr std::uint16_t kEntryExtra64Bytes = 28;  // and an offset

/// Little-endian numbers of the record under way.
class Record {
 public:
  explicit Record(std::uint32_t signature) { add(signature); }

  template <typename Number>
  Record& add(Number value) {
    for (std::size_t i = 0; i < sizeof(Number); ++i) {
      m_bytes += static_cast<char>(static_cast<std::uint64_t>(value) >> 8 * i & 0xFF);
    }
    return *this;
  }

  Record& text(std::string_view text) {
    m_bytes += text;
    return *this;
  }

  Record& zeros(std::size_t count) {
    m_bytes.append(count, '\0');
    return *this;
  }

  const std::string& bytes() const { return m_bytes; }

 private:
  std::string m_bytes;
};

}  // namespace

void ZipChecksum::add(std::string_view bytes) {
  constexpr std::size_t kPiece = std::size_t{1} << 30;
  while (!bytes.empty()) {
    const std::string_view piece = bytes.substr(0, kPiece);
    m_value = static_cast<std::uint32_t>(
        crc32(m_value, reinterpret_cast<const Bytef*>(piece.data()),  // NOLINT: bytes
              static_cast<uInt>(piece.size())));
    bytes.remove_prefix(piece.size());
  }
}

void ZipWriter::begin(std::string_view name, std::uint64_t size, std::uint32_t checksum) {
  const std::uint64_t unpadded =
      m_offset + kHeaderBytes + name.size() + kExtra64Bytes + kLeastPadding;
  const std::size_t zeros =
      static_cast<std::size_t>((kAlignment - unpadded % kAlignment) % kAlignment);
  Record header(0x04034B50);
  header.add(kVersion).add(kUtf8Names).add(std::uint16_t{0}).add(std::uint16_t{0}).add(kDate);
  header.add(checksum).add(kIn64).add(kIn64);
  header.add(static_cast<std::uint16_t>(name.size()));
  header.add(static_cast<std::uint16_t>(kExtra64Bytes + kLeastPadding + zeros)).text(name);
  header.add(std::uint16_t{1}).add(std::uint16_t{16}).add(size).add(size);
  header.add(kAlignmentExtra).add(static_cast<std::uint16_t>(2 + zeros)).add(kAlignment);
  m_file.write(header.zeros(zeros).bytes());
  m_entries.push_back({std::string(name), size, checksum, m_offset});
  m_offset += header.bytes().size() + size;
}

void ZipWriter::finish() {
  std::uint64_t bytes = 0;
  for (const Entry& entry : m_entries) {
    Record record(0x02014B50);
    record.add(kVersion).add(kVersion).add(kUtf8Names).add(std::uint16_t{0});
    record.add(std::uint16_t{0}).add(kDate).add(entry.checksum).add(kIn64).add(kIn64);
    record.add(static_cast<std::uint16_t>(entry.name.size())).add(kEntryExtra64Bytes);
    record.add(std::uint16_t{0}).add(std::uint16_t{0}).add(std::uint16_t{0}).add(std::uint32_t{0});
    record.add(kIn64).text(entry.name);
    record.add(std::uint16_t{1}).add(std::uint16_t{24});
    record.add(entry.size).add(entry.size).add(entry.offset);
    m_file.write(record.bytes());
    bytes += record.bytes().size();
  }
  const auto count = static_cast<std::uint64_t>(m_entries.size());
  Record end(0x06064B50);
  end.add(std::uint64_t{44}).add(kVersion).add(kVersion).add(std::uint32_t{0});
  end.add(std::uint32_t{0}).add(count).add(count).add(bytes).add(m_offset);
  m_file.write(end.bytes());
  Record locator(0x07064B50);
  locator.add(std::uint32_t{0}).add(m_offset + bytes).add(std::uint32_t{1});
  m_file.write(locator.bytes());
  Record last(0x06054B50);
  last.add(std::uint16_t{0}).add(std::uint16_t{0});
  last.add(std::uint16_t{0xFFFF}).add(std::uint16_t{0xFFFF}).add(kIn64).add(kIn64);
  m_file.write(last.add(std::uint16_t{0}).bytes());
}

}  // namespace embedscope::formats
