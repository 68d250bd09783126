// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/tensor_table.h"

#include "core/base/text.h"
#include "core/formats/hf_vocabulary.h"
#include "core/formats/labelled_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;

constexpr std::size_t kMostListed = 12;

/// How the tables of words are called in real files, the surest first.
constexpr std::array<std::string_view, 12> kEmbeddingNames = {"token_embd.weight",
                                                              "embed_tokens.weight",
                                                              "word_embeddings.weight",
                                                              "wte.weight",
                                                              "tok_embeddings.weight",
                                                              "shared.weight",
                                                              "embeddings",
                                                              "vectors",
                                                              "syn0",
                                                              "embedding.weight",
                                                              "emb.weight",
                                                              "embeddings.weight"};

/// The smaller the likelier.
std::size_t nameRank(std::string_view name) {
  const auto found = std::ranges::find_if(
      kEmbeddingNames, [&](std::string_view known) { return name.ends_with(known); });
  if (found != kEmbeddingNames.end()) {
    return static_cast<std::size_t>(found - kEmbeddingNames.begin());
  }
  const bool hints = name.find("emb") != std::string_view::npos;
  return kEmbeddingNames.size() + (hints ? 0 : 1);
}

std::string listed(const TensorFile& file) {
  std::string text;
  for (std::size_t i = 0; i < std::min(kMostListed, file.tensors.size()); ++i) {
    const Tensor& tensor = file.tensors[i];
    text += fmt::format("{}{} {}", i == 0 ? "" : ", ", base::repairedUtf8(tensor.name),
                        shapeText(tensor.shape));
  }
  if (file.tensors.size() > kMostListed) {
    text += fmt::format(", and {} more", file.tensors.size() - kMostListed);
  }
  return text.empty() ? "nothing" : text;
}

const Tensor& namedTensor(const Source& source, const TensorFile& file, const std::string& name) {
  const auto found = std::ranges::find(file.tensors, name, &Tensor::name);
  if (found == file.tensors.end()) {
    throw Error(ErrorCode::InvalidArgument,
                fmt::format("there is no tensor \"{}\"; there is {}", name, listed(file)),
                placeOf(source));
  }
  if (!found->isTable()) {
    throw Error(ErrorCode::BadData,
                fmt::format("tensor \"{}\" has shape {} and holds {}: no table of numbers", name,
                            shapeText(found->shape), found->dtype),
                placeOf(source));
  }
  return *found;
}

/// The smaller, the more a tensor looks like an embedding.
auto rankOf(const Tensor& tensor, std::optional<std::int64_t> tokens) {
  const bool isReal =
      tensor.dtype.find("int") == std::string::npos && !tensor.dtype.starts_with("bool");
  const bool fits = tokens && mayBePadded(*tokens, tensor.shape[0]);
  return std::tuple(nameRank(tensor.name), !isReal, !fits, -tensor.shape[0] * tensor.shape[1]);
}

/// The one that looks most like an embedding.
const Tensor& likeliestTensor(const Source& source, const TensorFile& file) {
  std::vector<const Tensor*> tables;
  for (const Tensor& tensor : file.tensors) {
    if (tensor.isTable()) {
      tables.push_back(&tensor);
    }
  }
  if (tables.empty()) {
    throw Error(
        ErrorCode::BadData,
        fmt::format("no 2-d tensor to use as an embedding table; it holds {}", listed(file)),
        placeOf(source));
  }
  const auto tokens = tables.size() > 1 && file.tokenCount ? file.tokenCount() : std::nullopt;
  return **std::ranges::min_element(tables, {},
                                    [&](const Tensor* tensor) { return rankOf(*tensor, tokens); });
}

PlaceOfRow placesOf(const Source& source, const Tensor& tensor) {
  return [&source, &tensor](std::int64_t row) {
    return tensor.firstByte
               ? placeOfByte(source,
                             *tensor.firstByte + static_cast<std::size_t>(row) * tensor.rowBytes)
               : placeOf(source);
  };
}

/// The file's own labels, unless the caller named others.
std::optional<RowLabels> ownLabels(const Source& source, const TensorFile& file,
                                   const Tensor& tensor) {
  return source.options.vocabulary || !file.labels ? std::nullopt : file.labels(tensor);
}

/// As many labels as rows: rows without one are named by their number, labels beyond are left out.
void fitLabels(RowLabels& labels, std::int64_t rows) {
  const auto count = static_cast<std::int64_t>(labels.labels.size());
  if (count == rows) {
    return;
  }
  labels.warnings.push_back(
      {base::Place::ofFile(labels.path),
       count < rows ? fmt::format("{} labels for {} rows; the others are named by their number",
                                  base::groupedDigits(count), base::groupedDigits(rows))
                    : fmt::format("{} labels for {} {}; the last ones have no vector",
                                  base::groupedDigits(count), base::groupedDigits(rows),
                                  rows == 1 ? "row" : "rows")});
  labels.labels.resize(static_cast<std::size_t>(std::min(count, rows)));
  for (std::int64_t row = count; row < rows; ++row) {
    labels.labels.push_back(fmt::format("[{}]", row));
  }
  labels.metadata = firstOf(labels.metadata, std::min(count, rows));
  if (count < rows) {
    labels.metadata = {};
  }
}

Naming namesOf(const Source& source, const TensorFile& file, const Tensor& tensor,
               std::int64_t wanted, ReadReport& report, const base::TaskContext& context) {
  std::optional<RowLabels> own = ownLabels(source, file, tensor);
  if (!own) {
    return nameRows(source, tensor.shape[0], wanted, report, context);
  }
  fitLabels(*own, tensor.shape[0]);
  report.warnings.insert(report.warnings.end(), own->warnings.begin(), own->warnings.end());
  const std::vector<std::string_view> views(
      own->labels.begin(), own->labels.begin() + static_cast<std::ptrdiff_t>(wanted));
  const base::Place place = base::Place::ofFile(own->path);
  table::Vocabulary vocabulary =
      adoptLabels(views, [&](std::int64_t) { return place; }, source.options, report, context);
  return {std::move(vocabulary), firstOf(own->metadata, wanted)};
}

table::TablePtr makeTable(const Source& source, const Tensor& tensor, Naming naming,
                          std::int64_t rows, const base::TaskContext& context) {
  const std::string name = source.tableName();
  if (tensor.mappedAt) {
    return std::make_shared<const table::EmbeddingTable>(
        name, std::move(naming.vocabulary), tensor.mappedFile ? tensor.mappedFile : source.file,
        *tensor.mappedAt, tensor.shape[1], std::move(naming.metadata));
  }
  base::RowMatrix values(rows, tensor.shape[1]);
  if (!tensor.fill(values, context)) {
    return nullptr;
  }
  return std::make_shared<const table::EmbeddingTable>(name, std::move(naming.vocabulary),
                                                       std::move(values),
                                                       std::move(naming.metadata), tensor.subwords);
}

}  // namespace

const Tensor& chosenTensor(const Source& source, const TensorFile& file) {
  const Tensor& tensor = source.options.tensor ? namedTensor(source, file, *source.options.tensor)
                                               : likeliestTensor(source, file);
  if (tensor.check) {
    tensor.check();
  }
  return tensor;
}

Preview previewTensor(const Source& source, const TensorFile& file) {
  const Tensor& tensor = chosenTensor(source, file);
  Preview preview;
  preview.format = file.format;
  preview.why = file.why;
  preview.rows = limitedRows(source, tensor.shape[0]);
  preview.dimension = tensor.shape[1];
  preview.dtype = tensor.dtype;
  preview.fileBytes = static_cast<std::int64_t>(source.text().size());
  preview.tableBytes = preview.rows * preview.dimension * static_cast<std::int64_t>(sizeof(float));
  preview.mapped = tensor.mappedAt.has_value();
  preview.parts = file.parts.empty() ? std::vector{source.path()} : file.parts;
  preview.warnings = file.warnings;
  preview.tensor = tensor.name;
  for (const Tensor& each : file.tensors) {
    preview.tensors.push_back({each.name, each.dtype, each.shape, each.isTable()});
  }
  if (std::optional<RowLabels> own = ownLabels(source, file, tensor)) {
    fitLabels(*own, tensor.shape[0]);
    if (own->path != source.path()) {
      preview.parts.push_back(own->path);
    }
    addNames(*own, preview);
  } else {
    previewNames(source, tensor.shape[0], preview);
  }
  return preview;
}

std::optional<LoadedTable> readTensor(const Source& source, const TensorFile& file,
                                      const base::TaskContext& context) {
  const Tensor& tensor = chosenTensor(source, file);
  const std::int64_t rows = limitedRows(source, tensor.shape[0]);
  LoadedTable loaded;
  loaded.report.format = file.format;
  loaded.report.dtype = tensor.dtype;
  loaded.report.tensor = tensor.name;
  loaded.report.warnings = file.warnings;
  Naming naming = namesOf(source, file, tensor, rows, loaded.report, context);
  if (context.stopRequested()) {
    return {};
  }
  loaded.table = makeTable(source, tensor, std::move(naming), rows, context.part(0, 0.8));
  if (!loaded.table || !checkNumbers(*loaded.table, placesOf(source, tensor), source.options,
                                     loaded.report, context.part(0.8, 1))) {
    return {};
  }
  return loaded;
}

}  // namespace embedscope::formats
