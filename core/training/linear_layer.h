// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/parameter.h"

#include <string>

namespace embedscope::training {

/// y = x · W + b. The weights are stored inputs × outputs, the transpose of PyTorch's nn.Linear:
/// then a row belongs to one input, as in an embedding table.
template <typename Scalar>
class LinearLayer {
 public:
  /// @param inputs  ≥ 0; without inputs only the bias is left. @param outputs  ≥ 1.
  LinearLayer(const std::string& name, Eigen::Index inputs, Eigen::Index outputs);

  Eigen::Index inputs() const { return m_weights.value().rows(); }

  Eigen::Index outputs() const { return m_weights.value().cols(); }

  /// inputs × outputs.
  Parameter<Scalar>& weights() { return m_weights; }

  const Parameter<Scalar>& weights() const { return m_weights; }

  /// 1 × outputs.
  Parameter<Scalar>& bias() { return m_bias; }

  const Parameter<Scalar>& bias() const { return m_bias; }

  /// Sets every row of `output` (b × outputs) to the bias.
  void startForward(MatrixRef<Scalar> output) const;

  /// Adds x · W to `output`. @param input  b × inputs.
  void addForward(ConstMatrixRef<Scalar> input, MatrixRef<Scalar> output) const;

  /// Sets the gradients of weights and bias. Both arguments have b rows.
  void backward(ConstMatrixRef<Scalar> input, ConstMatrixRef<Scalar> outputGradient);

  /// The gradient at the first `inputGradient.cols()` inputs; b × k, overwritten.
  void inputGradient(ConstMatrixRef<Scalar> outputGradient, MatrixRef<Scalar> inputGradient) const;

 private:
  Parameter<Scalar> m_weights;
  Parameter<Scalar> m_bias;
};

extern template class LinearLayer<float>;
extern template class LinearLayer<double>;

}  // namespace embedscope::training
