// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/parameter.h"

#include <cstdint>
#include <span>
#include <string>

namespace embedscope::training {

/// A one-hot input with its share of the first layer's weights.
///
/// One-hot × weights is row i of the weights, so the product is never formed: the row is added to
/// what the first layer computes from its other inputs. A frozen identity table is the same
/// function and goes this way too.
template <typename Scalar>
class OneHotLayer {
 public:
  /// @param categories  n ≥ 1. @param outputs  width of the first layer, ≥ 1.
  OneHotLayer(const std::string& name, Eigen::Index categories, Eigen::Index outputs);

  Eigen::Index categories() const { return m_weights.value().rows(); }

  /// n × outputs.
  Parameter<Scalar>& weights() { return m_weights; }

  const Parameter<Scalar>& weights() const { return m_weights; }

  /// Adds to `output` (b × outputs) the row of each code.
  void addForward(std::span<const std::int32_t> codes, MatrixRef<Scalar> output) const;

  /// Sets the gradient of the weights from the gradient of the first layer's output.
  void backward(std::span<const std::int32_t> codes, ConstMatrixRef<Scalar> outputGradient);

 private:
  Parameter<Scalar> m_weights;
};

extern template class OneHotLayer<float>;
extern template class OneHotLayer<double>;

}  // namespace embedscope::training
