// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/one_hot_layer.h"

#include "core/training/row_kernels.h"

namespace embedscope::training {

template <typename Scalar>
OneHotLayer<Scalar>::OneHotLayer(const std::string& name, Eigen::Index categories,
                                 Eigen::Index outputs)
    : m_weights(name, categories, outputs, Parameter<Scalar>::Gradient::Rows) {
  m_weights.allocateGradient();
}

template <typename Scalar>
void OneHotLayer<Scalar>::addForward(std::span<const std::int32_t> codes,
                                     MatrixRef<Scalar> output) const {
  const Matrix<Scalar>& weights = m_weights.value();
  for (std::size_t i = 0; i < codes.size(); ++i) {
    addRow(weights.data() + codes[i] * weights.cols(), weights.cols(),
           output.data() + static_cast<Eigen::Index>(i) * output.outerStride());
  }
}

template <typename Scalar>
void OneHotLayer<Scalar>::backward(std::span<const std::int32_t> codes,
                                   ConstMatrixRef<Scalar> outputGradient) {
  accumulateRowGradient(codes, outputGradient, m_weights);
}

template class OneHotLayer<float>;
template class OneHotLayer<double>;

}  // namespace embedscope::training
