// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/table_io.h"

#include "core/base/text.h"
#include "core/formats/csv_writer.h"
#include "core/formats/detection.h"
#include "core/formats/fasttext.h"
#include "core/formats/gensim.h"
#include "core/formats/gguf.h"
#include "core/formats/glove_text.h"
#include "core/formats/npy.h"
#include "core/formats/npz.h"
#include "core/formats/number_rows.h"
#include "core/formats/projector_bytes.h"
#include "core/formats/projector_config.h"
#include "core/formats/projector_tsv.h"
#include "core/formats/pytorch.h"
#include "core/formats/safetensors.h"
#include "core/formats/word2vec_binary.h"
#include "core/formats/word2vec_text.h"

#include <algorithm>
#include <array>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;

/// In the order in which they are listed to people.
const std::array kFormats = {
    &kWord2VecTextFormat,
    &kWord2VecBinaryFormat,
    &kGloveTextFormat,
    &kNpyFormat,
    &kNpzFormat,
    &kSafetensorsFormat,
    &kFastTextFormat,
    &kGgufFormat,
    &kPyTorchFormat,
    &kGensimFormat,
    &kProjectorTsvFormat,
    &kProjectorBytesFormat,
    &kProjectorConfigFormat,
    &kCsvFormat,
};

const Format& formatOf(FormatId id) {
  return **std::ranges::find(kFormats, id, [](const Format* format) { return format->info.id; });
}

/// Opens the file and finds its format, or takes the one that was asked for.
std::pair<Source, const Format*> open(const std::filesystem::path& path,
                                      const ReadOptions& options) {
  if (options.limit && *options.limit < 1) {
    throw Error(ErrorCode::InvalidArgument, "the limit must be at least 1 row");
  }
  Source source{base::MappedFile::open(path), options};
  if (source.text().empty()) {
    throw Error(ErrorCode::BadData, "the file is empty", placeOf(source));
  }
  const Format& format = formatOf(options.format ? *options.format : detectFormat(source));
  if (format.read == nullptr) {
    throw Error(ErrorCode::InvalidArgument,
                std::string(format.info.title) + " is written only, not read", placeOf(source));
  }
  return {std::move(source), &format};
}

}  // namespace

std::span<const FormatInfo> allFormats() {
  static const std::vector<FormatInfo> infos = [] {
    std::vector<FormatInfo> all;
    std::ranges::transform(kFormats, std::back_inserter(all), &Format::info);
    return all;
  }();
  return infos;
}

const FormatInfo& formatInfo(FormatId id) {
  return formatOf(id).info;
}

std::optional<FormatId> formatFromName(std::string_view name) {
  const auto info = std::ranges::find(allFormats(), name, &FormatInfo::name);
  return info == allFormats().end() ? std::nullopt : std::optional(info->id);
}

Preview previewTable(const std::filesystem::path& path, const ReadOptions& options) {
  const auto [source, format] = open(path, options);
  return format->preview(source);
}

std::optional<LoadedTable> readTable(const std::filesystem::path& path, const ReadOptions& options,
                                     const base::TaskContext& context) {
  const auto [source, format] = open(path, options);
  if (context.stopRequested()) {
    return {};
  }
  std::optional<LoadedTable> loaded = format->read(source, context);
  if (loaded) {
    context.report(1.0);
  }
  return loaded;
}

std::span<const NumberType> writableNumbers(FormatId format) {
  static constexpr std::array kNoChoice = {NumberType::Float32};
  const std::span<const NumberType> numbers = formatOf(format).numbers;
  return numbers.empty() ? std::span<const NumberType>(kNoChoice) : numbers;
}

void checkWritable(FormatId format, const WriteOptions& options) {
  const std::string title(formatInfo(format).title);
  if (formatOf(format).write == nullptr) {
    throw Error(ErrorCode::InvalidArgument, title + " is read only, not written");
  }
  const std::span<const NumberType> numbers = writableNumbers(format);
  if (std::ranges::find(numbers, options.numbers) == numbers.end()) {
    std::string names;
    for (const NumberType type : numbers) {
      names += (names.empty() ? "" : " or ") + std::string(nameOf(type));
    }
    throw Error(ErrorCode::InvalidArgument, title + " is written in " + names + ", not in " +
                                                std::string(nameOf(options.numbers)));
  }
}

std::vector<std::string> writeLosses(const table::EmbeddingTable& table, FormatId format,
                                     const WriteOptions& options) {
  checkWritable(format, options);
  const auto labelLosses = formatOf(format).losses;
  std::vector<std::string> losses =
      labelLosses == nullptr ? std::vector<std::string>() : labelLosses(table);
  std::ranges::move(roundingLosses(table, options.numbers), std::back_inserter(losses));
  if (table.subwords()) {
    losses.push_back(
        std::string(formatInfo(format).title) +
        " does not hold subwords: words that are not in the table will have no vector");
  }
  return losses;
}

std::vector<std::filesystem::path> writeTable(const table::EmbeddingTable& table,
                                              const std::filesystem::path& path, FormatId format,
                                              const base::TaskContext& context,
                                              const WriteOptions& options) {
  checkWritable(format, options);
  OutputFiles files;
  if (!formatOf(format).write(table, path, options, files, context)) {
    return {};
  }
  return files.commit();
}

}  // namespace embedscope::formats
