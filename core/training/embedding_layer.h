// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/lookup_table.h"

#include <cstdint>
#include <span>
#include <string>

namespace embedscope::training {

/// The lookup: category i becomes row i of the table. Semantics of PyTorch's nn.Embedding.
template <typename Scalar>
class EmbeddingLayer {
 public:
  /// A table of zeros.
  ///
  /// @param categories  n ≥ 1. @param dimension  d ≥ 1. @param trainable  false: a frozen table.
  /// @throws base::Error InvalidArgument: the options do not fit a table of n rows.
  EmbeddingLayer(const std::string& name, Eigen::Index categories, Eigen::Index dimension,
                 bool trainable, LookupOptions options = {});

  /// A copy of a table, n × d. As in PyTorch it is frozen unless asked otherwise, the padding row
  /// keeps what it holds, and a frozen table with `maxNorm` still gets shorter rows.
  ///
  /// @throws base::Error InvalidArgument: no rows or columns, or options that do not fit.
  static EmbeddingLayer fromPretrained(const std::string& name, ConstMatrixRef<Scalar> table,
                                       bool freeze = true, LookupOptions options = {});

  Eigen::Index dimension() const { return m_table.dimension(); }

  bool isTrainable() const { return m_table.parameter().isTrainable(); }

  /// Whether training may change a number of the table: by steps, or by `maxNorm` alone.
  bool mayChange() const { return isTrainable() || options().maxNorm.has_value(); }

  const LookupOptions& options() const { return m_table.options(); }

  /// n × d.
  Parameter<Scalar>& table() { return m_table.parameter(); }

  const Parameter<Scalar>& table() const { return m_table.parameter(); }

  /// Belongs before `forward` whenever the options have a `maxNorm`, and does nothing otherwise;
  /// see LookupTable::applyMaxNorm. Apart from `forward`, which several threads may use at once.
  void applyMaxNorm(std::span<const std::int32_t> codes) { m_table.applyMaxNorm(codes); }

  /// @param codes  b numbers in [0, n). @param output  b × d, overwritten.
  void forward(std::span<const std::int32_t> codes, MatrixRef<Scalar> output) const;

  /// Sets the gradient of the table: the rows of `outputGradient` (b × d) added up per category,
  /// in the order of the batch; none for the padding row and frozen rows. Does nothing when the
  /// table is frozen. Cost O(b·d), whatever n.
  void backward(std::span<const std::int32_t> codes, ConstMatrixRef<Scalar> outputGradient);

 private:
  LookupTable<Scalar> m_table;
};

extern template class EmbeddingLayer<float>;
extern template class EmbeddingLayer<double>;

}  // namespace embedscope::training
