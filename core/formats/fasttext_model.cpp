// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/fasttext_model.h"

#include "core/base/text.h"
#include "core/formats/text_row.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace embedscope::formats {

namespace {

using base::Error;

constexpr std::int32_t kMagic = 793712314;
constexpr std::int32_t kNewest = 12;
constexpr std::int32_t kFirstWithMagic = 11;  // its supervised models have no n-grams
constexpr std::int32_t kSupervised = 3;
constexpr std::int32_t kMostDimensions = 10000;
constexpr std::int32_t kMostWindow = 1000;
constexpr std::int32_t kLongestNgram = 1000;    // longer ones only make a hostile file slow
constexpr std::uint64_t kLeastEntryBytes = 10;  // an empty word: NUL, count, kind

class ModelReader {
 public:
  explicit ModelReader(const Source& source)
      : m_placeOf([&source](std::size_t byte) { return placeOfByte(source, byte); }),
        m_reader(source.text(), m_placeOf) {
    m_model.file = source.file;
  }

  FastTextModel read() {
    readArguments();
    readDictionary();
    readInput();
    checkOutput();
    return std::move(m_model);
  }

 private:
  std::int32_t integer(std::string_view what) { return m_reader.read<std::int32_t>(what); }

  void readArguments() {
    constexpr std::string_view kWhat = "the model's arguments";
    m_model.dimension = integer(kWhat);
    std::int32_t version = 0;
    m_isOldest = m_model.dimension != kMagic;
    if (!m_isOldest) {
      version = integer(kWhat);
      if (version > kNewest) {
        m_reader.fail(
            fmt::format("fastText version {} is not supported (up to {} is)", version, kNewest));
      }
      m_model.dimension = integer(kWhat);
    } else if (m_model.dimension < 1 || m_model.dimension > kMostDimensions) {
      m_reader.fail("is not a fastText model (nor one of before 2017, without magic number)");
    }
    if (m_model.dimension < 1) {
      m_reader.fail(fmt::format("the model has dimension {}", m_model.dimension));
    }
    m_reader.take(6 * sizeof(std::int32_t), kWhat);  // ws, epoch, minCount, neg, wordNgrams, loss
    const std::int32_t kind = integer(kWhat);
    m_model.rules.buckets = integer(kWhat);
    m_model.rules.shortest = integer(kWhat);
    m_model.rules.longest = integer(kWhat);
    m_reader.take(sizeof(std::int32_t) + sizeof(double), kWhat);  // lrUpdateRate, t
    if (version == kFirstWithMagic && kind == kSupervised) {
      m_model.rules.longest = 0;
    }
    if (m_model.rules.buckets < 0 || m_model.rules.longest > kLongestNgram) {
      m_reader.fail(fmt::format("{} buckets of n-grams of up to {} characters",
                                m_model.rules.buckets, m_model.rules.longest));
    }
  }

  void readDictionary() {
    constexpr std::string_view kWhat = "the dictionary";
    const std::int32_t size = integer(kWhat);
    const std::int32_t words = integer(kWhat);
    m_reader.take(sizeof(std::int32_t) + sizeof(std::int64_t), kWhat);  // labels, tokens
    const std::int64_t pruned = m_isOldest ? -1 : m_reader.read<std::int64_t>(kWhat);
    if (size < 0 || words < 0 || words > size) {
      m_reader.fail(fmt::format("dictionary size {} with {} words", size, words));
    }
    if (static_cast<std::uint64_t>(size) > m_reader.remaining() / kLeastEntryBytes) {
      m_reader.fail(fmt::format("{} entries are promised: the file ends in the dictionary",
                                base::groupedDigits(size)));
    }
    m_model.words.reserve(static_cast<std::size_t>(words));
    for (std::int32_t i = 0; i < size; ++i) {
      const std::string_view word = m_reader.takeUntil('\0', "a dictionary word");
      if (word.size() > kLongestLabel) {
        m_reader.fail(fmt::format("dictionary entry {} is longer than the limit of {} bytes", i,
                                  kLongestLabel));
      }
      m_reader.read<std::int64_t>(kWhat);  // its count; see countOf
      const auto kind = m_reader.read<std::int8_t>(kWhat);
      if (kind != 0 && kind != 1) {
        m_reader.fail(fmt::format("dictionary entry {} has type {}", i, kind));
      }
      if (i < words) {
        m_model.words.push_back(word);
      }
    }
    readPruning(pruned);
  }

  void readPruning(std::int64_t pruned) {
    m_model.isPruned = pruned >= 0;
    if (pruned <= 0) {
      return;
    }
    if (static_cast<std::uint64_t>(pruned) > m_reader.remaining() / (2 * sizeof(std::int32_t))) {
      m_reader.fail(fmt::format("{} buckets are promised: the file ends inside the prune table",
                                base::groupedDigits(pruned)));
    }
    m_model.prunedRows.reserve(static_cast<std::size_t>(pruned));
    for (std::int64_t i = 0; i < pruned; ++i) {
      const std::int32_t bucket = integer("the prune table");
      const std::int32_t row = integer("the prune table");
      if (row < 0 || row >= pruned) {
        m_reader.fail(
            fmt::format("the prune table leads bucket {} to row {} of {}", bucket, row, pruned));
      }
      m_model.prunedRows.emplace_back(bucket, row);
    }
    std::ranges::stable_sort(m_model.prunedRows, {}, [](const auto& entry) { return entry.first; });
  }

  void readInput() {
    m_model.isQuantized = !m_isOldest && m_reader.read<std::uint8_t>("the model") != 0;
    m_model.matrix = readFastTextMatrix(m_reader, m_model.isQuantized, "the input matrix");
    if (m_model.matrix->columns() != m_model.dimension) {
      m_reader.fail(fmt::format("the input matrix has {} columns, dim is {}",
                                m_model.matrix->columns(), m_model.dimension));
    }
    const auto words = static_cast<std::int64_t>(m_model.words.size());
    const std::int64_t buckets = m_model.isPruned
                                     ? static_cast<std::int64_t>(m_model.prunedRows.size())
                                     : m_model.rules.buckets;
    if (m_model.matrix->rows() != words + buckets) {
      m_reader.fail(fmt::format("the input matrix has {} rows; {} words + {} buckets need {}",
                                m_model.matrix->rows(), words, buckets, words + buckets));
    }
  }

  /// That the file ends where the output matrix does is all that tells the oldest form from other
  /// files with two small numbers in front.
  void checkOutput() {
    try {
      const bool isQuantized =
          !m_isOldest && m_reader.read<std::uint8_t>("the model") != 0 && m_model.isQuantized;
      readFastTextMatrix(m_reader, isQuantized, "the output matrix");
      if (m_reader.remaining() > 0) {
        m_reader.fail(fmt::format("{} {} left over after the output matrix", m_reader.remaining(),
                                  m_reader.remaining() == 1 ? "byte is" : "bytes are"));
      }
    } catch (const Error& error) {
      if (m_isOldest) {
        throw;
      }
      m_model.warnings.push_back(
          {error.place(), error.sentence() + "; the vectors of the words are whole"});
    }
  }

  PlaceOfByte m_placeOf;
  ByteReader m_reader;
  bool m_isOldest = false;  ///< of 2016: no magic number, no pruning, nothing quantized
  FastTextModel m_model;
};

}  // namespace

bool FastTextModel::hasSubwords() const {
  return rules.longest > 0 && rules.shortest <= rules.longest && rules.buckets > 0 &&
         !(isPruned && prunedRows.empty());
}

std::int64_t FastTextModel::countOf(std::int64_t row) const {
  const std::string_view word = words[static_cast<std::size_t>(row)];
  std::int64_t count = 0;
  std::memcpy(&count, word.data() + word.size() + 1, sizeof count);  // behind the word's NUL
  return count;
}

std::optional<std::int64_t> FastTextModel::find(std::string_view word) const {
  const auto found = std::ranges::find(words, word);
  return found == words.end() ? std::nullopt : std::optional(found - words.begin());
}

std::int64_t FastTextModel::compose(std::string_view word, std::int64_t row,
                                    std::span<float> out) const {
  std::ranges::fill(out, 0.0F);
  const auto wordRows = static_cast<std::int64_t>(words.size());
  std::int64_t count = 0;
  if (row >= 0) {
    matrix->addRow(row, out);
    ++count;
  }
  forEachSubword(word, rules, [&](std::int64_t bucket) {
    std::int64_t at = bucket;
    if (isPruned) {
      const auto after =
          std::ranges::upper_bound(prunedRows, bucket, {}, [](const auto& e) { return e.first; });
      if (after == prunedRows.begin() || std::prev(after)->first != bucket) {
        return;
      }
      at = std::prev(after)->second;
    }
    matrix->addRow(wordRows + at, out);
    ++count;
  });
  if (count > 0) {
    const auto share = static_cast<float>(1.0 / static_cast<double>(count));
    for (float& value : out) {
      value *= share;
    }
  }
  return count;
}

FastTextModel readFastTextModel(const Source& source) {
  return ModelReader(source).read();
}

bool looksLikeFastText(const Source& source) {
  const std::string_view text = source.text();
  if (text.size() < 2 * sizeof(std::int32_t)) {
    return false;
  }
  std::int32_t first = 0;
  std::int32_t second = 0;
  std::memcpy(&first, text.data(), sizeof first);
  std::memcpy(&second, text.data() + sizeof first, sizeof second);
  if (first == kMagic) {
    return true;
  }
  return source.extension() == ".bin" && first >= 1 && first <= kMostDimensions && second >= 1 &&
         second <= kMostWindow;
}

}  // namespace embedscope::formats
