// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/optimizer.h"

namespace embedscope::training {

/// w ← w − lr · g / (√s + ε) with s ← s + g², g = gradient + weightDecay · w and ε = 1e-10 as in
/// PyTorch: Duchi, Hazan, Singer, "Adaptive Subgradient Methods for Online Learning", JMLR 12
/// (2011).
///
/// Without weight decay only touched rows move, which is the same for PyTorch's dense and sparse
/// gradients; with it every row does, in every step.
template <typename Scalar>
class Adagrad final : public Optimizer<Scalar> {
 public:
  /// @param learningRate  > 0. @param weightDecay  ≥ 0.
  Adagrad(std::vector<Parameter<Scalar>*> parameters, double learningRate, double weightDecay);

  void step() override;
  void setLearningRate(double rate) override;
  OptimizerState<Scalar> state() const override;
  void restore(const OptimizerState<Scalar>& state) override;

 private:
  Scalar m_learningRate;
  Scalar m_weightDecay;
  std::vector<Matrix<Scalar>> m_sums;
};

extern template class Adagrad<float>;
extern template class Adagrad<double>;

}  // namespace embedscope::training
