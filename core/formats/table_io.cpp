// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/table_io.h"

#include "core/base/text.h"
#include "core/formats/csv_writer.h"
#include "core/formats/detection.h"
#include "core/formats/glove_text.h"
#include "core/formats/label_rules.h"
#include "core/formats/npy.h"
#include "core/formats/projector_bytes.h"
#include "core/formats/projector_config.h"
#include "core/formats/projector_tsv.h"
#include "core/formats/word2vec_binary.h"
#include "core/formats/word2vec_text.h"

#include <algorithm>
#include <array>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;

constexpr std::array kFormats = {
    FormatInfo{FormatId::Word2VecText, "word2vec-text", "word2vec text", ".txt",
               "A line with rows and dimension, then a word and its numbers on every line "
               "(word2vec, gensim, fastText .vec)",
               true, true},
    FormatInfo{FormatId::Word2VecBinary, "word2vec-binary", "word2vec binary", ".bin",
               "The same header, then words with float32 numbers (word2vec, gensim)", true, true},
    FormatInfo{FormatId::GloveText, "glove-text", "GloVe text", ".txt",
               "A word and its numbers on every line, no header", true, false},
    FormatInfo{FormatId::Npy, "npy", "NumPy array", ".npy",
               "Numbers of any size and byte order; labels in a text file beside it", true, true},
    FormatInfo{FormatId::ProjectorTsv, "projector-tsv", "projector TSV", ".tsv",
               "Tab-separated numbers, with labels and metadata in a second TSV beside it", true,
               true},
    FormatInfo{FormatId::ProjectorBytes, "projector-bytes", "projector bytes", ".bytes",
               "Bare float32 numbers, with labels and metadata in a TSV beside it", true, true},
    FormatInfo{FormatId::ProjectorConfig, "projector-config", "projector configuration", ".json",
               "projector_config.json: names the files and the shape of a projector table", true,
               false},
    FormatInfo{FormatId::Csv, "csv", "CSV", ".csv",
               "Header label,0,1,…; one row a line; labels quoted as needed", false, true},
};

struct Handler {
  FormatId id;
  Preview (*preview)(const Source&) = nullptr;
  std::optional<LoadedTable> (*read)(const Source&, const base::TaskContext&) = nullptr;
  std::vector<std::string> (*losses)(const table::EmbeddingTable&) = nullptr;
  bool (*write)(const table::EmbeddingTable&, const std::filesystem::path&, OutputFiles&,
                const base::TaskContext&) = nullptr;
};

/// Labels by the rules, and metadata, which only the projector's formats hold.
std::vector<std::string> lossesWithoutMetadata(const table::EmbeddingTable& table,
                                               const LabelRules& rules, FormatId format) {
  const std::string title(formatInfo(format).title);
  std::vector<std::string> losses = labelLosses(table.vocabulary(), rules, title);
  const std::size_t columns = table.metadata().columns().size();
  if (columns > 0) {
    losses.push_back(std::to_string(columns) +
                     (columns == 1 ? " metadata column" : " metadata columns") + ", which " +
                     title + " cannot hold");
  }
  return losses;
}

std::vector<std::string> word2vecTextLosses(const table::EmbeddingTable& table) {
  return lossesWithoutMetadata(table, word2vecLabelRules(), FormatId::Word2VecText);
}

std::vector<std::string> word2vecBinaryLosses(const table::EmbeddingTable& table) {
  return lossesWithoutMetadata(table, word2vecLabelRules(), FormatId::Word2VecBinary);
}

std::vector<std::string> npyLosses(const table::EmbeddingTable& table) {
  return lossesWithoutMetadata(table, lineLabelRules(/*allowsEmpty=*/true), FormatId::Npy);
}

std::vector<std::string> csvLosses(const table::EmbeddingTable& table) {
  return lossesWithoutMetadata(table, anyLabelRules(), FormatId::Csv);
}

std::vector<std::string> projectorLosses(const table::EmbeddingTable& table) {
  return labelLosses(table.vocabulary(), lineLabelRules(/*allowsEmpty=*/false),
                     "projector metadata");
}

constexpr std::array kHandlers = {
    Handler{FormatId::Word2VecText, previewWord2VecText, readWord2VecText, word2vecTextLosses,
            writeWord2VecText},
    Handler{FormatId::Word2VecBinary, previewWord2VecBinary, readWord2VecBinary,
            word2vecBinaryLosses, writeWord2VecBinary},
    Handler{FormatId::GloveText, previewGloveText, readGloveText},
    Handler{FormatId::Npy, previewNpy, readNpy, npyLosses, writeNpy},
    Handler{FormatId::ProjectorTsv, previewProjectorTsv, readProjectorTsv, projectorLosses,
            writeProjectorTsv},
    Handler{FormatId::ProjectorBytes, previewProjectorBytes, readProjectorBytes, projectorLosses,
            writeProjectorBytes},
    Handler{FormatId::ProjectorConfig, previewProjectorConfig, readProjectorConfig},
    Handler{FormatId::Csv, nullptr, nullptr, csvLosses, writeCsv},
};

const Handler& handlerOf(FormatId id) {
  return *std::ranges::find(kHandlers, id, &Handler::id);
}

/// Opens the file and finds its format, or takes the one that was asked for.
std::pair<Source, const Handler*> open(const std::filesystem::path& path,
                                       const ReadOptions& options) {
  if (options.limit && *options.limit < 1) {
    throw Error(ErrorCode::InvalidArgument, "the limit must be at least 1 row");
  }
  Source source{base::MappedFile::open(path), options};
  if (source.text().empty()) {
    throw Error(ErrorCode::BadData, "the file is empty", placeOf(source));
  }
  const FormatId format = options.format ? *options.format : detectFormat(source);
  const Handler& handler = handlerOf(format);
  if (handler.read == nullptr) {
    throw Error(ErrorCode::InvalidArgument,
                std::string(formatInfo(format).title) + " is written only, not read",
                placeOf(source));
  }
  return {std::move(source), &handler};
}

}  // namespace

std::span<const FormatInfo> allFormats() {
  return kFormats;
}

const FormatInfo& formatInfo(FormatId id) {
  return *std::ranges::find(kFormats, id, &FormatInfo::id);
}

std::optional<FormatId> formatFromName(std::string_view name) {
  const auto info = std::ranges::find(kFormats, name, &FormatInfo::name);
  return info == kFormats.end() ? std::nullopt : std::optional(info->id);
}

Preview previewTable(const std::filesystem::path& path, const ReadOptions& options) {
  const auto [source, handler] = open(path, options);
  return handler->preview(source);
}

std::optional<LoadedTable> readTable(const std::filesystem::path& path, const ReadOptions& options,
                                     const base::TaskContext& context) {
  const auto [source, handler] = open(path, options);
  if (context.stopRequested()) {
    return {};
  }
  std::optional<LoadedTable> loaded = handler->read(source, context);
  if (loaded) {
    context.report(1.0);
  }
  return loaded;
}

std::vector<std::string> writeLosses(const table::EmbeddingTable& table, FormatId format) {
  const Handler& handler = handlerOf(format);
  return handler.losses == nullptr ? std::vector<std::string>() : handler.losses(table);
}

std::vector<std::filesystem::path> writeTable(const table::EmbeddingTable& table,
                                              const std::filesystem::path& path, FormatId format,
                                              const base::TaskContext& context) {
  const Handler& handler = handlerOf(format);
  if (handler.write == nullptr) {
    throw Error(ErrorCode::InvalidArgument,
                std::string(formatInfo(format).title) + " is read only, not written");
  }
  OutputFiles files;
  if (!handler.write(table, path, files, context)) {
    return {};
  }
  return files.commit();
}

}  // namespace embedscope::formats
