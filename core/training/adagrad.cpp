// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/adagrad.h"

#include "core/training/parameter_runs.h"

#include <cmath>
#include <utility>

namespace embedscope::training {

namespace {

constexpr double kEpsilon = 1e-10;

}  // namespace

template <typename Scalar>
Adagrad<Scalar>::Adagrad(std::vector<Parameter<Scalar>*> parameters, double learningRate,
                         double weightDecay)
    : Optimizer<Scalar>(std::move(parameters)),
      m_learningRate(static_cast<Scalar>(learningRate)),
      m_weightDecay(static_cast<Scalar>(weightDecay)),
      m_sums(this->zerosLikeParameters()) {}

template <typename Scalar>
void Adagrad<Scalar>::step() {
  const auto epsilon = static_cast<Scalar>(kEpsilon);
  for (std::size_t p = 0; p < this->parameters().size(); ++p) {
    Parameter<Scalar>& parameter = *this->parameters()[p];
    Scalar* numbers = parameter.value().data();
    Scalar* sums = m_sums[p].data();
    const auto move = [&](Eigen::Index offset, Eigen::Index count, auto gradient) {
      Scalar* __restrict value = numbers + offset;
      Scalar* __restrict sum = sums + offset;
      for (Eigen::Index i = 0; i < count; ++i) {
        const Scalar g = gradient[i] + m_weightDecay * value[i];
        sum[i] += g * g;
        value[i] -= m_learningRate * g / (std::sqrt(sum[i]) + epsilon);
      }
    };
    if (m_weightDecay > 0) {
      forEachRun(parameter, move);
    } else {
      forEachTouchedRun(parameter, move, [&](Eigen::Index offset) {
        prefetchRow(sums + offset, parameter.value().cols());
      });
    }
  }
}

template <typename Scalar>
void Adagrad<Scalar>::setLearningRate(double rate) {
  m_learningRate = static_cast<Scalar>(rate);
}

template <typename Scalar>
OptimizerState<Scalar> Adagrad<Scalar>::state() const {
  return {.steps = 0, .matrices = m_sums};
}

template <typename Scalar>
void Adagrad<Scalar>::restore(const OptimizerState<Scalar>& state) {
  this->copyState(state, {&m_sums});
}

template class Adagrad<float>;
template class Adagrad<double>;

}  // namespace embedscope::training
