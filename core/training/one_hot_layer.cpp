// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/one_hot_layer.h"

#include "core/training/row_kernels.h"

namespace embedscope::training {

template <typename Scalar>
OneHotLayer<Scalar>::OneHotLayer(const std::string& name, Eigen::Index categories,
                                 Eigen::Index outputs, Path path)
    : m_weights(name, categories, outputs,
                path == Path::PickRows ? Parameter<Scalar>::Gradient::Rows
                                       : Parameter<Scalar>::Gradient::Dense),
      m_path(path) {
  m_weights.makeTrainable();
}

template <typename Scalar>
void OneHotLayer<Scalar>::addForward(std::span<const std::int32_t> codes,
                                     MatrixRef<Scalar> output) const {
  const Matrix<Scalar>& weights = m_weights.value();
  for (std::size_t i = 0; i < codes.size(); ++i) {
    if (i + kRowsAhead < codes.size()) {
      prefetchRow(weights.data() + codes[i + kRowsAhead] * weights.cols(), weights.cols());
    }
    addRow(weights.data() + codes[i] * weights.cols(), weights.cols(),
           output.data() + static_cast<Eigen::Index>(i) * output.outerStride());
  }
}

template <typename Scalar>
void OneHotLayer<Scalar>::backward(std::span<const std::int32_t> codes,
                                   ConstMatrixRef<Scalar> outputGradient) {
  m_weights.startRowGradient(static_cast<Eigen::Index>(codes.size()));
  for (std::size_t i = 0; i < codes.size(); ++i) {
    addRow(outputGradient.data() + static_cast<Eigen::Index>(i) * outputGradient.outerStride(),
           outputGradient.cols(), m_weights.gradientRow(m_weights.touch(codes[i])));
  }
}

template <typename Scalar>
void OneHotLayer<Scalar>::encode(std::span<const std::int32_t> codes,
                                 MatrixRef<Scalar> oneHot) const {
  oneHot.setZero();
  for (std::size_t i = 0; i < codes.size(); ++i) {
    oneHot(static_cast<Eigen::Index>(i), codes[i]) = 1;
  }
}

template <typename Scalar>
void OneHotLayer<Scalar>::addForwardDense(ConstMatrixRef<Scalar> oneHot,
                                          MatrixRef<Scalar> output) const {
  output.noalias() += oneHot * m_weights.value();
}

template <typename Scalar>
void OneHotLayer<Scalar>::backwardDense(ConstMatrixRef<Scalar> oneHot,
                                        ConstMatrixRef<Scalar> outputGradient) {
  m_weights.gradient().noalias() = oneHot.transpose() * outputGradient;
}

template class OneHotLayer<float>;
template class OneHotLayer<double>;

}  // namespace embedscope::training
