// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/table_io.h"

#include "core/base/text.h"
#include "core/formats/csv.h"
#include "core/formats/detection.h"
#include "core/formats/fasttext.h"
#include "core/formats/gensim.h"
#include "core/formats/gguf.h"
#include "core/formats/glove_text.h"
#include "core/formats/json_lines.h"
#include "core/formats/manifest.h"
#include "core/formats/npy.h"
#include "core/formats/npz.h"
#include "core/formats/number_rows.h"
#include "core/formats/projector_bytes.h"
#include "core/formats/projector_config.h"
#include "core/formats/projector_tsv.h"
#include "core/formats/pytorch.h"
#include "core/formats/row_checks.h"
#include "core/formats/row_choice.h"
#include "core/formats/safetensors.h"
#include "core/formats/snippet.h"
#include "core/formats/unpacking.h"
#include "core/formats/word2vec_binary.h"
#include "core/formats/word2vec_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>

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
    &kTsvFormat,
    &kJsonLinesFormat,
};

const Format& formatOf(FormatId id) {
  return **std::ranges::find(kFormats, id, [](const Format* format) { return format->info.id; });
}

constexpr double kShareOfUnpacking = 0.5;  ///< of the progress

/// The file as it is.
Source open(const std::filesystem::path& path, const ReadOptions& options) {
  if (options.limit && *options.limit < 1) {
    throw Error(ErrorCode::InvalidArgument, "the limit must be at least 1 row");
  }
  if (options.every < 1) {
    throw Error(ErrorCode::InvalidArgument, "every k-th row: k must be at least 1");
  }
  Source source{base::MappedFile::open(path), options};
  if (source.text().empty()) {
    throw Error(ErrorCode::BadData, "the file is empty", placeOf(source));
  }
  return source;
}

/// The format that was asked for, else the one of the content.
const Format& formatFor(const Source& source) {
  if (source.text().empty()) {
    throw Error(ErrorCode::BadData, "the file is empty: nothing was packed in it", placeOf(source));
  }
  const std::optional<FormatId>& named = source.options.format;
  const Format& format = formatOf(named ? *named : detectFormat(source));
  if (format.read == nullptr) {
    throw Error(ErrorCode::InvalidArgument,
                std::string(format.info.title) + " is written only, not read", placeOf(source));
  }
  return format;
}

/// What is told of the packing of a file, put before what its content told.
void addPacking(const Packing& packing, std::string& tensor, std::vector<Warning>& warnings) {
  if (tensor.empty()) {
    tensor = packing.member;
  }
  warnings.insert(warnings.begin(), packing.warnings.begin(), packing.warnings.end());
}

void addPacking(const Source& source, Preview& preview) {
  const Packing& packing = *source.packing;
  addPacking(packing, preview.tensor, preview.warnings);
  preview.why = (packing.member.empty() ? "it is gzip-compressed, and inside "
                                        : "it is a zip archive, and inside ") +
                preview.why;
  preview.fileBytes = packing.fileBytes;
  if (preview.tensors.empty()) {
    for (const std::string& member : packing.members) {
      preview.tensors.push_back({base::repairedUtf8(member), "file", {}, true});
    }
  }
}

/// The endings of a path, compression left out: ".vec" of "wiki.vec.gz".
std::string plainExtension(const std::filesystem::path& path) {
  return (path.extension() == ".gz" ? path.stem() : path).extension().string();
}

bool hasExtension(const Format& format, std::string_view extension) {
  if (extension.empty()) {
    return false;
  }
  const std::string others = " " + std::string(format.otherExtensions) + " ";
  return format.info.extension == extension ||
         others.find(" " + std::string(extension) + " ") != std::string::npos;
}

/// The beginning of a packed file, or all of it where the format needs that. Nothing when stopped.
std::optional<Source> enoughForALook(const Source& packed, const base::TaskContext& context) {
  std::optional<Source> source = unpacked(packed, UnpackPart::Beginning, context);
  if (source && source->isBeginning() && !formatFor(*source).previewsBeginning) {
    return unpacked(packed, UnpackPart::Whole, context);
  }
  return source;
}

/// The manifest and the snippets that were asked for.
void addCompanions(const table::EmbeddingTable& table, const std::filesystem::path& path,
                   FormatId format, const WriteOptions& options, OutputFiles& files) {
  if (options.manifest) {
    const std::vector<FinishedFile> finished = files.finish();
    files.add(manifestPath(path))
        .write(manifestText(table, *options.manifest, format, options, finished, std::time({})));
  }
  const std::string_view example =
      table.rowCount() > 0 ? table.vocabulary().label(0) : std::string_view();
  for (const Framework framework : options.snippets) {
    files.add(snippetPath(path, framework))
        .write(loadingSnippet(framework, format, path, options, table.dimension(), example));
  }
}

/// A warning that stands for all the lines that were left out.
void tellSkipped(ReadReport& report) {
  const SkippedLines& skipped = report.skipped;
  if (skipped.count > 0) {
    report.warnings.push_back(
        {skipped.first.front().place,
         fmt::format("{} left out: {}",
                     skipped.count == 1 ? "1 line that could not be read was"
                                        : base::groupedDigits(skipped.count) +
                                              " lines that could not be read were",
                     skipped.first.front().text)});
  }
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

std::optional<FormatId> writtenFormatFromPath(const std::filesystem::path& path) {
  const std::string extension = plainExtension(path);
  const auto found = std::ranges::find_if(kFormats, [&](const Format* format) {
    return format->info.writes && hasExtension(*format, extension);
  });
  return found == kFormats.end() ? std::nullopt : std::optional((*found)->info.id);
}

std::vector<Warning> checkMapped(const table::EmbeddingTable& table,
                                 const base::TaskContext& context) {
  if (!table.file()) {
    return {};
  }
  const base::MappedFile& file = *table.file();
  const auto placeOfRow = [&](std::int64_t row) {
    const auto* first = reinterpret_cast<const std::byte*>(table.row(row).data());  // NOLINT
    return base::Place::ofByte(file.path(), first - file.data());
  };
  ReadReport report;
  const bool finished = checkNumbers(table.values(), placeOfRow, report, context, &file);
  return finished ? std::move(report.warnings) : std::vector<Warning>();
}

Preview previewTable(const std::filesystem::path& path, const ReadOptions& options) {
  const Source whole = open(path, options);
  const bool packed = isPacked(whole);
  const Source source = packed ? *enoughForALook(whole, {}) : whole;
  Preview preview = formatFor(source).preview(source);
  chooseRows(preview, source.options);
  if (packed) {
    addPacking(source, preview);
  }
  return preview;
}

bool holdsCountedVectors(const std::filesystem::path& path) {
  const Source source{base::MappedFile::open(path), {}};
  const std::string_view line = source.text().substr(0, source.text().find('\n'));
  const bool hasTabs = line.find('\t') != std::string_view::npos;
  return headerCountsDimensions(source, hasTabs ? FormatId::Tsv : FormatId::Csv);
}

std::optional<LoadedTable> readFirstRows(const std::filesystem::path& path, std::int64_t rows,
                                         const ReadOptions& options,
                                         const base::TaskContext& context) {
  ReadOptions look = options;
  look.limit = std::min(rows, options.limit.value_or(rows));
  look.only.reset();
  std::optional<Source> source = open(path, look);
  if (isPacked(*source)) {
    source = enoughForALook(*source, context);
  }
  if (!source || context.stopRequested()) {
    return {};
  }
  const Format& format = formatFor(*source);
  std::optional<LoadedTable> loaded = format.read(*source, context);
  if (loaded) {
    chooseRows(*loaded, look, format.readerChooses, placeOf(*source));
  }
  return loaded;
}

std::optional<LoadedTable> readTable(const std::filesystem::path& path, const ReadOptions& options,
                                     const base::TaskContext& context) {
  std::optional<Source> source = open(path, options);
  base::TaskContext reading = context;
  if (isPacked(*source)) {
    source = unpacked(*source, UnpackPart::Whole, context.part(0, kShareOfUnpacking));
    reading = context.part(kShareOfUnpacking, 1);
  }
  if (!source || context.stopRequested()) {
    return {};
  }
  const Format& format = formatFor(*source);
  std::optional<LoadedTable> loaded = format.read(*source, reading);
  if (loaded) {
    chooseRows(*loaded, source->options, format.readerChooses, placeOf(*source));
    tellSkipped(loaded->report);
    if (source->packing) {
      addPacking(*source->packing, loaded->report.tensor, loaded->report.warnings);
    }
    context.report(1.0);
  }
  return loaded;
}

std::span<const NumberType> writableNumbers(FormatId format) {
  static constexpr std::array kNoChoice = {NumberType::Float32};
  const std::span<const NumberType> numbers = formatOf(format).numbers;
  return numbers.empty() ? std::span<const NumberType>(kNoChoice) : numbers;
}

bool canBeCompressed(FormatId format) {
  return formatOf(format).mayBePacked;
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
  const Format& writer = formatOf(format);
  if (path.extension() == ".gz" && !writer.mayBePacked) {
    throw Error(ErrorCode::InvalidArgument,
                std::string(writer.info.title) + " is not written compressed; leave .gz out",
                base::Place::ofFile(path));
  }
  OutputFiles files(options.manifest.has_value());
  if (!writer.write(table, path, options, files, context)) {
    return {};
  }
  addCompanions(table, path, format, options, files);
  return files.commit();
}

}  // namespace embedscope::formats
