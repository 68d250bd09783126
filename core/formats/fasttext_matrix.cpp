// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/fasttext_matrix.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <cstring>

namespace embedscope::formats {

namespace {

constexpr std::int64_t kCentroids = 256;

float loadFloat(const char* at) {
  float value = 0;
  std::memcpy(&value, at, sizeof value);
  return value;
}

class DenseMatrix final : public FastTextMatrix {
 public:
  DenseMatrix(const char* values, std::int64_t rows, std::int64_t columns)
      : FastTextMatrix(rows, columns), m_values(values) {}

  void addRow(std::int64_t row, std::span<float> out) const override {
    const char* at = m_values + row * columns() * std::int64_t{sizeof(float)};
    for (std::size_t i = 0; i < out.size(); ++i) {
      out[i] += loadFloat(at + i * sizeof(float));
    }
  }

 private:
  const char* m_values;
};

/// What codes of 8 bits stand for: 256 centroids for each part of a vector.
struct ProductQuantizer {
  std::int64_t dimension = 0;
  std::int64_t parts = 0;
  std::int64_t width = 0;      ///< of a part
  std::int64_t lastWidth = 0;  ///< of the last one
  const char* centroids = nullptr;

  std::int64_t widthOf(std::int64_t part) const { return part + 1 == parts ? lastWidth : width; }

  const char* centroid(std::int64_t part, char code) const {
    const std::int64_t at =
        part * kCentroids * width + static_cast<unsigned char>(code) * widthOf(part);
    return centroids + at * std::int64_t{sizeof(float)};
  }
};

class QuantizedMatrix final : public FastTextMatrix {
 public:
  QuantizedMatrix(std::int64_t rows, std::string_view codes, const ProductQuantizer& quantizer,
                  std::string_view normCodes, const ProductQuantizer& norms)
      : FastTextMatrix(rows, quantizer.dimension),
        m_codes(codes),
        m_quantizer(quantizer),
        m_normCodes(normCodes),
        m_norms(norms) {}

  void addRow(std::int64_t row, std::span<float> out) const override {
    const float norm = m_normCodes.empty()
                           ? 1.0F
                           : loadFloat(m_norms.centroid(0, m_normCodes[static_cast<size_t>(row)]));
    const char* codes = m_codes.data() + row * m_quantizer.parts;
    float* to = out.data();
    for (std::int64_t part = 0; part < m_quantizer.parts; ++part) {
      const char* centroid = m_quantizer.centroid(part, codes[part]);
      const std::int64_t width = m_quantizer.widthOf(part);
      for (std::int64_t i = 0; i < width; ++i) {
        to[i] += norm * loadFloat(centroid + i * std::int64_t{sizeof(float)});
      }
      to += width;
    }
  }

 private:
  std::string_view m_codes;
  ProductQuantizer m_quantizer;
  std::string_view m_normCodes;  ///< one for each row; empty: rows have their own lengths
  ProductQuantizer m_norms;
};

class MatrixReader {
 public:
  MatrixReader(ByteReader& reader, std::string_view what) : m_reader(reader), m_what(what) {}

  std::shared_ptr<const FastTextMatrix> dense() {
    const auto rows = m_reader.read<std::int64_t>(m_what);
    const auto columns = m_reader.read<std::int64_t>(m_what);
    const auto values = base::checkedProduct(rows, columns);
    const auto bytes = values ? base::checkedProduct(*values, sizeof(float)) : std::nullopt;
    if (!bytes || static_cast<std::uint64_t>(*bytes) > m_reader.size()) {
      m_reader.fail(fmt::format("{} of {} x {} is larger than the file", m_what, rows, columns));
    }
    const char* data = m_reader.take(static_cast<std::uint64_t>(*bytes), m_what).data();
    return std::make_shared<const DenseMatrix>(data, rows, columns);
  }

  std::shared_ptr<const FastTextMatrix> quantized() {
    const bool hasNorms = m_reader.read<std::uint8_t>(m_what) != 0;
    const auto rows = m_reader.read<std::int64_t>(m_what);
    const auto columns = m_reader.read<std::int64_t>(m_what);
    const auto codeBytes = m_reader.read<std::int32_t>(m_what);
    if (rows < 0 || codeBytes < 0) {
      m_reader.fail(fmt::format("{} of {} rows in {} codes", m_what, rows, codeBytes));
    }
    const std::string_view codes = m_reader.take(static_cast<std::uint64_t>(codeBytes), m_what);
    const ProductQuantizer values = quantizer(columns);
    if (base::checkedProduct(rows, values.parts) != codeBytes) {
      m_reader.fail(fmt::format("{} has {} codes for {} rows of {} parts", m_what, codeBytes, rows,
                                values.parts));
    }
    std::string_view normCodes;
    ProductQuantizer norms;
    if (hasNorms) {
      normCodes = m_reader.take(static_cast<std::uint64_t>(rows), m_what);
      norms = quantizer(1);
    }
    return std::make_shared<const QuantizedMatrix>(rows, codes, values, normCodes, norms);
  }

 private:
  ProductQuantizer quantizer(std::int64_t dimension) {
    ProductQuantizer read;
    read.dimension = m_reader.read<std::int32_t>(m_what);
    read.parts = m_reader.read<std::int32_t>(m_what);
    read.width = m_reader.read<std::int32_t>(m_what);
    read.lastWidth = m_reader.read<std::int32_t>(m_what);
    const bool fits = read.dimension > 0 && read.parts > 0 && read.width > 0 &&
                      read.lastWidth > 0 && read.lastWidth <= read.width &&
                      (read.parts - 1) * read.width + read.lastWidth == read.dimension;
    if (!fits || read.dimension != dimension) {
      m_reader.fail(
          fmt::format("{}: a quantizer of {} numbers in {} parts of {}, the last of {}, for rows "
                      "of {}",
                      m_what, read.dimension, read.parts, read.width, read.lastWidth, dimension));
    }
    const auto bytes = static_cast<std::uint64_t>(read.dimension * kCentroids) * sizeof(float);
    read.centroids = m_reader.take(bytes, m_what).data();
    return read;
  }

  ByteReader& m_reader;
  std::string_view m_what;
};

}  // namespace

std::shared_ptr<const FastTextMatrix> readFastTextMatrix(ByteReader& reader, bool isQuantized,
                                                         std::string_view what) {
  MatrixReader matrix(reader, what);
  return isQuantized ? matrix.quantized() : matrix.dense();
}

}  // namespace embedscope::formats
