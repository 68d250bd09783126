// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/task_context.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope::formats {

/// One file in a zip archive, as the directory describes it.
struct ZipMember {
  std::string name;  ///< a label, never used as a path
  std::uint64_t size = 0;
  std::uint64_t packedSize = 0;
  std::uint32_t crc = 0;
  std::uint16_t method = 0;  ///< 0 stored, 8 deflated
  bool isEncrypted = false;
  std::size_t begin = 0;  ///< of its bytes in the file, behind the local header

  bool isStored() const { return method == 0 && !isEncrypted; }
};

/// The members of a zip archive that lies in memory, ZIP64 included.
///
/// The directory is read here rather than by a library because tables of gigabytes stay mapped: for
/// that one has to know where the bytes of a stored member lie. zlib inflates.
/// Source: PKWARE, APPNOTE.TXT 6.3.10.
class ZipArchive {
 public:
  /// @param bytes  the whole file; kept alive by the caller.
  /// @throws Error BadData: no directory (the file is cut off), a directory that contradicts itself
  ///         or the file, two members of one name.
  ZipArchive(std::string_view bytes, std::filesystem::path path);

  const std::vector<ZipMember>& members() const { return m_members; }

  /// Null when there is none.
  const ZipMember* find(std::string_view name) const;

  /// The bytes of a stored member.
  std::string_view storedBytes(const ZipMember& member) const;

  /// Gets the next piece. @return false when that is enough.
  using Take = std::function<bool(std::string_view piece)>;

  /// Hands out the unpacked bytes in order, piece by piece, and checks them at the end.
  ///
  /// @return false when stopped.
  /// @throws Error BadData: encrypted, another method than stored and deflated, a member that is
  ///         longer or shorter than it says or whose checksum is wrong.
  bool unpack(const ZipMember& member, const base::TaskContext& context, const Take& take) const;

  /// The first bytes of a member, at most `count`; no checksum is known yet.
  std::string head(const ZipMember& member, std::size_t count) const;

  /// All of a member that has to be small.
  /// @throws Error BadData as unpack; also when it is longer than `limit`.
  std::string contents(const ZipMember& member, std::size_t limit) const;

  /// Refuses a member that would inflate to a size out of all proportion.
  ///
  /// @param moreBytes  that will be needed beside its own, for instance to name the rows.
  /// @throws Error BadData: see isOutOfProportion.
  void checkProportion(const ZipMember& member, std::uint64_t moreBytes = 0) const;

  /// @throws Error BadData when the member is encrypted, or neither stored nor deflated.
  void checkMethod(const ZipMember& member) const;

  /// @throws Error BadData that names the archive.
  [[noreturn]] void fail(std::string sentence) const;

 private:
  void readDirectory();
  bool unpackPieces(const ZipMember& member, std::size_t pieceBytes,
                    const base::TaskContext& context, const Take& take) const;

  std::string_view m_bytes;
  std::filesystem::path m_path;
  std::vector<ZipMember> m_members;
};

}  // namespace embedscope::formats
