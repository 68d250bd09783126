// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/gensim.h"

#include "core/base/text.h"
#include "core/formats/npy.h"
#include "core/formats/pickle_array.h"
#include "core/formats/subwords.h"
#include "core/formats/tensor_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;
using Kind = PickleValue::Kind;
namespace fs = std::filesystem;

constexpr std::array<std::string_view, 2> kVectorNames = {"vectors", "syn0"};
constexpr std::array<std::string_view, 3> kWordNames = {"index_to_key", "index2word",
                                                        "index2entity"};

/// The dictionary that holds the vectors, and what its arrays are called on the disk.
struct Holder {
  PickleRef state;
  std::string prefix;  ///< "", or "wv."
};

class GensimReader {
 public:
  explicit GensimReader(const Source& source)
      : m_source(source),
        m_placeOf([&source](std::size_t byte) { return placeOfByte(source, byte); }),
        m_pickle(std::make_shared<const Pickle>(source.text(), m_placeOf)),
        m_holder(findHolder()) {}

  TensorFile open() {
    TensorFile file;
    file.format = FormatId::Gensim;
    file.why = "it is a Python pickle with gensim's vectors and words";
    file.parts = {m_source.path()};
    RowLabels words = wordsOf();
    std::optional<Tensor> vectors;
    for (const std::string_view name : kVectorNames) {
      vectors = vectors ? std::move(vectors) : array(name, file);
    }
    if (!vectors) {
      vectors = composed(words, file);
    }
    if (!vectors) {
      fail("holds no vectors: it is no model with word vectors, or one without them");
    }
    // Arrays may have rows for words that were never added.
    if (!vectors->shape.empty() && !words.labels.empty()) {
      vectors->shape[0] =
          std::min(vectors->shape[0], static_cast<std::int64_t>(words.labels.size()));
    }
    file.tensors.push_back(std::move(*vectors));
    file.labels = [words](const Tensor&) {
      return words.labels.empty() ? std::nullopt : std::optional(words);
    };
    return file;
  }

 private:
  const Pickle& pickle() const { return *m_pickle; }

  [[noreturn]] void fail(const std::string& sentence) const {
    throw Error(ErrorCode::BadData, sentence, placeOf(m_source));
  }

  /// The attributes of an object, or a dictionary itself.
  std::optional<PickleRef> attributes(PickleRef ref) const {
    const PickleValue& value = pickle()[ref];
    if (value.kind == Kind::Dictionary) {
      return ref;
    }
    if (value.kind == Kind::Object && value.parts.size() > 2 &&
        pickle()[value.parts[2]].kind == Kind::Dictionary) {
      return value.parts[2];
    }
    return {};
  }

  bool holdsVectors(PickleRef state) const {
    const auto has = [&](std::string_view name) { return pickle().find(state, name).has_value(); };
    const bool hasWords = std::ranges::any_of(kWordNames, has) || has("vocab");
    return hasWords &&
           (std::ranges::any_of(kVectorNames, has) || has("vectors_vocab") || has("__numpys"));
  }

  Holder findHolder() const {
    const auto state = attributes(pickle().root());
    if (!state) {
      fail("is a Python pickle, but of no gensim model; save the table as .npy or text");
    }
    for (const std::string_view name : {"wv", "kv"}) {
      const auto inner = pickle().find(*state, name);
      const auto innerState = inner ? attributes(*inner) : std::nullopt;
      if (innerState && holdsVectors(*innerState)) {
        return {*innerState, std::string(name) + "."};
      }
    }
    if (!holdsVectors(*state)) {
      fail("is a Python pickle without word vectors; save the table as .npy or text");
    }
    return {*state, {}};
  }

  std::optional<PickleRef> attribute(std::string_view name) const {
    const auto found = pickle().find(m_holder.state, name);
    return found && pickle()[*found].kind != Kind::None ? found : std::nullopt;
  }

  std::int64_t integer(std::string_view name, std::int64_t otherwise) const {
    const auto found = attribute(name);
    return found && pickle()[*found].kind == Kind::Integer ? pickle()[*found].integer : otherwise;
  }

  /// Whether gensim put an array of this name into a file of its own.
  bool standsApart(std::string_view name) const {
    const auto list = attribute("__numpys");
    const auto names = list ? pickle().texts(*list) : std::nullopt;
    return names && std::ranges::find(*names, name) != names->end();
  }

  std::optional<Tensor> array(std::string_view name, TensorFile& file) const {
    if (standsApart(name)) {
      return arrayApart(name, file);
    }
    const auto inner = attribute(name);
    return inner ? pickledArray(pickle(), *inner, std::string(name), m_pickle) : std::nullopt;
  }

  Tensor arrayApart(std::string_view name, TensorFile& file) const {
    fs::path path = m_source.path();
    path += fmt::format(".{}{}.npy", m_holder.prefix, name);
    std::error_code ignored;
    if (!fs::is_regular_file(path, ignored)) {
      fail(fmt::format("{} are in {}; put it beside this file", name, path.filename().string()));
    }
    const auto mapped = base::MappedFile::open(path);
    file.parts.push_back(path);
    const PlaceOfByte placeOf = [&](std::size_t byte) {
      return base::Place::ofByte(path, static_cast<std::int64_t>(byte));
    };
    Tensor tensor = npyTensor(std::string(name), mapped->text(), placeOf, file.warnings, mapped);
    tensor.mappedFile = mapped;
    tensor.firstByte.reset();
    return tensor;
  }

  RowLabels wordsOf() const {
    RowLabels words;
    words.path = m_source.path();
    for (const std::string_view name : kWordNames) {
      const auto list = attribute(name);
      if (!list || !words.labels.empty()) {
        continue;
      }
      for (const PickleRef word : pickle()[*list].parts) {
        const PickleValue& value = pickle()[word];
        words.labels.push_back(value.kind == Kind::Integer ? std::to_string(value.integer)
                                                           : std::string(value.text));
      }
    }
    addFromVocabulary(words);
    return words;
  }

  /// Before version 4 a dictionary from words to objects with an index and a count.
  void addFromVocabulary(RowLabels& words) const {
    const auto vocabulary = attribute("vocab");
    if (!vocabulary) {
      return;
    }
    const auto& items = pickle()[*vocabulary].items;
    std::vector<std::string> labels(items.size());
    std::vector<std::string> counts(items.size());
    for (const auto& [word, object] : items) {
      const auto state = attributes(object);
      const auto index = state ? pickle().find(*state, "index") : std::nullopt;
      const auto count = state ? pickle().find(*state, "count") : std::nullopt;
      const std::int64_t row = index ? pickle()[*index].integer : -1;
      if (row < 0 || row >= static_cast<std::int64_t>(items.size())) {
        return;
      }
      labels[static_cast<std::size_t>(row)] = pickle()[word].text;
      counts[static_cast<std::size_t>(row)] =
          count ? std::to_string(pickle()[*count].integer) : std::string();
    }
    if (words.labels.empty()) {
      words.labels = std::move(labels);
    }
    if (words.labels.size() == counts.size()) {
      words.metadata.addColumn({"count", std::move(counts)});
    }
  }

  /// FastText: (word + Σ n-grams) / (1 + how many), as gensim adds them up, in float32.
  std::optional<Tensor> composed(const RowLabels& words, TensorFile& file) const {
    const auto own = array("vectors_vocab", file);
    const auto grams = array("vectors_ngrams", file);
    if (!own || !grams || !own->isTable() || !grams->isTable() ||
        own->shape[1] != grams->shape[1]) {
      return {};
    }
    const SubwordRules rules{static_cast<std::int32_t>(integer("min_n", 3)),
                             static_cast<std::int32_t>(integer("max_n", 6)),
                             std::min(integer("bucket", grams->shape[0]), grams->shape[0])};
    Tensor tensor = *own;
    tensor.name = "vectors";
    tensor.mappedAt.reset();
    tensor.fill = [own = *own, grams = *grams, rules, labels = words.labels](
                      base::RowMatrix& out, const base::TaskContext& context) {
      base::RowMatrix rows(grams.shape[0], grams.shape[1]);
      if (!own.fill(out, context.part(0, 0.3)) || !grams.fill(rows, context.part(0.3, 0.6))) {
        return false;
      }
      const auto named =
          std::min<Eigen::Index>(out.rows(), static_cast<Eigen::Index>(labels.size()));
      for (Eigen::Index row = 0; row < named && !context.stopRequested(); ++row) {
        int count = 1;
        forEachSubword(labels[static_cast<std::size_t>(row)], rules, [&](std::int64_t bucket) {
          out.row(row) += rows.row(bucket);
          ++count;
        });
        out.row(row) /= static_cast<float>(count);
      }
      return !context.stopRequested();
    };
    return tensor;
  }

  const Source& m_source;
  PlaceOfByte m_placeOf;
  std::shared_ptr<const Pickle> m_pickle;
  Holder m_holder;
};

Preview previewGensim(const Source& source) {
  return previewTensor(source, GensimReader(source).open());
}

std::optional<LoadedTable> readGensim(const Source& source, const base::TaskContext& context) {
  return readTensor(source, GensimReader(source).open(), context);
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
