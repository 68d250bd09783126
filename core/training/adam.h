// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/optimizer.h"

#include <cstdint>

namespace embedscope::training {

/// Adam with PyTorch's defaults β₁ = 0.9, β₂ = 0.999, ε = 1e-8: Kingma and Ba, "Adam: A Method for
/// Stochastic Optimization", ICLR 2015, arXiv:1412.6980.
///
/// Every number has moments, so a row keeps moving after the batches that touched it, as with
/// PyTorch's Adam on an embedding without sparse gradients.
template <typename Scalar>
class Adam final : public Optimizer<Scalar> {
 public:
  /// @param learningRate  > 0.
  Adam(std::vector<Parameter<Scalar>*> parameters, double learningRate);

  void step() override;
  void setLearningRate(double rate) override;
  OptimizerState<Scalar> state() const override;
  void restore(const OptimizerState<Scalar>& state) override;

 private:
  double m_learningRate;
  std::int64_t m_steps = 0;
  std::vector<Matrix<Scalar>> m_means;
  std::vector<Matrix<Scalar>> m_squares;
};

extern template class Adam<float>;
extern template class Adam<double>;

}  // namespace embedscope::training
