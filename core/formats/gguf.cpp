// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/gguf.h"

#include "core/base/text.h"
#include "core/formats/gguf_header.h"
#include "core/formats/tensor_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;

constexpr std::string_view kEmbedding = "token_embd.weight";
constexpr const char* kTokens = "tokenizer.ggml.tokens";

Tensor tensorOf(const Source& source, const GgufTensor& from) {
  Tensor tensor;
  tensor.name = from.name;
  tensor.dtype = from.type ? from.type->name : fmt::format("type {}", from.typeNumber);
  tensor.shape = from.shape;
  if (!from.type || !from.type->isRead() || from.shape.size() != 2) {
    return tensor;
  }
  const char* first = source.text().data() + from.begin;
  tensor.fill = decodedFill(
      [first, type = *from.type, bytes = from.rowBytes](std::int64_t row, std::span<float> out) {
        decodeGgufRow(type, first + row * bytes, out);
      });
  tensor.firstByte = from.begin;
  tensor.rowBytes = static_cast<std::size_t>(from.rowBytes);
  if (from.type->number == NumberType::Float32 && from.begin % alignof(float) == 0) {
    tensor.mappedAt = from.begin;
  }
  return tensor;
}

std::string_view kindOfToken(std::string_view number) {
  constexpr std::array<std::string_view, 7> kKinds = {"",     "normal", "unknown", "control",
                                                      "user", "unused", "byte"};
  const auto kind = base::parseInteger(number).value_or(0);
  return kind > 0 && kind < static_cast<std::int64_t>(kKinds.size())
             ? kKinds[static_cast<std::size_t>(kind)]
             : number;
}

/// A column with one value for each token; left out when their numbers differ.
void addColumn(RowLabels& labels, const char* name, std::vector<std::string> values) {
  if (values.size() == labels.labels.size()) {
    labels.metadata.addColumn({name, std::move(values)});
  }
}

std::optional<RowLabels> tokensOf(const Source& source, const GgufHeader& header) {
  const auto tokens = header.lists.find(kTokens);
  if (tokens == header.lists.end()) {
    return {};
  }
  RowLabels labels;
  labels.path = source.path();
  labels.labels = ggufStrings(source, tokens->second);
  if (const auto types = header.lists.find("tokenizer.ggml.token_type");
      types != header.lists.end()) {
    std::vector<std::string> kinds = ggufNumbers(source, types->second);
    std::ranges::transform(kinds, kinds.begin(),
                           [](const std::string& kind) { return std::string(kindOfToken(kind)); });
    addColumn(labels, "kind", std::move(kinds));
  }
  if (const auto scores = header.lists.find("tokenizer.ggml.scores");
      scores != header.lists.end()) {
    addColumn(labels, "score", ggufNumbers(source, scores->second));
  }
  return labels.labels.empty() ? std::nullopt : std::optional(std::move(labels));
}

/// What is wrong with the tensor that will be read, in its own words.
void checkChoice(const Source& source, const GgufHeader& header) {
  const auto fail = [&](const std::string& sentence) {
    throw Error(ErrorCode::BadData, sentence, placeOf(source));
  };
  if (header.tensors.empty()) {
    const auto tokens = header.lists.find(kTokens);
    fail(fmt::format("no {}: a vocabulary-only file with {} tokens", kEmbedding,
                     tokens == header.lists.end()
                         ? "no"
                         : base::groupedDigits(static_cast<std::int64_t>(tokens->second.count))));
  }
  const std::string name = source.options.tensor.value_or(std::string(kEmbedding));
  const auto tensor = std::ranges::find(header.tensors, name, &GgufTensor::name);
  if (tensor != header.tensors.end() && !(tensor->type && tensor->type->isRead())) {
    fail(tensor->type ? fmt::format("{} is of type {}, which is not read; convert the model to "
                                    "F16, Q8_0 or a K-quant",
                                    base::repairedUtf8(name), tensor->type->name)
                      : fmt::format("{}: tensor type {} is not supported", base::repairedUtf8(name),
                                    tensor->typeNumber));
  }
}

TensorFile openGguf(const Source& source) {
  const GgufHeader header = readGgufHeader(source);
  checkChoice(source, header);
  TensorFile file;
  file.format = FormatId::Gguf;
  file.why = fmt::format("it begins with GGUF, version {}", header.version);
  std::ranges::transform(header.tensors, std::back_inserter(file.tensors),
                         [&](const GgufTensor& tensor) { return tensorOf(source, tensor); });
  const std::optional<RowLabels> tokens = tokensOf(source, header);
  file.labels = [tokens](const Tensor&) { return tokens; };
  return file;
}

Preview previewGguf(const Source& source) {
  return previewTensor(source, openGguf(source));
}

std::optional<LoadedTable> readGguf(const Source& source, const base::TaskContext& context) {
  return readTensor(source, openGguf(source), context);
}

}  // namespace

const Format kGgufFormat = {
    .info = {FormatId::Gguf, "gguf", "GGUF", ".gguf",
             "Models of llama.cpp: token embeddings, also quantized, with their tokens", true,
             false},
    .preview = previewGguf,
    .read = readGguf};

}  // namespace embedscope::formats
