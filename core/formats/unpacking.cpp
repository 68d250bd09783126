// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/unpacking.h"

#include "core/base/text.h"
#include "core/formats/gzip.h"
#include "core/formats/zip_archive.h"

#include "core/base/temporary_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;
using namespace std::string_view_literals;

constexpr std::size_t kBeginningBytes = std::size_t{4} << 20U;
constexpr std::size_t kMostListed = 12;

bool isGzip(std::string_view text) {
  return text.starts_with("\x1F\x8B"sv);
}

bool isZip(std::string_view text) {
  return text.starts_with("PK\x03\x04"sv) || text.starts_with("PK\x05\x06"sv);
}

/// True when a reader of archives takes the file as it is.
bool isArchiveOfArrays(const Source& source) {
  const std::optional<FormatId>& format = source.options.format;
  if (format) {
    return *format == FormatId::Npz || *format == FormatId::PyTorch;
  }
  const std::string extension = source.path().extension().string();
  if (extension == ".npz" || extension == ".pt" || extension == ".pth" || extension == ".th") {
    return true;
  }
  const ZipArchive archive(source.text(), source.path());
  return std::ranges::any_of(archive.members(), [](const ZipMember& member) {
    return member.name.ends_with(".npy") || member.name.ends_with("data.pkl");
  });
}

bool mayHoldVectors(const ZipMember& member) {
  const std::string name = std::filesystem::path(member.name).filename().string();
  return !name.empty() && !name.starts_with('.') && !member.name.starts_with("__MACOSX/") &&
         member.size > 0;
}

/// Texts about the vectors, not the vectors.
bool isReadme(const ZipMember& member) {
  const std::string name = std::filesystem::path(member.name).filename().string();
  return name.starts_with("README") || name.starts_with("readme") || name.starts_with("LICENSE");
}

std::vector<const ZipMember*> candidates(const ZipArchive& archive) {
  std::vector<const ZipMember*> found;
  for (const ZipMember& member : archive.members()) {
    if (mayHoldVectors(member)) {
      found.push_back(&member);
    }
  }
  if (found.empty()) {
    archive.fail("is a zip archive that holds no file of vectors");
  }
  const auto others =
      std::ranges::stable_partition(found, [](auto* member) { return !isReadme(*member); });
  if (others.begin() != found.begin()) {
    found.erase(others.begin(), found.end());
  }
  return found;
}

std::string listed(const std::vector<const ZipMember*>& members) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(kMostListed, members.size()); ++i) {
    names.push_back(base::repairedUtf8(members[i]->name));
  }
  if (members.size() > kMostListed) {
    names.push_back(fmt::format("and {} more", members.size() - kMostListed));
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

const ZipMember& chosenMember(const Source& packed, const std::vector<const ZipMember*>& members,
                              std::vector<Warning>& warnings) {
  if (const std::optional<std::string>& wanted = packed.options.tensor) {
    const auto found = std::ranges::find(members, *wanted, &ZipMember::name);
    if (found == members.end()) {
      throw Error(ErrorCode::InvalidArgument,
                  fmt::format("the archive holds no \"{}\"; it holds {}", *wanted, listed(members)),
                  placeOf(packed));
    }
    return **found;
  }
  const ZipMember& largest = **std::ranges::max_element(members, {}, &ZipMember::size);
  if (members.size() > 1) {
    warnings.push_back(
        {placeOf(packed),
         fmt::format("the archive holds {} files: {}; the largest, {}, was read, "
                     "another one can be chosen by its name (as a tensor)",
                     members.size(), listed(members), base::repairedUtf8(largest.name))});
  }
  return largest;
}

Source contentOf(const Source& packed, const base::TemporaryFile& content, Packing packing) {
  Source source = packed;
  source.file = content.map(packed.path());
  packing.fileBytes = static_cast<std::int64_t>(packed.text().size());
  source.packing = std::move(packing);
  return source;
}

std::optional<Source> unpackedMember(const Source& packed, UnpackPart part,
                                     const base::TaskContext& context) {
  const ZipArchive archive(packed.text(), packed.path());
  const std::vector<const ZipMember*> members = candidates(archive);
  Packing packing;
  const ZipMember& member = chosenMember(packed, members, packing.warnings);
  archive.checkMethod(member);
  archive.checkProportion(member);
  packing.member = member.name;
  std::ranges::transform(members, std::back_inserter(packing.members),
                         [](const ZipMember* each) { return each->name; });
  packing.contentBytes = static_cast<std::int64_t>(member.size);
  base::TemporaryFile content;
  if (part == UnpackPart::Beginning && member.size > kBeginningBytes) {
    content.write(archive.head(member, kBeginningBytes));
    packing.isBeginning = true;
  } else {
    const auto take = [&](std::string_view piece) {
      content.write(piece);
      return true;
    };
    if (!archive.unpack(member, context, take)) {
      return {};
    }
  }
  Source source = contentOf(packed, content, std::move(packing));
  source.options.tensor.reset();  // it named the member
  return source;
}

std::optional<Source> unpackedGzip(const Source& packed, UnpackPart part,
                                   const base::TaskContext& context) {
  base::TemporaryFile content;
  GzipReader reader(packed.text(), packed.path());
  Packing packing;
  while (const std::optional<std::string_view> piece = reader.next()) {
    if (context.stopRequested()) {
      return {};
    }
    content.write(*piece);
    context.report(static_cast<double>(reader.consumed()) /
                   static_cast<double>(packed.text().size()));
    packing.isBeginning = part == UnpackPart::Beginning && content.size() >= kBeginningBytes;
    if (packing.isBeginning) {
      break;
    }
  }
  const auto bytes = static_cast<double>(content.size());
  packing.contentBytes = static_cast<std::int64_t>(
      packing.isBeginning ? bytes * static_cast<double>(packed.text().size()) /
                                static_cast<double>(reader.consumed())
                          : bytes);
  if (const std::optional<Error>& problem = reader.problem()) {
    if (!packed.options.skipBadLines && !packing.isBeginning) {
      throw Error(*problem);
    }
    packing.warnings.push_back(
        {problem->place(), problem->sentence() + "; what came before that was read"});
  }
  if (reader.leftOver() > 0 && !packing.isBeginning) {
    packing.warnings.push_back(
        {placeOfByte(packed, packed.text().size() - reader.leftOver()),
         fmt::format("{} {} after the compressed data were left out",
                     base::groupedDigits(static_cast<std::int64_t>(reader.leftOver())),
                     reader.leftOver() == 1 ? "byte" : "bytes")});
  }
  return contentOf(packed, content, std::move(packing));
}

}  // namespace

bool isPacked(const Source& source) {
  return isGzip(source.text()) || (isZip(source.text()) && !isArchiveOfArrays(source));
}

std::optional<Source> unpacked(const Source& packed, UnpackPart part,
                               const base::TaskContext& context) {
  return isGzip(packed.text()) ? unpackedGzip(packed, part, context)
                               : unpackedMember(packed, part, context);
}

}  // namespace embedscope::formats
