// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/linear_layer.h"

#include "core/training/row_kernels.h"

namespace embedscope::training {

template <typename Scalar>
LinearLayer<Scalar>::LinearLayer(const std::string& name, Eigen::Index inputs, Eigen::Index outputs)
    : m_weights(name + ".weights", inputs, outputs, Parameter<Scalar>::Gradient::Dense),
      m_bias(name + ".bias", 1, outputs, Parameter<Scalar>::Gradient::Dense) {
  m_weights.makeTrainable();
  m_bias.makeTrainable();
}

template <typename Scalar>
void LinearLayer<Scalar>::startForward(MatrixRef<Scalar> output) const {
  output.rowwise() = m_bias.value().row(0);
}

template <typename Scalar>
void LinearLayer<Scalar>::addForward(ConstMatrixRef<Scalar> input, MatrixRef<Scalar> output) const {
  if (inputs() > 0) {
    output.noalias() += input * m_weights.value();
  }
}

template <typename Scalar>
void LinearLayer<Scalar>::backward(ConstMatrixRef<Scalar> input,
                                   ConstMatrixRef<Scalar> outputGradient) {
  if (inputs() > 0) {
    m_weights.gradient().noalias() = input.transpose() * outputGradient;
  }
  m_bias.gradient().setZero();
  for (Eigen::Index i = 0; i < outputGradient.rows(); ++i) {
    addRow(outputGradient.data() + i * outputGradient.outerStride(), outputs(),
           m_bias.gradient().data());
  }
}

template <typename Scalar>
void LinearLayer<Scalar>::inputGradient(ConstMatrixRef<Scalar> outputGradient,
                                        MatrixRef<Scalar> inputGradient) const {
  if (outputs() == 1) {  // a product with one term each, for which BLAS has no short way
    const auto weights = m_weights.value().col(0).head(inputGradient.cols()).transpose();
    for (Eigen::Index i = 0; i < inputGradient.rows(); ++i) {
      inputGradient.row(i) = outputGradient(i, 0) * weights;
    }
    return;
  }
  inputGradient.noalias() =
      outputGradient * m_weights.value().topRows(inputGradient.cols()).transpose();
}

template class LinearLayer<float>;
template class LinearLayer<double>;

}  // namespace embedscope::training
