// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/adagrad.h"

#include <cmath>
#include <utility>

namespace embedscope::training {

namespace {

constexpr double kEpsilon = 1e-10;

}  // namespace

template <typename Scalar>
Adagrad<Scalar>::Adagrad(std::vector<Parameter<Scalar>*> parameters, double learningRate)
    : Optimizer<Scalar>(std::move(parameters)),
      m_learningRate(static_cast<Scalar>(learningRate)),
      m_sums(this->zerosLikeParameters()) {}

template <typename Scalar>
void Adagrad<Scalar>::step() {
  const auto epsilon = static_cast<Scalar>(kEpsilon);
  for (std::size_t p = 0; p < this->parameters().size(); ++p) {
    Parameter<Scalar>& parameter = *this->parameters()[p];
    Scalar* value = parameter.value().data();
    Scalar* sum = m_sums[p].data();
    const Scalar* gradient = parameter.gradient().data();
    forEachTouchedRun(parameter, [&](Eigen::Index offset, Eigen::Index count) {
      for (Eigen::Index i = offset; i < offset + count; ++i) {
        sum[i] += gradient[i] * gradient[i];
        value[i] -= m_learningRate * gradient[i] / (std::sqrt(sum[i]) + epsilon);
      }
    });
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
  m_sums = state.matrices;
}

template class Adagrad<float>;
template class Adagrad<double>;

}  // namespace embedscope::training
