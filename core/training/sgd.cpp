// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/sgd.h"

#include <utility>

namespace embedscope::training {

template <typename Scalar>
Sgd<Scalar>::Sgd(std::vector<Parameter<Scalar>*> parameters, double learningRate, double momentum)
    : Optimizer<Scalar>(std::move(parameters)),
      m_learningRate(static_cast<Scalar>(learningRate)),
      m_momentum(static_cast<Scalar>(momentum)) {
  if (momentum > 0) {
    m_velocities = this->zerosLikeParameters();
  }
}

template <typename Scalar>
void Sgd<Scalar>::step() {
  for (std::size_t p = 0; p < this->parameters().size(); ++p) {
    Parameter<Scalar>& parameter = *this->parameters()[p];
    if (m_velocities.empty()) {
      plainStep(parameter);
    } else {
      momentumStep(parameter, m_velocities[p]);
    }
  }
}

template <typename Scalar>
void Sgd<Scalar>::plainStep(Parameter<Scalar>& parameter) const {
  Scalar* value = parameter.value().data();
  const Scalar* gradient = parameter.gradient().data();
  forEachTouchedRun(parameter, [&](Eigen::Index offset, Eigen::Index count) {
    for (Eigen::Index i = offset; i < offset + count; ++i) {
      value[i] -= m_learningRate * gradient[i];
    }
  });
}

template <typename Scalar>
void Sgd<Scalar>::momentumStep(Parameter<Scalar>& parameter, Matrix<Scalar>& velocity) const {
  velocity = m_momentum * velocity + parameter.gradient();
  parameter.value() -= m_learningRate * velocity;
}

template <typename Scalar>
void Sgd<Scalar>::setLearningRate(double rate) {
  m_learningRate = static_cast<Scalar>(rate);
}

template <typename Scalar>
OptimizerState<Scalar> Sgd<Scalar>::state() const {
  return {.steps = 0, .matrices = m_velocities};
}

template <typename Scalar>
void Sgd<Scalar>::restore(const OptimizerState<Scalar>& state) {
  m_velocities = state.matrices;
}

template class Sgd<float>;
template class Sgd<double>;

}  // namespace embedscope::training
