// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/formats/detection.h"
#include "core/formats/text_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;
using namespace std::string_view_literals;

constexpr std::size_t kHeadBytes = 4096;

/// A file that is recognized by how it begins, and what to tell about it.
struct Signature {
  std::string_view bytes;
  std::string_view sentence;
};

constexpr std::array kSignatures = {
    Signature{"\x1F\x8B"sv, "is gzip-compressed twice; unpack it first, for example with: gunzip"},
    Signature{"BZh"sv, "is bzip2-compressed; unpack it first, for example with: bunzip2"},
    Signature{"\xFD\x37\x7A\x58\x5A\x00"sv,
              "is xz-compressed; unpack it first, for example with: unxz"},
    Signature{"\x28\xB5\x2F\xFD"sv,
              "is zstd-compressed; unpack it first, for example with: unzstd"},
    Signature{"\x89HDF\r\n\x1A\n"sv,
              "is an HDF5 file, which is not read; export the table as .npy or text"},
    Signature{"GGML"sv, "is an old GGML model, which is not read; convert it to GGUF"},
    Signature{"lmgg"sv, "is an old GGML model, which is not read; convert it to GGUF"},
    Signature{"fmgg"sv, "is an old GGML model, which is not read; convert it to GGUF"},
    Signature{"tjgg"sv, "is an old GGML model, which is not read; convert it to GGUF"},
    Signature{"FiFu"sv, "is a finalfusion file, which is not read; convert it to word2vec text"},
    Signature{"PAR1"sv, "is a Parquet file, which is not read; export it as CSV or .npy"},
    Signature{"\xFF\xFE"sv, "is UTF-16 text; save it as UTF-8"},
    Signature{"\xFE\xFF"sv, "is UTF-16 text; save it as UTF-8"},
};

bool startsWithNoCase(std::string_view text, std::string_view start) {
  return text.size() >= start.size() &&
         std::equal(start.begin(), start.end(), text.begin(), [](char a, char b) {
           return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b);
         });
}

std::string lfsSentence(std::string_view head) {
  const std::size_t size = head.find("\nsize ");
  std::string sentence = "is a Git LFS pointer, not the file itself (git lfs pull has not run)";
  if (size != std::string_view::npos) {
    const std::string_view digits = firstLine(head.substr(size + 6), 30);
    if (const auto bytes = base::parseInteger(digits)) {
      sentence += fmt::format("; the real file has {} bytes ({})", *bytes,
                              base::byteSize(static_cast<double>(*bytes)));
    }
  }
  return sentence;
}

}  // namespace

void refuseLfsPointer(const Source& source) {
  const std::string_view head = source.text().substr(0, kHeadBytes);
  if (head.starts_with("version https://git-lfs.github.com/spec/")) {
    throw Error(ErrorCode::BadData, lfsSentence(head), placeOf(source));
  }
}

void refuseForeign(const Source& source) {
  const std::string_view head = source.text().substr(0, kHeadBytes);
  const auto refuse = [&](std::string_view sentence) {
    throw Error(ErrorCode::BadData, std::string(sentence), placeOf(source));
  };
  for (const Signature& signature : kSignatures) {
    if (head.starts_with(signature.bytes)) {
      refuse(signature.sentence);
    }
  }
  if (head.starts_with("PK\x03\x04"sv) || head.starts_with("PK\x05\x06"sv)) {
    refuse("is a zip archive inside another file; unpack it first, for example with: unzip");
  }
  constexpr std::size_t kTarMagic = 257;
  if (head.size() > kTarMagic && head.substr(kTarMagic).starts_with("ustar")) {
    refuse("is a tar archive; unpack it first, for example with: tar -xf");
  }
  refuseLfsPointer(source);
  const std::size_t first = std::min(head.find_first_not_of(" \t\r\n"), head.size());
  const std::string_view text = head.substr(first);
  if (startsWithNoCase(text, "<!doctype") || startsWithNoCase(text, "<html")) {
    refuse("is an HTML page, not vectors: the download led to a web page; check the address");
  }
}

}  // namespace embedscope::formats
