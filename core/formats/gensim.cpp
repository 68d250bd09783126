// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/gensim.h"

#include "core/base/text.h"
#include "core/formats/gensim_vectors.h"
#include "core/formats/pickle_tensors.h"

#include <fmt/format.h>

#include <algorithm>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;

constexpr double kShareOfPickle = 0.2;  ///< of the progress
constexpr std::size_t kMostModels = 16;

/// What a file holds; the pickle stays in place while the models refer to it.
struct GensimFile {
  Pickle pickle;
  std::vector<GensimVectors> models;
  PickleWords words;
};

std::optional<Pickle> readFile(const Source& source, const base::TaskContext& context) {
  PickleInput input;
  input.bytes = source.text();
  input.fileBytes = source.text().size();
  input.placeOf = [&source](std::size_t byte) { return placeOfByte(source, byte); };
  return readPickle(input, context);
}

/// The vectors of words, where a model has others, too; null when there are none.
const GensimVectors* wordsOf(const GensimFile& file) {
  const auto found = std::ranges::find_if(
      file.models, [](const GensimVectors& model) { return model.name().starts_with("wv."); });
  if (found != file.models.end()) {
    return &*found;
  }
  return file.models.empty() ? nullptr : &file.models.front();
}

const GensimVectors* modelOf(const GensimFile& file, const std::string& name) {
  const auto found = std::ranges::find(file.models, name, &GensimVectors::name);
  return found == file.models.end() ? nullptr : &*found;
}

/// Keys of the model, or of one that has as many as the table has rows, else words that fit.
std::optional<RowLabels> labelsFor(const GensimFile& file, const std::filesystem::path& path,
                                   const Tensor& tensor, const base::TaskContext& context) {
  if (const GensimVectors* model = modelOf(file, tensor.name)) {
    return model->labels(context);
  }
  const auto same = std::ranges::find(file.models, tensor.shape[0], &GensimVectors::keyCount);
  if (same != file.models.end()) {
    return same->labels(context);
  }
  return file.words.labels(
      file.pickle, tensor.shape[0], path, [&] { return firstRowIsZero(tensor); }, context);
}

[[noreturn]] void refuseWithoutArrays(const Source& source, const Pickle& pickle) {
  const PickleKind kind = pickle.root().kind();
  throw Error(ErrorCode::BadData,
              kind == PickleKind::Int || kind == PickleKind::BigInt
                  ? "is a Python pickle of a number: neither a PyTorch file nor a model of gensim"
                  : "is a Python pickle without a table of numbers; save the table as .npy or text",
              placeOf(source));
}

/// The source with the table of words chosen, unless the caller named one.
Source withChoice(Source source, const GensimFile& file) {
  const GensimVectors* words = wordsOf(file);
  if (!source.options.tensor && words != nullptr) {
    source.options.tensor = words->name();
  }
  return source;
}

struct Opened {
  Source source;
  TensorFile file;
};

/// @return nothing when stopped.
std::optional<Opened> openGensim(const Source& source, const base::TaskContext& context) {
  std::optional<Pickle> pickle = readFile(source, context);
  if (!pickle) {
    return {};
  }
  const auto file = std::make_shared<GensimFile>();
  file->pickle = std::move(*pickle);
  TensorFile out;
  PickleContents leftOut;
  const MakeTensor make = [&](const std::string& path, PickleValue value) -> std::optional<Tensor> {
    std::optional<GensimVectors> model =
        file->models.size() < kMostModels ? GensimVectors::find(source, file->pickle, path, value)
                                          : std::nullopt;
    if (!model || modelOf(*file, model->name()) != nullptr) {
      return {};
    }
    file->models.push_back(std::move(*model));
    try {
      return file->models.back().tensor(out.warnings);
    } catch (const Error& error) {
      if (!error.place().path.empty()) {
        throw;
      }
      leftOut.leaveOut(source, file->models.back().name(), error.sentence());
      return {};
    }
  };
  PickleContents contents = pickleContents(source, file->pickle, make, nullptr);
  contents.problems.insert(contents.problems.begin(), leftOut.problems.begin(),
                           leftOut.problems.end());
  if (contents.tensors.empty() && contents.problems.empty()) {
    refuseWithoutArrays(source, file->pickle);
  }
  Opened opened{withChoice(source, *file), {}};
  throwProblem(opened.source, contents);
  out.format = FormatId::Gensim;
  out.why = file->models.empty() ? "it is a Python pickle that holds NumPy arrays"
                                 : "it is a Python pickle with gensim's vectors and words";
  out.tensors = std::move(contents.tensors);
  for (const std::vector<Warning>* more : {&leftOut.warnings, &contents.warnings}) {
    out.warnings.insert(out.warnings.end(), more->begin(), more->end());
  }
  file->words = std::move(contents.words);
  out.parts = {source.path()};
  if (const GensimVectors* model = modelOf(*file, opened.source.options.tensor.value_or(""))) {
    out.parts.insert(out.parts.end(), model->parts().begin(), model->parts().end());
  }
  out.labels = [file = std::shared_ptr<const GensimFile>(file), path = source.path(),
                context](const Tensor& tensor) { return labelsFor(*file, path, tensor, context); };
  opened.file = std::move(out);
  return opened;
}

Preview previewGensim(const Source& source) {
  const std::optional<Opened> opened = openGensim(source, {});
  return previewTensor(opened->source, opened->file);
}

std::optional<LoadedTable> readGensim(const Source& source, const base::TaskContext& context) {
  const std::optional<Opened> opened = openGensim(source, context.part(0, kShareOfPickle));
  return opened ? readTensor(opened->source, opened->file, context.part(kShareOfPickle, 1))
                : std::nullopt;
}

}  // namespace

const Format kGensimFormat = {
    .info = {FormatId::Gensim, "gensim", "gensim model", ".kv",
             "What gensim's save() writes, with its .npy parts; nothing in the file is ever run",
             true, false},
    .preview = previewGensim,
    .read = readGensim};

bool looksLikePickle(std::string_view text) {
  return text.size() >= 2 && text[0] == '\x80' && text[1] >= 2 && text[1] <= 5;
}

}  // namespace embedscope::formats
