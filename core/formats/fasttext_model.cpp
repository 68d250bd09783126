// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/fasttext_model.h"

#include "core/base/text.h"
#include "core/formats/byte_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace embedscope::formats {

namespace {

constexpr std::int32_t kMagic = 793712314;
constexpr std::int32_t kNewest = 12;
constexpr std::int32_t kFirstWithoutNgrams = 11;  // its supervised models say otherwise
constexpr std::int32_t kSupervised = 3;
constexpr std::int32_t kMostDimensions = 10000;
constexpr std::int32_t kMostWindow = 1000;
constexpr std::uint64_t kLeastEntryBytes = 10;  // an empty word: NUL, count, kind
constexpr std::int64_t kCentroids = 256;

float loadFloat(const char* at) {
  float value = 0;
  std::memcpy(&value, at, sizeof value);
  return value;
}

class DenseMatrix final : public FastTextMatrix {
 public:
  DenseMatrix(const char* values, std::int64_t rows, std::int64_t columns)
      : m_values(values), m_rows(rows), m_columns(columns) {}

  std::int64_t rows() const override { return m_rows; }

  void addRow(std::int64_t row, std::span<float> out) const override {
    const char* at = m_values + row * m_columns * std::int64_t{sizeof(float)};
    for (std::size_t i = 0; i < out.size(); ++i) {
      out[i] += loadFloat(at + i * sizeof(float));
    }
  }

 private:
  const char* m_values;
  std::int64_t m_rows;
  std::int64_t m_columns;
};

/// Codes of 8 bits for parts of a vector.
struct ProductQuantizer {
  std::int64_t dimension = 0;
  std::int64_t parts = 0;
  std::int64_t width = 0;      ///< of a part
  std::int64_t lastWidth = 0;  ///< of the last one
  const char* centroids = nullptr;

  std::int64_t widthOf(std::int64_t part) const { return part + 1 == parts ? lastWidth : width; }

  const char* centroid(std::int64_t part, unsigned char code) const {
    const std::int64_t at = part * kCentroids * width + code * widthOf(part);
    return centroids + at * std::int64_t{sizeof(float)};
  }
};

class QuantizedMatrix final : public FastTextMatrix {
 public:
  QuantizedMatrix(std::int64_t rows, std::string_view codes, const ProductQuantizer& quantizer,
                  std::string_view normCodes, const ProductQuantizer& norms)
      : m_rows(rows),
        m_codes(codes),
        m_quantizer(quantizer),
        m_normCodes(normCodes),
        m_norms(norms) {}

  std::int64_t rows() const override { return m_rows; }

  void addRow(std::int64_t row, std::span<float> out) const override {
    const auto code = [](std::string_view codes, std::int64_t at) {
      return static_cast<unsigned char>(codes[static_cast<std::size_t>(at)]);
    };
    const float norm =
        m_normCodes.empty() ? 1.0F : loadFloat(m_norms.centroid(0, code(m_normCodes, row)));
    for (std::int64_t part = 0; part < m_quantizer.parts; ++part) {
      const char* centroid =
          m_quantizer.centroid(part, code(m_codes, row * m_quantizer.parts + part));
      const std::int64_t begin = part * m_quantizer.width;
      for (std::int64_t i = 0; i < m_quantizer.widthOf(part); ++i) {
        out[static_cast<std::size_t>(begin + i)] +=
            norm * loadFloat(centroid + i * std::int64_t{sizeof(float)});
      }
    }
  }

 private:
  std::int64_t m_rows;
  std::string_view m_codes;
  ProductQuantizer m_quantizer;
  std::string_view m_normCodes;
  ProductQuantizer m_norms;
};

class ModelReader {
 public:
  explicit ModelReader(const Source& source)
      : m_size(source.text().size()),
        m_placeOf([&source](std::size_t byte) { return placeOfByte(source, byte); }),
        m_reader(source.text(), m_placeOf) {}

  FastTextModel read() {
    readArguments();
    readDictionary();
    readMatrix();
    return std::move(m_model);
  }

 private:
  std::int32_t integer(std::string_view what) { return m_reader.read<std::int32_t>(what); }

  void readArguments() {
    constexpr std::string_view kWhat = "the model's arguments";
    std::int32_t first = integer(kWhat);
    std::int32_t version = kFirstWithoutNgrams;
    if (first == kMagic) {
      version = integer(kWhat);
      if (version > kNewest) {
        m_reader.fail(
            fmt::format("fastText version {} is not supported (up to {} is)", version, kNewest));
      }
      first = integer(kWhat);
    } else {
      m_isOldest = true;
      if (first < 1 || first > kMostDimensions) {
        m_reader.fail(
            "is not a fastText model (nor one of those before 2017, without magic number)");
      }
    }
    m_model.dimension = first;
    if (first < 1) {
      m_reader.fail(fmt::format("dimension {} of the model", first));
    }
    m_reader.take(6 * sizeof(std::int32_t), kWhat);  // ws, epoch, minCount, neg, wordNgrams, loss
    const std::int32_t model = integer(kWhat);
    m_model.rules.buckets = integer(kWhat);
    m_model.rules.shortest = integer(kWhat);
    m_model.rules.longest = integer(kWhat);
    m_reader.take(sizeof(std::int32_t) + sizeof(double), kWhat);  // lrUpdateRate, t
    if (version == kFirstWithoutNgrams && !m_isOldest && model == kSupervised) {
      m_model.rules.longest = 0;
    }
    if (m_model.rules.buckets < 0) {
      m_reader.fail(fmt::format("{} buckets of n-grams", m_model.rules.buckets));
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
    for (std::int32_t i = 0; i < size; ++i) {
      const std::string_view word = m_reader.takeUntil('\0', "a dictionary word");
      const auto count = m_reader.read<std::int64_t>(kWhat);
      const auto kind = m_reader.read<std::int8_t>(kWhat);
      if (kind != 0 && kind != 1) {
        m_reader.fail(fmt::format("dictionary entry {} has type {}", i, kind));
      }
      if (i < words) {
        m_model.words.push_back(word);
        m_model.counts.push_back(count);
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
    for (std::int64_t i = 0; i < pruned; ++i) {
      const std::int32_t bucket = integer("the prune table");
      m_model.prunedRows[bucket] = integer("the prune table");
    }
  }

  void readMatrix() {
    const bool isQuantized = !m_isOldest && m_reader.read<std::uint8_t>("the model") != 0;
    m_model.matrix = isQuantized ? quantizedMatrix() : denseMatrix();
    m_model.dtype = isQuantized ? "product-quantized" : "float32";
    const auto words = static_cast<std::int64_t>(m_model.words.size());
    const std::int64_t rows = m_model.matrix->rows();
    const std::int64_t buckets = m_model.isPruned
                                     ? static_cast<std::int64_t>(m_model.prunedRows.size())
                                     : m_model.rules.buckets;
    if (rows != words + buckets) {
      m_reader.fail(fmt::format("the input matrix has {} rows; {} words + {} buckets need {}", rows,
                                words, buckets, words + buckets));
    }
    for (const auto& [bucket, row] : m_model.prunedRows) {
      if (row < 0 || row >= buckets) {
        m_reader.fail(
            fmt::format("the prune table leads bucket {} to row {} of {}", bucket, row, buckets));
      }
    }
  }

  void checkColumns(std::int64_t columns) const {
    if (columns != m_model.dimension) {
      m_reader.fail(
          fmt::format("the input matrix has {} columns, dim is {}", columns, m_model.dimension));
    }
  }

  std::shared_ptr<const FastTextMatrix> denseMatrix() {
    const auto rows = m_reader.read<std::int64_t>("the input matrix");
    const auto columns = m_reader.read<std::int64_t>("the input matrix");
    const auto values = base::checkedProduct(rows, columns);
    const auto bytes = values ? base::checkedProduct(*values, sizeof(float)) : std::nullopt;
    if (!bytes || static_cast<std::uint64_t>(*bytes) > m_size) {
      m_reader.fail(
          fmt::format("the input matrix of {} x {} is larger than the file", rows, columns));
    }
    checkColumns(columns);
    const std::string_view data =
        m_reader.take(static_cast<std::uint64_t>(*bytes), "the input matrix");
    return std::make_shared<const DenseMatrix>(data.data(), rows, columns);
  }

  ProductQuantizer quantizer() {
    constexpr std::string_view kWhat = "a quantizer";
    ProductQuantizer read;
    read.dimension = integer(kWhat);
    read.parts = integer(kWhat);
    read.width = integer(kWhat);
    read.lastWidth = integer(kWhat);
    const bool fits = read.dimension > 0 && read.parts > 0 && read.width > 0 &&
                      read.lastWidth > 0 && read.lastWidth <= read.width &&
                      (read.parts - 1) * read.width + read.lastWidth == read.dimension;
    if (!fits) {
      m_reader.fail(fmt::format("a quantizer of {} numbers in {} parts of {} and {}",
                                read.dimension, read.parts, read.width, read.lastWidth));
    }
    read.centroids =
        m_reader
            .take(static_cast<std::uint64_t>(read.dimension * kCentroids) * sizeof(float), kWhat)
            .data();
    return read;
  }

  std::shared_ptr<const FastTextMatrix> quantizedMatrix() {
    constexpr std::string_view kWhat = "the input matrix";
    const bool hasNorms = m_reader.read<std::uint8_t>(kWhat) != 0;
    const auto rows = m_reader.read<std::int64_t>(kWhat);
    checkColumns(m_reader.read<std::int64_t>(kWhat));
    const std::int32_t codeBytes = integer(kWhat);
    const std::string_view codes =
        m_reader.take(static_cast<std::uint64_t>(std::max(codeBytes, 0)), kWhat);
    const ProductQuantizer values = quantizer();
    const auto needed = base::checkedProduct(rows, values.parts);
    if (values.dimension != m_model.dimension || !needed ||
        *needed != static_cast<std::int64_t>(codes.size())) {
      m_reader.fail(
          fmt::format("{} codes for {} rows of {} parts", codes.size(), rows, values.parts));
    }
    std::string_view normCodes;
    ProductQuantizer norms;
    if (hasNorms) {
      normCodes = m_reader.take(static_cast<std::uint64_t>(rows), kWhat);
      norms = quantizer();
      if (norms.dimension != 1) {
        m_reader.fail("the quantizer of the norms is for vectors");
      }
    }
    return std::make_shared<const QuantizedMatrix>(rows, codes, values, normCodes, norms);
  }

  std::size_t m_size;
  PlaceOfByte m_placeOf;
  ByteReader m_reader;
  bool m_isOldest = false;
  FastTextModel m_model;
};

}  // namespace

void FastTextModel::compose(std::string_view word, std::int64_t row, std::span<float> out) const {
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
      const auto found = prunedRows.find(bucket);
      if (found == prunedRows.end()) {
        return;
      }
      at = found->second;
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
  return source.path().extension() == ".bin" && first >= 1 && first <= kMostDimensions &&
         second >= 1 && second <= kMostWindow;
}

}  // namespace embedscope::formats
