// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/embedding_layer.h"

#include "core/training/row_kernels.h"

namespace embedscope::training {

template <typename Scalar>
EmbeddingLayer<Scalar>::EmbeddingLayer(const std::string& name, Eigen::Index categories,
                                       Eigen::Index dimension, bool trainable)
    : m_table(name, categories, dimension, Parameter<Scalar>::Gradient::Rows) {
  if (trainable) {
    m_table.allocateGradient();
  }
}

template <typename Scalar>
void EmbeddingLayer<Scalar>::forward(std::span<const std::int32_t> codes,
                                     MatrixRef<Scalar> output) const {
  const Matrix<Scalar>& table = m_table.value();
  for (std::size_t i = 0; i < codes.size(); ++i) {
    copyRow(table.data() + codes[i] * table.cols(), table.cols(),
            output.data() + static_cast<Eigen::Index>(i) * output.outerStride());
  }
}

template <typename Scalar>
void EmbeddingLayer<Scalar>::backward(std::span<const std::int32_t> codes,
                                      ConstMatrixRef<Scalar> outputGradient) {
  if (isTrainable()) {
    accumulateRowGradient(codes, outputGradient, m_table);
  }
}

template class EmbeddingLayer<float>;
template class EmbeddingLayer<double>;

}  // namespace embedscope::training
