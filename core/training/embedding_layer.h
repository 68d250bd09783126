// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/parameter.h"

#include <cstdint>
#include <span>
#include <string>

namespace embedscope::training {

/// The lookup: category i becomes row i of the table.
template <typename Scalar>
class EmbeddingLayer {
 public:
  /// @param categories  n ≥ 1. @param dimension  d ≥ 1. @param trainable  false: a frozen table.
  EmbeddingLayer(const std::string& name, Eigen::Index categories, Eigen::Index dimension,
                 bool trainable);

  Eigen::Index dimension() const { return m_table.value().cols(); }

  bool isTrainable() const { return m_table.isTrainable(); }

  /// n × d.
  Parameter<Scalar>& table() { return m_table; }

  const Parameter<Scalar>& table() const { return m_table; }

  /// @param codes  b numbers in [0, n). @param output  b × d, overwritten.
  void forward(std::span<const std::int32_t> codes, MatrixRef<Scalar> output) const;

  /// Sets the gradient of the table: the rows of `outputGradient` (b × d) added up per category,
  /// in the order of the batch. Does nothing when the table is frozen.
  void backward(std::span<const std::int32_t> codes, ConstMatrixRef<Scalar> outputGradient);

 private:
  Parameter<Scalar> m_table;
};

extern template class EmbeddingLayer<float>;
extern template class EmbeddingLayer<double>;

}  // namespace embedscope::training
