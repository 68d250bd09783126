// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/adam.h"

#include <cmath>
#include <utility>

namespace embedscope::training {

namespace {

constexpr double kBeta1 = 0.9;
constexpr double kBeta2 = 0.999;
constexpr double kEpsilon = 1e-8;

/// The numbers of one step that are the same for every parameter.
template <typename Scalar>
struct StepFactors {
  Scalar keepMean = static_cast<Scalar>(kBeta1);
  Scalar addMean = static_cast<Scalar>(1 - kBeta1);
  Scalar keepSquare = static_cast<Scalar>(kBeta2);
  Scalar addSquare = static_cast<Scalar>(1 - kBeta2);
  Scalar epsilon = static_cast<Scalar>(kEpsilon);
  Scalar rate;            ///< learning rate, corrected for the mean's start at zero
  Scalar rootCorrection;  ///< √(1 − β₂ᵗ)
};

template <typename Scalar>
void adamStep(const StepFactors<Scalar>& factors, Eigen::Index count,
              const Scalar* __restrict gradient, Scalar* __restrict mean, Scalar* __restrict square,
              Scalar* __restrict value) {
  for (Eigen::Index i = 0; i < count; ++i) {
    const Scalar g = gradient[i];
    mean[i] = factors.keepMean * mean[i] + factors.addMean * g;
    square[i] = factors.keepSquare * square[i] + factors.addSquare * g * g;
    const Scalar root = std::sqrt(square[i]) / factors.rootCorrection + factors.epsilon;
    value[i] -= factors.rate * mean[i] / root;
  }
}

}  // namespace

template <typename Scalar>
Adam<Scalar>::Adam(std::vector<Parameter<Scalar>*> parameters, double learningRate)
    : Optimizer<Scalar>(std::move(parameters)),
      m_learningRate(learningRate),
      m_means(this->zerosLikeParameters()),
      m_squares(this->zerosLikeParameters()) {}

template <typename Scalar>
void Adam<Scalar>::step() {
  ++m_steps;
  const auto t = static_cast<double>(m_steps);
  StepFactors<Scalar> factors;
  factors.rate = static_cast<Scalar>(m_learningRate / (1 - std::pow(kBeta1, t)));
  factors.rootCorrection = static_cast<Scalar>(std::sqrt(1 - std::pow(kBeta2, t)));
  for (std::size_t p = 0; p < this->parameters().size(); ++p) {
    Parameter<Scalar>& parameter = *this->parameters()[p];
    adamStep(factors, parameter.value().size(), parameter.gradient().data(), m_means[p].data(),
             m_squares[p].data(), parameter.value().data());
  }
}

template <typename Scalar>
void Adam<Scalar>::setLearningRate(double rate) {
  m_learningRate = rate;
}

template <typename Scalar>
OptimizerState<Scalar> Adam<Scalar>::state() const {
  OptimizerState<Scalar> state{.steps = m_steps, .matrices = m_means};
  state.matrices.insert(state.matrices.end(), m_squares.begin(), m_squares.end());
  return state;
}

template <typename Scalar>
void Adam<Scalar>::restore(const OptimizerState<Scalar>& state) {
  m_steps = state.steps;
  const auto middle = state.matrices.begin() + static_cast<std::ptrdiff_t>(m_means.size());
  m_means.assign(state.matrices.begin(), middle);
  m_squares.assign(middle, state.matrices.end());
}

template class Adam<float>;
template class Adam<double>;

}  // namespace embedscope::training
