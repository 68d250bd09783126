// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/gzip.h"

#include "core/base/parallel.h"
#include "core/base/text.h"
#include "core/formats/proportion.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <new>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;
using base::Place;

constexpr int kGzipWindow = 15 + 16;  ///< the largest window; gzip, not zlib or raw
constexpr std::size_t kBufferBytes = std::size_t{256} << 10U;
constexpr std::size_t kMostInput = std::size_t{1} << 30U;  ///< zlib counts in 32 bits

constexpr std::size_t kPieceBytes = std::size_t{1} << 20U;
constexpr std::size_t kPiecesAtOnce = 8;
constexpr int kLevel = 6;  ///< zlib's own choice between size and time

unsigned char* bytesOf(const char* text) {
  // zlib takes input as not const, but never writes to it.
  return reinterpret_cast<unsigned char*>(const_cast<char*>(text));  // NOLINT
}

/// One whole gzip stream.
std::string packed(std::string_view piece) {
  z_stream stream{};
  constexpr int kMemoryLevel = 8;
  if (deflateInit2(&stream, kLevel, Z_DEFLATED, kGzipWindow, kMemoryLevel, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    throw std::bad_alloc();
  }
  std::string out(deflateBound(&stream, piece.size()), '\0');
  stream.next_in = bytesOf(piece.data());
  stream.avail_in = static_cast<uInt>(piece.size());
  stream.next_out = bytesOf(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);  // cannot fail: the bound is large enough
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

}  // namespace

struct GzipReader::Stream {
  z_stream zlib{};
  std::size_t given = 0;  ///< bytes handed to zlib so far
};

GzipReader::GzipReader(std::string_view bytes, std::filesystem::path path)
    : m_bytes(bytes),
      m_path(std::move(path)),
      m_stream(std::make_unique<Stream>()),
      m_buffer(kBufferBytes) {
  if (inflateInit2(&m_stream->zlib, kGzipWindow) != Z_OK) {
    throw std::bad_alloc();
  }
}

GzipReader::~GzipReader() {
  inflateEnd(&m_stream->zlib);
}

std::size_t GzipReader::consumed() const {
  return m_stream->given - m_stream->zlib.avail_in;
}

void GzipReader::setProblem(std::string sentence) {
  m_problem = Error(ErrorCode::BadData, std::move(sentence),
                    Place::ofByte(m_path, static_cast<std::int64_t>(consumed())));
}

void GzipReader::endEarly() {
  setProblem(
      fmt::format("the gzip-compressed data ends early, after {} of content: the file is cut off; "
                  "download or copy it again, or have bad lines skipped",
                  base::byteSize(static_cast<double>(m_unpacked))));
}

/// Goes on to the stream behind the one that has ended, if there is one.
bool GzipReader::atNextStream() {
  const std::string_view rest = m_bytes.substr(consumed());
  if (rest.starts_with("\x1F\x8B")) {
    inflateReset(&m_stream->zlib);
    return true;
  }
  const std::size_t filled = rest.find_first_not_of('\0');
  m_leftOver = filled == std::string_view::npos ? 0 : rest.size() - filled;
  return false;
}

std::optional<std::string_view> GzipReader::next() {
  z_stream& zlib = m_stream->zlib;
  zlib.next_out = bytesOf(m_buffer.data());
  zlib.avail_out = static_cast<uInt>(m_buffer.size());
  while (!m_ended && zlib.avail_out > 0) {
    if (zlib.avail_in == 0) {
      const std::string_view more = m_bytes.substr(m_stream->given, kMostInput);
      zlib.next_in = bytesOf(more.data());
      zlib.avail_in = static_cast<uInt>(more.size());
      m_stream->given += more.size();
    }
    const int outcome = inflate(&zlib, Z_NO_FLUSH);
    if (outcome == Z_STREAM_END) {
      m_ended = !atNextStream();
    } else if (outcome != Z_OK ||
               (zlib.avail_in == 0 && m_stream->given == m_bytes.size() && zlib.avail_out > 0)) {
      m_ended = true;
      if (outcome == Z_OK || outcome == Z_BUF_ERROR) {
        endEarly();
      } else {
        setProblem(
            fmt::format("the gzip-compressed data is damaged ({}); download or copy it again",
                        zlib.msg == nullptr ? "no gzip data" : zlib.msg));
      }
    }
  }
  const std::size_t count = m_buffer.size() - zlib.avail_out;
  m_unpacked += count;
  if (isOutOfProportion(m_unpacked, consumed())) {
    throw Error(ErrorCode::BadData,
                fmt::format("unpacks to more than {} from {}, out of all proportion to a table of "
                            "vectors; if it is one, unpack it with gunzip and open that",
                            base::byteSize(static_cast<double>(m_unpacked)),
                            base::byteSize(static_cast<double>(consumed()))),
                Place::ofFile(m_path));
  }
  return count == 0 ? std::nullopt : std::optional(std::string_view(m_buffer.data(), count));
}

GzipFile::GzipFile(const std::filesystem::path& target) : AtomicFile(target) {}

void GzipFile::write(std::string_view bytes) {
  m_waiting += bytes;
  if (m_waiting.size() >= kPiecesAtOnce * kPieceBytes) {
    pack(false);
  }
}

void GzipFile::finish() {
  if (!m_finished) {
    pack(true);
    m_finished = true;
  }
}

/// Compresses all whole pieces that wait; at the end also the one that is not whole.
void GzipFile::pack(bool isEnd) {
  const std::string_view waiting = m_waiting;
  const std::size_t count =
      isEnd ? std::max<std::size_t>(1, (waiting.size() + kPieceBytes - 1) / kPieceBytes)
            : waiting.size() / kPieceBytes;
  std::vector<std::string> pieces(count);
  base::parallelBlocks(static_cast<std::int64_t>(count), [&](std::int64_t block) {
    const auto i = static_cast<std::size_t>(block);
    pieces[i] = packed(waiting.substr(i * kPieceBytes, kPieceBytes));
  });
  for (const std::string& piece : pieces) {
    AtomicFile::write(piece);
  }
  m_waiting.erase(0, std::min(count * kPieceBytes, m_waiting.size()));
}

}  // namespace embedscope::formats
