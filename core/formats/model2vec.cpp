// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/model2vec.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <memory>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;

/// Which row each token has, and what it is multiplied by.
struct TokenRows {
  std::vector<std::int64_t> row;
  std::vector<double> weight;  ///< empty: 1 for all
};

const SafetensorsEntry* findList(const SafetensorsHeader& header, std::string_view name) {
  const auto found = std::ranges::find(header.entries, name, &SafetensorsEntry::name);
  return found == header.entries.end() || found->shape.size() != 1 ? nullptr : &*found;
}

template <typename Number, typename Value>
std::vector<Value> numbersOf(std::string_view bytes) {
  std::vector<Value> values(bytes.size() / sizeof(Number));
  for (std::size_t i = 0; i < values.size(); ++i) {
    Number number;
    std::memcpy(&number, bytes.data() + i * sizeof number, sizeof number);
    values[i] = static_cast<Value>(number);
  }
  return values;
}

std::string_view bytesOf(const Source& source, const SafetensorsEntry& entry) {
  return source.text().substr(entry.begin, entry.end - entry.begin);
}

[[noreturn]] void fail(const Source& source, const std::string& sentence) {
  throw Error(ErrorCode::BadData, sentence, placeOf(source));
}

/// float64, float32 or float16; nothing for other numbers.
std::optional<std::vector<double>> weightsOf(const Source& source, const SafetensorsEntry& entry) {
  const std::string_view bytes = bytesOf(source, entry);
  if (entry.dtype == "F64") {
    return numbersOf<double, double>(bytes);
  }
  if (entry.dtype != "F32" && entry.dtype != "F16") {
    return {};
  }
  const NumberType type = entry.dtype == "F32" ? NumberType::Float32 : NumberType::Float16;
  const std::size_t item = formats::bytesOf(type);
  std::vector<float> floats(bytes.size() / item);
  readNumbers(bytes.data(), {type, false, static_cast<std::int64_t>(item)}, floats);
  return std::vector<double>(floats.begin(), floats.end());
}

std::optional<TokenRows> tokenRowsOf(const Source& source, const SafetensorsHeader& header,
                                     std::int64_t rows) {
  const SafetensorsEntry* mapping = findList(header, "mapping");
  if (mapping == nullptr || (mapping->dtype != "I32" && mapping->dtype != "I64")) {
    return {};
  }
  const std::string_view bytes = bytesOf(source, *mapping);
  TokenRows tokens;
  tokens.row = mapping->dtype == "I32" ? numbersOf<std::int32_t, std::int64_t>(bytes)
                                       : numbersOf<std::int64_t, std::int64_t>(bytes);
  const auto wrong =
      std::ranges::find_if(tokens.row, [&](std::int64_t row) { return row < 0 || row >= rows; });
  if (wrong != tokens.row.end()) {
    fail(source, fmt::format("mapping leads token {} to row {} of {}", wrong - tokens.row.begin(),
                             *wrong, rows));
  }
  if (const SafetensorsEntry* weights = findList(header, "weights")) {
    std::optional<std::vector<double>> values = weightsOf(source, *weights);
    if (!values) {
      fail(source, fmt::format("weights of type {} are not read; they have to be F64, F32 or F16",
                               weights->dtype));
    }
    if (values->size() != tokens.row.size()) {
      fail(source, fmt::format("{} weights for {} tokens", values->size(), tokens.row.size()));
    }
    tokens.weight = std::move(*values);
  }
  return tokens;
}

}  // namespace

std::optional<Tensor> model2vecTable(const Source& source, const SafetensorsHeader& header,
                                     const Tensor& embeddings, const StridedRows& rows) {
  std::optional<TokenRows> found = tokenRowsOf(source, header, embeddings.shape[0]);
  if (!found) {
    return {};
  }
  Tensor tensor;
  tensor.name = embeddings.name;
  tensor.dtype = embeddings.dtype + (found->weight.empty() ? ", shared rows" : ", weighted rows");
  tensor.shape = {static_cast<std::int64_t>(found->row.size()), embeddings.shape[1]};
  tensor.fill = decodedFill([rows, tokens = std::make_shared<const TokenRows>(*std::move(found))](
                                std::int64_t token, std::span<float> out) {
    const auto at = static_cast<std::size_t>(token);
    readNumbers(rows.first + tokens->row[at] * rows.rowStride, rows.numbers, out);
    if (!tokens->weight.empty()) {
      for (float& value : out) {
        value = static_cast<float>(static_cast<double>(value) * tokens->weight[at]);
      }
    }
  });
  return tensor;
}

}  // namespace embedscope::formats
