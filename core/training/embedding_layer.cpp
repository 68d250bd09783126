// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/embedding_layer.h"

#include "core/base/error.h"

#include <fmt/format.h>

#include <utility>

namespace embedscope::training {

template <typename Scalar>
EmbeddingLayer<Scalar>::EmbeddingLayer(const std::string& name, Eigen::Index categories,
                                       Eigen::Index dimension, bool trainable,
                                       LookupOptions options)
    : m_table(name, categories, dimension, trainable, std::move(options)) {}

template <typename Scalar>
EmbeddingLayer<Scalar> EmbeddingLayer<Scalar>::fromPretrained(const std::string& name,
                                                              ConstMatrixRef<Scalar> table,
                                                              bool freeze, LookupOptions options) {
  if (table.size() == 0) {
    throw base::Error(base::ErrorCode::InvalidArgument,
                      fmt::format("table \"{}\": {} × {} numbers to start from, but a table needs "
                                  "at least one row and one column",
                                  name, table.rows(), table.cols()));
  }
  EmbeddingLayer layer(name, table.rows(), table.cols(), !freeze, std::move(options));
  layer.table().value() = table;
  return layer;
}

template <typename Scalar>
void EmbeddingLayer<Scalar>::forward(std::span<const std::int32_t> codes,
                                     MatrixRef<Scalar> output) const {
  for (std::size_t i = 0; i < codes.size(); ++i) {
    if (i + kRowsAhead < codes.size()) {
      prefetchRow(m_table.row(codes[i + kRowsAhead]), dimension());
    }
    copyRow(m_table.row(codes[i]), dimension(),
            output.data() + static_cast<Eigen::Index>(i) * output.outerStride());
  }
}

template <typename Scalar>
void EmbeddingLayer<Scalar>::backward(std::span<const std::int32_t> codes,
                                      ConstMatrixRef<Scalar> outputGradient) {
  if (!isTrainable()) {
    return;
  }
  m_table.startGradient(codes);
  for (std::size_t i = 0; i < codes.size(); ++i) {
    if (m_table.learns(codes[i])) {
      m_table.addGradient(codes[i], outputGradient.data() + static_cast<Eigen::Index>(i) *
                                                                outputGradient.outerStride());
    }
  }
}

template class EmbeddingLayer<float>;
template class EmbeddingLayer<double>;

}  // namespace embedscope::training
