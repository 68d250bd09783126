// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/pickle_words.h"

#include "core/base/text.h"
#include "core/formats/latin1.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace embedscope::formats {

namespace {

constexpr std::size_t kMostCandidates = 1000;
constexpr std::size_t kItemsPerStopCheck = 4096;

/// How vocabularies are called, in parts of names.
constexpr std::array<std::string_view, 12> kNames = {
    "vocab", "index_to_key", "index2word", "itos", "idx2", "stoi",
    "2idx",  "token",        "word",       "i2w",  "w2i",  "label"};

std::size_t rankOf(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('.') + 1);
  const auto found = std::ranges::find_if(
      kNames, [&](std::string_view part) { return name.find(part) != std::string_view::npos; });
  return static_cast<std::size_t>(found - kNames.begin());
}

}  // namespace

std::optional<std::string> wordOf(PickleValue value) {
  switch (value.kind()) {
    case PickleKind::Text:
      return std::string(value.text());
    case PickleKind::Bytes:
      return base::isUtf8(value.text()) ? std::string(value.text()) : textFromLatin1(value.text());
    case PickleKind::Int:
      return std::to_string(value.integer());
    default:
      return {};
  }
}

void PickleWords::offer(const Pickle& pickle, const std::string& path, PickleValue value) {
  const std::span<const PickleValue> items = pickle.items(value);
  if (items.empty() || m_all.size() >= kMostCandidates) {
    return;
  }
  Candidate candidate;
  candidate.value = value;
  candidate.rank = rankOf(path);
  if (!pickle.isMapping(value)) {
    const bool isList = value.is(PickleKind::List) || value.is(PickleKind::Tuple);
    candidate.count = static_cast<std::int64_t>(items.size());
    if (isList && std::ranges::all_of(items, [](PickleValue item) { return item.isText(); })) {
      m_all.push_back(candidate);
    }
    return;
  }
  candidate.kind = items[0].isText() ? Kind::WordToRow : Kind::RowToWord;
  candidate.count = static_cast<std::int64_t>(items.size() / 2);
  for (std::size_t i = 0; i < items.size(); i += 2) {
    const auto [word, row] = entry(candidate.kind, items, i);
    if (!word.isText() || !row.is(PickleKind::Int) || row.integer() < 0) {
      return;
    }
    candidate.largest = std::max(candidate.largest, row.integer());
  }
  m_all.push_back(candidate);
}

std::pair<PickleValue, PickleValue> PickleWords::entry(Kind kind,
                                                       std::span<const PickleValue> items,
                                                       std::size_t at) {
  return kind == Kind::WordToRow ? std::pair(items[at], items[at + 1])
                                 : std::pair(items[at + 1], items[at]);
}

std::optional<std::size_t> PickleWords::fit(const Candidate& candidate, std::int64_t rows) {
  if (candidate.kind != Kind::List) {
    const bool fits = candidate.largest < rows && candidate.count <= rows &&
                      candidate.count >= rows - candidate.count;
    return fits ? std::optional<std::size_t>(1) : std::nullopt;
  }
  if (candidate.count == rows) {
    return 0;
  }
  return candidate.count == rows - 1 ? std::optional<std::size_t>(2) : std::nullopt;
}

std::optional<std::vector<std::string>> PickleWords::wordsByRow(const Pickle& pickle,
                                                                const Candidate& candidate,
                                                                std::size_t first,
                                                                std::int64_t rows,
                                                                const base::TaskContext& context) {
  const std::span<const PickleValue> items = pickle.items(candidate.value);
  const std::size_t step = candidate.kind == Kind::List ? 1 : 2;
  std::vector<std::string> words(static_cast<std::size_t>(rows));
  std::vector<bool> isNamed(words.size());
  std::uint64_t budget = pickle.textBudget();
  for (std::size_t i = 0; i < items.size(); i += step) {
    PickleValue word = items[i];
    std::size_t row = i + first;
    if (candidate.kind != Kind::List) {
      const auto [text, number] = entry(candidate.kind, items, i);
      word = text;
      row = static_cast<std::size_t>(number.integer());
    }
    const std::size_t size = word.text().size();
    const bool isStopped = i % kItemsPerStopCheck == 0 && context.stopRequested();
    if (isStopped || size > budget || isNamed[row]) {
      return {};  // two words for one row: these numbers are no rows
    }
    budget -= size;
    isNamed[row] = true;
    words[row] = wordOf(word).value_or("");
  }
  for (std::size_t row = 0; row < words.size(); ++row) {
    if (!isNamed[row]) {
      words[row] = fmt::format("[{}]", row);
    }
  }
  return words;
}

std::optional<RowLabels> PickleWords::labels(const Pickle& pickle, std::int64_t rows,
                                             const std::filesystem::path& path,
                                             const std::function<bool()>& firstRowIsZero,
                                             const base::TaskContext& context) const {
  std::vector<const Candidate*> fitting;
  for (const Candidate& candidate : m_all) {
    if (fit(candidate, rows)) {
      fitting.push_back(&candidate);
    }
  }
  std::ranges::stable_sort(fitting, {}, [&](const Candidate* candidate) {
    return std::pair(*fit(*candidate, rows), candidate->rank);
  });
  for (const Candidate* candidate : fitting) {
    const bool isShorter = candidate->kind == Kind::List && candidate->count < rows;
    const std::size_t first = isShorter && firstRowIsZero() ? 1 : 0;
    std::optional<std::vector<std::string>> words =
        wordsByRow(pickle, *candidate, first, rows, context);
    if (!words) {
      continue;
    }
    RowLabels labels;
    labels.path = path;
    labels.labels = std::move(*words);
    if (candidate->count < rows) {
      labels.warnings.push_back(
          {base::Place::ofFile(path),
           fmt::format("{} words for {} rows; the others, padding perhaps, are named by their "
                       "number",
                       base::groupedDigits(candidate->count), base::groupedDigits(rows))});
    }
    return labels;
  }
  return {};
}

}  // namespace embedscope::formats
