// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/sgd.h"

#include "core/training/parameter_runs.h"

#include <utility>

namespace embedscope::training {

template <typename Scalar>
Sgd<Scalar>::Sgd(std::vector<Parameter<Scalar>*> parameters, double learningRate, double momentum,
                 double weightDecay)
    : Optimizer<Scalar>(std::move(parameters)),
      m_learningRate(static_cast<Scalar>(learningRate)),
      m_momentum(static_cast<Scalar>(momentum)),
      m_weightDecay(static_cast<Scalar>(weightDecay)) {
  if (momentum > 0) {
    m_velocities = this->zerosLikeParameters();
  }
}

template <typename Scalar>
void Sgd<Scalar>::step() {
  for (std::size_t p = 0; p < this->parameters().size(); ++p) {
    Parameter<Scalar>& parameter = *this->parameters()[p];
    if (!m_velocities.empty()) {
      momentumStep(parameter, m_velocities[p]);
    } else if (m_weightDecay > 0) {
      decayStep(parameter);
    } else {
      plainStep(parameter);
    }
  }
}

template <typename Scalar>
void Sgd<Scalar>::plainStep(Parameter<Scalar>& parameter) const {
  Scalar* numbers = parameter.value().data();
  const Scalar rate = m_learningRate;
  forEachTouchedRun(parameter,
                    [&](Eigen::Index offset, Eigen::Index count, const Scalar* gradient) {
                      Scalar* __restrict value = numbers + offset;
                      const Scalar* __restrict given = gradient;
                      for (Eigen::Index i = 0; i < count; ++i) {
                        value[i] -= rate * given[i];
                      }
                    });
}

template <typename Scalar>
void Sgd<Scalar>::decayStep(Parameter<Scalar>& parameter) const {
  Scalar* numbers = parameter.value().data();
  forEachRun(parameter, [&](Eigen::Index offset, Eigen::Index count, auto gradient) {
    Scalar* value = numbers + offset;
    for (Eigen::Index i = 0; i < count; ++i) {
      value[i] -= m_learningRate * (gradient[i] + m_weightDecay * value[i]);
    }
  });
}

template <typename Scalar>
void Sgd<Scalar>::momentumStep(Parameter<Scalar>& parameter, Matrix<Scalar>& velocity) const {
  Scalar* numbers = parameter.value().data();
  Scalar* velocities = velocity.data();
  forEachRun(parameter, [&](Eigen::Index offset, Eigen::Index count, auto gradient) {
    Scalar* __restrict value = numbers + offset;
    Scalar* __restrict speed = velocities + offset;
    for (Eigen::Index i = 0; i < count; ++i) {
      speed[i] = m_momentum * speed[i] + (gradient[i] + m_weightDecay * value[i]);
      value[i] -= m_learningRate * speed[i];
    }
  });
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
  this->copyState(state, {&m_velocities});
}

template class Sgd<float>;
template class Sgd<double>;

}  // namespace embedscope::training
