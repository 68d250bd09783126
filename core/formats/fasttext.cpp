// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/fasttext.h"

#include "core/formats/fasttext_model.h"
#include "core/formats/proportion.h"
#include "core/formats/tensor_table.h"

#include <fmt/format.h>

#include <algorithm>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;
using ModelPtr = std::shared_ptr<const FastTextModel>;

/// Words by their n-grams; also those the model was trained on, which may be more than the table
/// has rows.
class FastTextSubwords final : public table::SubwordModel {
 public:
  explicit FastTextSubwords(ModelPtr model) : m_model(std::move(model)) {}

  Eigen::Index dimension() const override { return m_model->dimension; }

  std::optional<std::vector<float>> composeVector(std::string_view word) const override {
    std::vector<float> vector(static_cast<std::size_t>(m_model->dimension));
    const std::int64_t parts = m_model->compose(word, m_model->find(word).value_or(-1), vector);
    return parts > 0 ? std::optional(std::move(vector)) : std::nullopt;
  }

 private:
  ModelPtr m_model;
};

RowLabels labelsOf(const FastTextModel& model) {
  RowLabels labels;
  labels.path = model.file->path();
  labels.labels.assign(model.words.begin(), model.words.end());
  table::MetadataColumn counts{"count", {}};
  counts.values.reserve(model.words.size());
  for (std::size_t row = 0; row < model.words.size(); ++row) {
    counts.values.push_back(std::to_string(model.countOf(static_cast<std::int64_t>(row))));
  }
  labels.metadata.addColumn(std::move(counts));
  return labels;
}

/// A row may take a byte for each part, and a part may be as wide as the file has room for its
/// centroids.
void checkProportion(const FastTextModel& model) {
  const auto needed =
      static_cast<std::uint64_t>(model.words.size()) * static_cast<std::uint64_t>(model.dimension);
  if (isOutOfProportion(needed * sizeof(float), model.file->size())) {
    throw Error(ErrorCode::BadData,
                fmt::format("{} quantized words of dimension {} are out of all proportion to the "
                            "file's size",
                            model.words.size(), model.dimension),
                base::Place::ofFile(model.file->path()));
  }
}

TensorFile openFastText(const Source& source) {
  const auto model = std::make_shared<const FastTextModel>(readFastTextModel(source));
  if (model->words.empty()) {
    throw Error(ErrorCode::BadData, "the model has no words", placeOf(source));
  }
  TensorFile file;
  file.format = FormatId::FastText;
  file.why = "it begins as a fastText model";
  file.warnings = model->warnings;
  Tensor tensor;
  tensor.name = "words";
  tensor.dtype = model->isQuantized ? "product-quantized" : "float32";
  tensor.shape = {static_cast<std::int64_t>(model->words.size()), model->dimension};
  tensor.fill = decodedFill([model](std::int64_t row, std::span<float> out) {
    model->compose(model->words[static_cast<std::size_t>(row)], row, out);
  });
  tensor.check = [model] { checkProportion(*model); };
  if (model->hasSubwords()) {
    tensor.subwords = std::make_shared<const FastTextSubwords>(model);
  }
  file.tensors.push_back(std::move(tensor));
  file.labels = [model](const Tensor&) { return std::optional(labelsOf(*model)); };
  return file;
}

Preview previewFastText(const Source& source) {
  return previewTensor(source, openFastText(source));
}

std::optional<LoadedTable> readFastText(const Source& source, const base::TaskContext& context) {
  return readTensor(source, openFastText(source), context);
}

}  // namespace

const Format kFastTextFormat = {
    .info = {FormatId::FastText, "fasttext", "fastText model", ".ftz",
             "Words of fastText models, composed of their character n-grams; also quantized", true,
             false},
    .preview = previewFastText,
    .read = readFastText};

}  // namespace embedscope::formats
