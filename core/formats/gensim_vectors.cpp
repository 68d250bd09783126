// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/gensim_vectors.h"

#include "core/base/text.h"
#include "core/formats/array_rows.h"
#include "core/formats/npy.h"
#include "core/formats/pickle_words.h"
#include "core/formats/subwords.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;
namespace fs = std::filesystem;

constexpr std::array<std::string_view, 2> kStoredNames = {"vectors", "syn0"};
constexpr std::array<std::string_view, 3> kKeyLists = {"index_to_key", "index2word",
                                                       "index2entity"};
constexpr std::array<std::string_view, 2> kKeyMaps = {"key_to_index", "vocab"};
constexpr std::size_t kMostAttributes = 1000;
constexpr std::size_t kMostOfAKey = 100;  ///< attributes of the object that tells about a key
constexpr std::size_t kKeysPerStopCheck = 4096;

[[noreturn]] void refuse(const std::string& sentence) {
  throw Error(ErrorCode::BadData, sentence);
}

/// The attributes of an object: a dict that is not too long to be searched.
std::optional<PickleValue> attributesOf(const Pickle& pickle, PickleValue object,
                                        std::size_t most) {
  if (!object.is(PickleKind::Object)) {
    return {};
  }
  const PickleValue state = pickle.object(object).state;
  const bool isSearched = state.is(PickleKind::Dict) && pickle.items(state).size() <= 2 * most;
  return isSearched ? std::optional(state) : std::nullopt;
}

/// The row of a key: a number, or an object that has one.
std::int64_t rowOf(const Pickle& pickle, PickleValue value) {
  if (const auto state = attributesOf(pickle, value, kMostOfAKey)) {
    value = pickle.find(*state, "index").value_or(PickleValue());
  }
  return pickledInteger(pickle, value).value_or(-1);
}

}  // namespace

GensimVectors::GensimVectors(const Source& source, const Pickle& pickle, const std::string& path,
                             PickleValue state)
    : m_source(&source),
      m_pickle(&pickle),
      m_state(state),
      m_path(path.empty() ? path : path + ".") {}

std::optional<GensimVectors> GensimVectors::find(const Source& source, const Pickle& pickle,
                                                 const std::string& path, PickleValue value) {
  const auto state = attributesOf(pickle, value, kMostAttributes);
  if (!state) {
    return {};
  }
  GensimVectors found(source, pickle, path, *state);
  bool hasKeys = false;
  for (const std::string_view name : kKeyLists) {
    const auto keys = hasKeys ? std::nullopt : found.attribute(name);
    if (keys && keys->is(PickleKind::List)) {
      found.m_keys = *keys;
      found.m_keyCount = static_cast<std::int64_t>(pickle.items(*keys).size());
      hasKeys = true;
    }
  }
  for (const std::string_view name : kKeyMaps) {
    const auto keys = hasKeys ? std::nullopt : found.attribute(name);
    if (keys && pickle.isMapping(*keys)) {
      found.m_keys = *keys;
      found.m_keyCount = static_cast<std::int64_t>(pickle.items(*keys).size() / 2);
      hasKeys = true;
    }
  }
  for (const std::string_view name : kStoredNames) {
    if (found.m_stored.empty() && (found.standsInside(name) || found.standsApart(name))) {
      found.m_stored = name;
    }
  }
  const bool isComposed = found.standsInside("vectors_vocab") || found.standsApart("vectors_vocab");
  found.m_name = found.m_path + std::string(found.m_stored.empty() ? "vectors" : found.m_stored);
  return hasKeys && (!found.m_stored.empty() || isComposed) ? std::optional(std::move(found))
                                                            : std::nullopt;
}

std::optional<PickleValue> GensimVectors::attribute(std::string_view name) const {
  return m_pickle->find(m_state, name);
}

std::optional<std::int64_t> GensimVectors::integer(std::string_view name) const {
  const auto value = attribute(name);
  return value ? pickledInteger(*m_pickle, *value) : std::nullopt;
}

bool GensimVectors::standsInside(std::string_view name) const {
  const auto value = attribute(name);
  return value && isPickledArray(*m_pickle, *value);
}

bool GensimVectors::standsApart(std::string_view name) const {
  const std::span<const PickleValue> names =
      m_pickle->sequence(attribute("__numpys").value_or(PickleValue()));
  return names.size() <= kMostAttributes &&
         std::ranges::any_of(names, [&](PickleValue each) { return each.isText(name); });
}

std::shared_ptr<const base::MappedFile> GensimVectors::openPart(std::string_view name) {
  fs::path path = m_source->path();
  path += fmt::format(".{}{}.npy", m_path, name);
  std::error_code ignored;
  const bool isNoName = m_path.find_first_of(std::string_view("/\0", 2)) != std::string::npos;
  if (isNoName || !fs::is_regular_file(path, ignored)) {
    refuse(fmt::format("{} are in {}; put it beside this file", name,
                       base::repairedUtf8(path.filename().string())));
  }
  m_parts.push_back(path);
  return base::MappedFile::open(path);
}

Tensor GensimVectors::tensor(std::vector<Warning>& warnings) {
  Tensor tensor = m_stored.empty() ? composed() : stored(warnings);
  // There may be rows for keys that were never added.
  if (tensor.shape.size() == 2) {
    tensor.shape[0] = std::min(tensor.shape[0], m_keyCount);
  }
  return tensor;
}

Tensor GensimVectors::stored(std::vector<Warning>& warnings) {
  if (!standsApart(m_stored)) {
    return arrayTensor(m_name, *pickledArray(*m_pickle, *attribute(m_stored)), *m_source, nullptr);
  }
  const auto mapped = openPart(m_stored);
  const PlaceOfByte placeOf = [&](std::size_t byte) {
    return base::Place::ofByte(mapped->path(), static_cast<std::int64_t>(byte));
  };
  Tensor tensor = npyTensor(m_name, mapped->text(), placeOf, warnings, mapped);
  tensor.mappedFile = mapped;
  tensor.firstByte.reset();  // places are those of the main file
  return tensor;
}

/// FastText: (word + Σ n-grams) / (1 + how many of them), added up in float32 as gensim does.
Tensor GensimVectors::composed() {
  const auto rowsOf = [&](std::string_view name) {
    if (standsApart(name)) {
      return ArrayRows(openPart(name));
    }
    const auto value = attribute(name);
    const auto array = value ? pickledArray(*m_pickle, *value) : std::nullopt;
    return array ? ArrayRows(*array)
                 : throw Error(ErrorCode::BadData, fmt::format("{} has no {}", m_name, name));
  };
  const ArrayRows own = rowsOf("vectors_vocab");
  const ArrayRows grams = rowsOf("vectors_ngrams");
  const auto hash = attribute("compatible_hash");
  if (!hash || !hash->is(PickleKind::Bool) || hash->integer() == 0) {
    refuse(
        "its n-grams are hashed as gensim did before version 3.8, which is not read; load and "
        "save it with gensim 3.8.3");
  }
  SubwordRules rules;
  const auto small = [&](std::string_view name, std::int64_t otherwise) {
    return static_cast<std::int32_t>(
        std::clamp<std::int64_t>(integer(name).value_or(otherwise), 0, 10'000));
  };
  rules.shortest = small("min_n", 3);
  rules.longest = small("max_n", 6);
  rules.buckets = integer("bucket").value_or(0);
  rules.endOfSentenceHasNone = false;
  if (rules.buckets < 0 || rules.buckets > grams.rowCount() ||
      own.dimension() != grams.dimension()) {
    refuse(fmt::format("vectors_ngrams is [{}, {}], which does not fit {} buckets of {} numbers",
                       grams.rowCount(), grams.dimension(), rules.buckets, own.dimension()));
  }
  Tensor tensor;
  tensor.name = m_name;
  tensor.dtype = nameOf(NumberType::Float32);
  tensor.shape = {own.rowCount(), own.dimension()};
  const auto words = std::make_shared<const std::vector<std::string>>(keys({}));
  tensor.fill = decodedFill([own, grams, rules, words](std::int64_t row, std::span<float> out) {
    own.read(row, out);
    std::vector<float> gram(out.size());
    std::int64_t count = 1;
    forEachSubword((*words)[static_cast<std::size_t>(row)], rules, [&](std::int64_t bucket) {
      grams.read(bucket, gram);
      std::ranges::transform(out, gram, out.begin(), std::plus<>());
      ++count;
    });
    const auto divisor = static_cast<float>(count);
    std::ranges::transform(out, out.begin(), [&](float sum) { return sum / divisor; });
  });
  return tensor;
}

std::vector<std::string> GensimVectors::keys(const base::TaskContext& context) const {
  const std::span<const PickleValue> items = m_pickle->items(m_keys);
  std::vector<std::string> keys(static_cast<std::size_t>(m_keyCount));
  const bool isList = m_keys.is(PickleKind::List);
  std::uint64_t budget = m_pickle->textBudget();
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (i % kKeysPerStopCheck == 0 && context.stopRequested()) {
      break;
    }
    const PickleValue key = items[isList ? i : 2 * i];
    const std::int64_t row =
        isList ? static_cast<std::int64_t>(i) : rowOf(*m_pickle, items[2 * i + 1]);
    const std::uint64_t size = key.isText() ? key.text().size() : 0;
    if (size > budget || row < 0 || row >= m_keyCount) {
      refuse(fmt::format("the keys of {} do not fit: {}", m_name,
                         size > budget ? "they need more memory than the file's size justifies"
                                       : "one has no row, or one beyond the last"));
    }
    budget -= size;
    keys[static_cast<std::size_t>(row)] = wordOf(key).value_or(fmt::format("[{}]", row));
  }
  return keys;
}

std::optional<RowLabels> GensimVectors::labels(const base::TaskContext& context) const {
  RowLabels labels;
  labels.path = m_source->path();
  labels.labels = keys(context);
  addCounts(labels, context);
  addAttributes(labels);
  return context.stopRequested() ? std::nullopt : std::optional(std::move(labels));
}

/// Before version 4: an object for every key, with its row and count.
void GensimVectors::addCounts(RowLabels& labels, const base::TaskContext& context) const {
  const auto vocabulary = attribute("vocab");
  if (!vocabulary || !m_pickle->isMapping(*vocabulary)) {
    return;
  }
  const std::span<const PickleValue> items = m_pickle->items(*vocabulary);
  std::vector<std::string> counts(labels.labels.size());
  for (std::size_t i = 1; i < items.size(); i += 2) {
    if (i % kKeysPerStopCheck == 1 && context.stopRequested()) {
      return;
    }
    const auto state = attributesOf(*m_pickle, items[i], kMostOfAKey);
    const auto count = state ? m_pickle->find(*state, "count") : std::nullopt;
    const auto number = count ? pickledInteger(*m_pickle, *count) : std::nullopt;
    const std::int64_t row = rowOf(*m_pickle, items[i]);
    if (!number || row < 0 || row >= m_keyCount) {
      return;
    }
    counts[static_cast<std::size_t>(row)] = std::to_string(*number);
  }
  labels.metadata.addColumn({"count", std::move(counts)});
}

/// From version 4 on: an array for every attribute of the keys.
void GensimVectors::addAttributes(RowLabels& labels) const {
  constexpr std::string_view kOfTraining = "sample_int";  // means nothing to people
  constexpr std::size_t kMostColumns = 32;
  const PickleValue expandos = attribute("expandos").value_or(PickleValue());
  const std::span<const PickleValue> items =
      m_pickle->isMapping(expandos) ? m_pickle->items(expandos) : std::span<const PickleValue>();
  for (std::size_t i = 0; i + 1 < std::min(items.size(), 2 * kMostColumns); i += 2) {
    if (!items[i].isText() || items[i].isText(kOfTraining)) {
      continue;
    }
    const auto array = pickledArray(*m_pickle, items[i + 1]);
    if (!array || array->shape != std::vector{m_keyCount}) {
      continue;
    }
    std::vector<std::string> values = arrayTexts(*array);
    if (static_cast<std::int64_t>(values.size()) == m_keyCount) {
      labels.metadata.addColumn(
          {base::repairedUtf8(items[i].text().substr(0, 200)), std::move(values)});
    }
  }
}

}  // namespace embedscope::formats
