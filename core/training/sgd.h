// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/optimizer.h"

namespace embedscope::training {

/// w ← w − lr · v with v ← momentum · v + gradient. With momentum a row keeps moving after the
/// batches that touched it; without, only touched rows move.
template <typename Scalar>
class Sgd final : public Optimizer<Scalar> {
 public:
  /// @param learningRate  > 0. @param momentum  in [0, 1).
  Sgd(std::vector<Parameter<Scalar>*> parameters, double learningRate, double momentum);

  void step() override;
  void setLearningRate(double rate) override;
  OptimizerState<Scalar> state() const override;
  void restore(const OptimizerState<Scalar>& state) override;

 private:
  void plainStep(Parameter<Scalar>& parameter) const;
  void momentumStep(Parameter<Scalar>& parameter, Matrix<Scalar>& velocity) const;

  Scalar m_learningRate;
  Scalar m_momentum;
  std::vector<Matrix<Scalar>> m_velocities;  ///< empty without momentum
};

extern template class Sgd<float>;
extern template class Sgd<double>;

}  // namespace embedscope::training
