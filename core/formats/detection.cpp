// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/detection.h"

#include "core/formats/csv.h"
#include "core/formats/csv_columns.h"
#include "core/formats/decimal.h"
#include "core/formats/fasttext_model.h"
#include "core/formats/gensim.h"
#include "core/formats/json_lines.h"
#include "core/formats/projector_pbtxt.h"
#include "core/formats/pytorch.h"
#include "core/formats/safetensors.h"
#include "core/formats/text_header.h"
#include "core/formats/text_lines.h"
#include "core/formats/text_row.h"
#include "core/formats/zip_archive.h"

#include <algorithm>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;
using namespace std::string_view_literals;

constexpr std::size_t kHeadBytes = 65536;

bool isPrintable(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return (c >= ' ' && c <= '~') || c == '\t'; });
}

/// Text or binary after a count header: what follows the first word tells. Numbers in decimal are
/// printable; the bytes of floats almost never are, let alone up to a line end.
bool isTextAfterHeader(const Source& source, std::size_t headerEnd) {
  const std::string_view rest = source.text().substr(headerEnd);
  const std::string_view line = firstLine(rest, kHeadBytes);
  const std::size_t blank = line.find_first_of(" \t");
  const std::string_view values =
      blank == std::string_view::npos ? std::string_view() : trimmed(line.substr(blank));
  if (values.empty()) {  // cut off, or no vectors at all
    return source.extension() != ".bin";
  }
  const std::size_t last = values.find_last_of(" \t");
  return isPrintable(values) ||
         looksNumeric(values.substr(last == std::string_view::npos ? 0 : last + 1));
}

bool hasControlBytes(std::string_view head) {
  return std::ranges::any_of(head, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\v';
  });
}

/// Fields of the first line that are not blank.
std::string_view firstFilledLine(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = takeLine(text);
    if (!isBlank(line)) {
      return line;
    }
  }
  return {};
}

/// Tab-separated numbers, with or without a label in front.
bool isTabSeparated(std::string_view line) {
  const std::size_t tab = line.find('\t');
  if (tab == std::string_view::npos) {
    return looksNumeric(line);  // one number a line: for the projector reader to refuse
  }
  for (std::string_view rest = line.substr(tab + 1);;) {
    const std::size_t end = rest.find('\t');
    if (!looksNumeric(trimmed(rest.substr(0, end)))) {
      return false;
    }
    if (end == std::string_view::npos) {
      return true;
    }
    rest.remove_prefix(end + 1);
  }
}

/// CSV or TSV with labels, where that is beyond doubt and the lines are no rows of other formats.
std::optional<FormatId> delimitedFormat(const Source& source, std::string_view head) {
  const std::string_view line = firstFilledLine(head);
  const bool hasTabs = line.find('\t') != std::string_view::npos;
  const FormatId format = hasTabs ? FormatId::Tsv : FormatId::Csv;
  if (!hasTabs) {
    if (line.find_first_of(",;|") == std::string_view::npos || trailingNumbers(line) > 1) {
      return {};
    }
  } else if (isTabSeparated(line) && !isLabelName(line.substr(0, line.find('\t')))) {
    return {};
  }
  return looksLikeDelimitedVectors(source, format) ? std::optional(format) : std::nullopt;
}

bool isProjectorConfig(std::string_view head) {
  const std::string_view text = withoutByteOrderMark(head);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '{' &&
         text.find("\"embeddings\"") != std::string_view::npos;
}

/// True when a member of the archive has such an ending.
bool zipHolds(const Source& source, std::string_view ending) {
  const ZipArchive archive(source.text(), source.path());
  return std::ranges::any_of(
      archive.members(), [&](const ZipMember& member) { return member.name.ends_with(ending); });
}

bool isOneOf(const std::filesystem::path& extension,
             std::initializer_list<std::string_view> wanted) {
  return std::ranges::find(wanted, extension.string()) != wanted.end();
}

void refuseJsonArray(const Source& source, std::string_view head) {
  const std::size_t first = head.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || head[first] != '[') {
    return;
  }
  const std::size_t next = head.find_first_not_of(" \t\r\n", first + 1);
  if (next != std::string_view::npos && head[next] == '{') {
    throw Error(ErrorCode::BadData,
                "is one JSON array; write an object on every line (JSON lines), for example with: "
                "jq -c '.[]'",
                placeOf(source));
  }
}

[[noreturn]] void refuseUnknown(const Source& source) {
  throw Error(ErrorCode::BadData,
              "is of no format that can be read; see the list of formats, or name the format",
              placeOf(source));
}

}  // namespace

FormatId detectFormat(const Source& source) {
  const std::string_view text = source.text();
  if (text.empty()) {
    throw Error(ErrorCode::BadData, "the file is empty", placeOf(source));
  }
  if (text.starts_with("\x93NUMPY"sv)) {
    return FormatId::Npy;
  }
  const bool isCalledTorch = isOneOf(source.extension(), {".pt", ".pth", ".th"});
  if (looksLikeLegacyPyTorch(text) || (looksLikePickle(text) && isCalledTorch)) {
    return FormatId::PyTorch;
  }
  if (looksLikePickle(text)) {
    return FormatId::Gensim;
  }
  if (text.starts_with("PK\x03\x04"sv)) {
    if (zipHolds(source, "data.pkl") || isCalledTorch) {
      return FormatId::PyTorch;
    }
    if (zipHolds(source, ".npy")) {
      return FormatId::Npz;
    }
  }
  if (looksLikeFastText(source) && !findCountHeader(text)) {
    return FormatId::FastText;
  }
  if (text.starts_with("GGUF"sv)) {
    return FormatId::Gguf;
  }
  if (looksLikeSafetensors(text) || looksLikeSafetensorsIndex(text) ||
      source.extension() == ".safetensors") {
    refuseLfsPointer(source);
    return FormatId::Safetensors;
  }
  refuseForeign(source);
  if (source.extension() == ".bytes") {
    return FormatId::ProjectorBytes;
  }
  if (const std::optional<CountHeader> header = findCountHeader(text)) {
    if (!isTextAfterHeader(source, header->end)) {
      return FormatId::Word2VecBinary;
    }
    if (findTextHeader(text)) {
      return FormatId::Word2VecText;
    }
  }
  const std::string_view head = text.substr(0, kHeadBytes);
  if (isOneOf(source.extension(), {".jsonl", ".ndjson"}) || looksLikeJsonLines(text)) {
    return FormatId::JsonLines;
  }
  if (isProjectorConfig(head) || looksLikeProjectorPbtxt(head)) {
    return FormatId::ProjectorConfig;
  }
  refuseJsonArray(source, head);
  if (source.extension() == ".npy") {
    throw Error(ErrorCode::BadData, "is not an .npy file: it does not begin with \\x93NUMPY",
                placeOfByte(source, 0));
  }
  if (source.extension() == ".csv" &&
      firstFilledLine(head).find_first_of(",;|\t") != std::string_view::npos) {
    return FormatId::Csv;
  }
  if (hasControlBytes(head)) {
    refuseUnknown(source);
  }
  if (const std::optional<FormatId> delimited = delimitedFormat(source, head)) {
    return *delimited;
  }
  return isTabSeparated(firstFilledLine(head)) ? FormatId::ProjectorTsv : FormatId::GloveText;
}

}  // namespace embedscope::formats
