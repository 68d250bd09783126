// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/optimizer.h"

namespace embedscope::training {

/// w ← w − lr · v with v ← momentum · v + g and g = gradient + weightDecay · w.
///
/// Without momentum and weight decay only touched rows move, and a step costs nothing for the
/// others: PyTorch's SGD with sparse gradients. With either, every row moves in every step, as with
/// PyTorch's dense gradients: momentum carries a row on after the batches that touched it.
template <typename Scalar>
class Sgd final : public Optimizer<Scalar> {
 public:
  /// @param learningRate  > 0. @param momentum  in [0, 1). @param weightDecay  ≥ 0.
  Sgd(std::vector<Parameter<Scalar>*> parameters, double learningRate, double momentum,
      double weightDecay);

  void step() override;
  void setLearningRate(double rate) override;
  OptimizerState<Scalar> state() const override;
  void restore(const OptimizerState<Scalar>& state) override;

 private:
  void plainStep(Parameter<Scalar>& parameter) const;
  void decayStep(Parameter<Scalar>& parameter) const;
  void momentumStep(Parameter<Scalar>& parameter, Matrix<Scalar>& velocity) const;

  Scalar m_learningRate;
  Scalar m_momentum;
  Scalar m_weightDecay;
  std::vector<Matrix<Scalar>> m_velocities;  ///< empty without momentum
};

extern template class Sgd<float>;
extern template class Sgd<double>;

}  // namespace embedscope::training
