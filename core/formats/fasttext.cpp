// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/fasttext.h"

#include "core/formats/fasttext_model.h"
#include "core/formats/tensor_table.h"

#include <algorithm>

namespace embedscope::formats {

namespace {

TensorFile openFastText(const Source& source) {
  const auto model = std::make_shared<const FastTextModel>(readFastTextModel(source));
  TensorFile file;
  file.format = FormatId::FastText;
  file.why = "it begins as a fastText model";
  Tensor tensor;
  tensor.name = "words";
  tensor.dtype = model->dtype;
  tensor.shape = {static_cast<std::int64_t>(model->words.size()), model->dimension};
  tensor.fill = decodedFill([model](std::int64_t row, std::span<float> out) {
    model->compose(model->words[static_cast<std::size_t>(row)], row, out);
  });
  file.tensors.push_back(std::move(tensor));
  file.labels = [model, path = source.path()](const Tensor&) {
    RowLabels labels;
    labels.path = path;
    labels.labels.assign(model->words.begin(), model->words.end());
    std::vector<std::string> counts(model->counts.size());
    std::ranges::transform(model->counts, counts.begin(),
                           [](std::int64_t count) { return std::to_string(count); });
    labels.metadata.addColumn({"count", std::move(counts)});
    return std::optional(std::move(labels));
  };
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
