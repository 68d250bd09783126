// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/atomic_file.h"
#include "core/base/error.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope::formats {

/// Unpacks gzip data piece by piece: one stream or several, one after the other. zlib inflates and
/// checks every stream's checksum and length. Source: RFC 1952.
class GzipReader {
 public:
  /// @param bytes  kept alive by the caller. @param path  for messages.
  GzipReader(std::string_view bytes, std::filesystem::path path);
  ~GzipReader();
  GzipReader(const GzipReader&) = delete;
  GzipReader& operator=(const GzipReader&) = delete;

  /// The next bytes, valid until the next call; nothing at the end of the data, or where it cannot
  /// go on: see problem(). @throws Error BadData when the content grows out of all proportion.
  std::optional<std::string_view> next();

  /// Why the data could not be unpacked to its end: cut off or damaged.
  const std::optional<base::Error>& problem() const { return m_problem; }

  /// Packed bytes used so far.
  std::size_t consumed() const;

  /// Bytes behind the last stream that are no further stream; zeros are not counted, tapes pad with
  /// them.
  std::size_t leftOver() const { return m_leftOver; }

 private:
  struct Stream;

  bool atNextStream();
  void endEarly();
  void setProblem(std::string sentence);

  std::string_view m_bytes;
  std::filesystem::path m_path;
  std::unique_ptr<Stream> m_stream;
  std::vector<char> m_buffer;
  std::size_t m_unpacked = 0;
  std::size_t m_leftOver = 0;
  bool m_ended = false;
  std::optional<base::Error> m_problem;
};

/// An atomic file that is gzip-compressed on the way. The bytes are cut into pieces of 1 MB that
/// become streams of their own, compressed in parallel; every gzip program reads them as one.
/// The same content gives the same file, whenever and with however many threads it is written.
class GzipFile final : public base::AtomicFile {
 public:
  explicit GzipFile(const std::filesystem::path& target);

  void write(std::string_view bytes) override;
  void finish() override;

 private:
  void pack(bool isEnd);

  std::string m_waiting;
  bool m_finished = false;
};

}  // namespace embedscope::formats
