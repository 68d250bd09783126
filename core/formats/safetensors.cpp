// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/safetensors.h"

#include "core/base/text.h"
#include "core/formats/hf_vocabulary.h"
#include "core/formats/json_reader.h"
#include "core/formats/label_rules.h"
#include "core/formats/model2vec.h"
#include "core/formats/number_rows.h"
#include "core/formats/safetensors_header.h"
#include "core/formats/tensor_table.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstring>
#include <map>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;
namespace fs = std::filesystem;

constexpr std::string_view kLabelsKey = "labels";  ///< in __metadata__: a JSON list
constexpr std::string_view kTensorName = "embeddings";
constexpr std::uint64_t kLongestHeader = 100'000'000;
constexpr std::size_t kAlignment = 8;

struct TypeName {
  std::string_view name;
  NumberType type;
};

constexpr std::array kWritten = {NumberType::Float32, NumberType::Float16, NumberType::BFloat16};

constexpr std::array kTypes = {
    TypeName{"F64", NumberType::Float64}, TypeName{"F32", NumberType::Float32},
    TypeName{"F16", NumberType::Float16}, TypeName{"BF16", NumberType::BFloat16},
    TypeName{"I64", NumberType::Int64},   TypeName{"I32", NumberType::Int32},
    TypeName{"I16", NumberType::Int16},   TypeName{"I8", NumberType::Int8},
    TypeName{"U64", NumberType::UInt64},  TypeName{"U32", NumberType::UInt32},
    TypeName{"U16", NumberType::UInt16},  TypeName{"U8", NumberType::UInt8},
    TypeName{"BOOL", NumberType::Bool},
};

Tensor tensorOf(const Source& source, const SafetensorsHeader& header,
                const SafetensorsEntry& entry) {
  Tensor tensor;
  tensor.name = entry.name;
  tensor.dtype = entry.dtype;
  tensor.shape = entry.shape;
  const auto type = std::ranges::find(kTypes, entry.dtype, &TypeName::name);
  if (type == kTypes.end() || entry.shape.size() != 2) {
    return tensor;
  }
  tensor.dtype = nameOf(type->type);
  const auto item = static_cast<std::int64_t>(bytesOf(type->type));
  StridedRows rows;
  rows.first = source.text().data() + entry.begin;
  rows.rowStride = item * entry.shape[1];
  rows.numbers = {type->type, false, item};
  if (entry.name == kTensorName) {
    if (std::optional<Tensor> table = model2vecTable(source, header, tensor, rows)) {
      return *std::move(table);
    }
  }
  tensor.fill = stridedFill(rows);
  tensor.firstByte = entry.begin;
  tensor.rowBytes = static_cast<std::size_t>(rows.rowStride);
  if (type->type == NumberType::Float32 && entry.begin % alignof(float) == 0) {
    tensor.mappedAt = entry.begin;
  }
  return tensor;
}

/// The labels in the file itself: a JSON list of strings.
std::optional<RowLabels> metadataLabels(const Source& source, const SafetensorsHeader& header) {
  const auto found = header.metadata.find(std::string(kLabelsKey));
  if (found == header.metadata.end()) {
    return {};
  }
  RowLabels labels;
  labels.path = source.path();
  bool isList = true;
  const auto problem = readJson(found->second, [&](JsonPath at, const JsonValue& value) {
    isList =
        isList && value.kind == (at.empty() ? JsonValue::Kind::Array : JsonValue::Kind::String);
    if (!at.empty()) {
      labels.labels.emplace_back(value.text);
    }
  });
  return isList && !problem ? std::optional(std::move(labels)) : std::nullopt;
}

TensorFile openTensors(const Source& source) {
  const SafetensorsHeader header = readSafetensorsHeader(source);
  TensorFile file;
  file.format = FormatId::Safetensors;
  file.why = "it begins with the length of a JSON header that describes tensors";
  std::ranges::transform(
      header.entries, std::back_inserter(file.tensors),
      [&](const SafetensorsEntry& entry) { return tensorOf(source, header, entry); });
  std::optional<RowLabels> own = metadataLabels(source, header);
  file.tokenCount = [path = source.path(), count = own ? own->labels.size() : 0] {
    return count > 0 ? std::optional(static_cast<std::int64_t>(count)) : hfTokenCount(path);
  };
  file.labels = [own = std::move(own)](const Tensor&) { return own; };
  return file;
}

/// The file of an index that holds the tensor to be read.
Source shardOf(const Source& index) {
  std::map<std::string, std::string> files;  // by tensor
  const auto problem = readJson(index.text(), [&](JsonPath at, const JsonValue& value) {
    if (at.size() == 2 && at[0] == "weight_map" && value.kind == JsonValue::Kind::String) {
      files[at[1]] = value.text;
    }
  });
  const auto fail = [&](const std::string& sentence) {
    throw Error(ErrorCode::BadData, sentence, placeOf(index));
  };
  if (problem || files.empty()) {
    fail(problem.value_or("has no weight_map that tells which file holds which tensor"));
  }
  TensorFile names;  // to choose by name alone: shapes stand in the files
  for (const auto& [name, file] : files) {
    Tensor stand;
    stand.name = name;
    stand.shape = {1, 1};
    stand.fill = stridedFill({});
    names.tensors.push_back(std::move(stand));
  }
  const std::string tensor = chosenTensor(index, names).name;
  const fs::path name = fs::path(files.at(tensor));
  if (name != name.filename()) {
    fail(fmt::format("\"{}\" is no name of a file beside it", base::repairedUtf8(name.string())));
  }
  const fs::path path = index.path().parent_path() / name;
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored)) {
    fail(fmt::format("tensor {} is in {}; put that file beside this one",
                     base::repairedUtf8(tensor), base::repairedUtf8(name.string())));
  }
  Source shard{base::MappedFile::open(path), index.options};
  shard.options.tensor = tensor;
  return shard;
}

Preview previewSafetensors(const Source& source) {
  if (!looksLikeSafetensorsIndex(source.text())) {
    return previewTensor(source, openTensors(source));
  }
  const Source shard = shardOf(source);
  Preview preview = previewTensor(shard, openTensors(shard));
  preview.parts.insert(preview.parts.begin(), source.path());
  return preview;
}

std::optional<LoadedTable> readSafetensors(const Source& source, const base::TaskContext& context) {
  if (!looksLikeSafetensorsIndex(source.text())) {
    return readTensor(source, openTensors(source), context);
  }
  const Source shard = shardOf(source);
  return readTensor(shard, openTensors(shard), context);
}

std::vector<std::string> safetensorsLosses(const table::EmbeddingTable& table) {
  return lossesWithoutMetadata(table, anyTextRules(), kSafetensorsFormat.info.title);
}

std::string headerOf(const table::EmbeddingTable& table, NumberType numbers) {
  using Json = nlohmann::ordered_json;
  const auto replace = Json::error_handler_t::replace;
  const std::string labels =
      Json(writableLabels(table.vocabulary(), anyTextRules())).dump(-1, ' ', false, replace);
  const auto type = std::ranges::find(kTypes, numbers, &TypeName::type);
  const Json header = {{"__metadata__", {{"format", "pt"}, {kLabelsKey, labels}}},
                       {kTensorName,
                        {{"dtype", type->name},
                         {"shape", {table.rowCount(), table.dimension()}},
                         {"data_offsets", {0, rowBytesOf(table, numbers)}}}}};
  std::string text = header.dump(-1, ' ', false, replace);
  text.append((kAlignment - text.size() % kAlignment) % kAlignment, ' ');
  return text;
}

bool writeSafetensors(const table::EmbeddingTable& table, const fs::path& path,
                      const WriteOptions& options, OutputFiles& files,
                      const base::TaskContext& context) {
  const std::string header = headerOf(table, options.numbers);
  if (header.size() > kLongestHeader) {
    throw Error(ErrorCode::InvalidArgument,
                fmt::format("{} of labels do not fit the header of a safetensors file, which may "
                            "have 100 MB; write .npy, whose labels stand in a text file",
                            base::byteSize(static_cast<double>(header.size()))));
  }
  base::AtomicFile& file = files.add(path);
  std::string length(sizeof(std::uint64_t), '\0');
  const std::uint64_t size = header.size();
  std::memcpy(length.data(), &size, sizeof size);
  file.write(length);
  file.write(header);
  return forEachRowBytes(table, options.numbers, context,
                         [&](std::string_view bytes) { file.write(bytes); });
}

}  // namespace

const Format kSafetensorsFormat = {
    .info = {FormatId::Safetensors, "safetensors", "safetensors", ".safetensors",
             "Tensors of Hugging Face models; tokens from tokenizer.json or vocab.txt beside it",
             true, true},
    .preview = previewSafetensors,
    .read = readSafetensors,
    .losses = safetensorsLosses,
    .write = writeSafetensors,
    .numbers = kWritten};

bool looksLikeSafetensors(std::string_view text) {
  if (text.size() < sizeof(std::uint64_t) + 1) {
    return false;
  }
  std::uint64_t length = 0;
  std::memcpy(&length, text.data(), sizeof length);
  return length <= kLongestHeader && text[sizeof length] == '{';
}

bool looksLikeSafetensorsIndex(std::string_view text) {
  constexpr std::size_t kHeadBytes = std::size_t{1} << 20;
  return looksLikeJsonObject(text) &&
         text.substr(0, kHeadBytes).find("\"weight_map\"") != std::string_view::npos;
}

}  // namespace embedscope::formats
