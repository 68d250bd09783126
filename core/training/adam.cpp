// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/adam.h"

#include "core/base/error.h"
#include "core/training/parameter_runs.h"

#include <cmath>
#include <utility>

namespace embedscope::training {

namespace {

constexpr double kBeta1 = 0.9;
constexpr double kBeta2 = 0.999;
constexpr double kEpsilon = 1e-8;

/// The numbers of one step that are the same for every number of a parameter.
template <typename Scalar>
struct StepFactors {
  Scalar keepMean = static_cast<Scalar>(kBeta1);
  Scalar addMean = static_cast<Scalar>(1 - kBeta1);
  Scalar keepSquare = static_cast<Scalar>(kBeta2);
  Scalar addSquare = static_cast<Scalar>(1 - kBeta2);
  Scalar decay = 0;      ///< in the gradient
  Scalar keepValue = 1;  ///< decoupled decay
  Scalar rate = 0;       ///< learning rate, corrected for moments that start at zero
  Scalar epsilon = 0;    ///< corrected by the same √(1 − β₂ᵗ), except for lazy rows
};

/// @param t  the step, counted from 1. @param lazy  as SparseAdam has it.
template <typename Scalar>
StepFactors<Scalar> factorsOf(const AdamOptions& options, double t, bool lazy) {
  const double rootCorrection = std::sqrt(1 - std::pow(kBeta2, t));
  StepFactors<Scalar> factors;
  if (options.decay == AdamOptions::Decay::Decoupled) {
    factors.keepValue = static_cast<Scalar>(1 - options.learningRate * options.weightDecay);
  } else {
    factors.decay = static_cast<Scalar>(options.weightDecay);
  }
  factors.rate =
      static_cast<Scalar>(options.learningRate * rootCorrection / (1 - std::pow(kBeta1, t)));
  factors.epsilon = static_cast<Scalar>(lazy ? kEpsilon : kEpsilon * rootCorrection);
  return factors;
}

/// One loop over everything, so that a large table goes through the caches once. PyTorch divides
/// the root by its correction first; here rate and ε carry the correction and save that division.
template <typename Scalar, typename Gradient>
void moveNumbers(const StepFactors<Scalar>& factors, Eigen::Index count, Gradient gradient,
                 Scalar* __restrict mean, Scalar* __restrict square, Scalar* __restrict value) {
  for (Eigen::Index i = 0; i < count; ++i) {
    const Scalar g = gradient[i] + factors.decay * value[i];
    mean[i] = factors.keepMean * mean[i] + factors.addMean * g;
    square[i] = factors.keepSquare * square[i] + factors.addSquare * g * g;
    value[i] = factors.keepValue * value[i] -
               factors.rate * mean[i] / (std::sqrt(square[i]) + factors.epsilon);
  }
}

}  // namespace

void AdamOptions::check() const {
  if (lazyTables && weightDecay > 0) {
    throw base::Error(base::ErrorCode::InvalidArgument,
                      "weight decay: sparse-adam moves only the rows of a batch and has none; "
                      "choose adam or adamw");
  }
}

template <typename Scalar>
Adam<Scalar>::Adam(std::vector<Parameter<Scalar>*> parameters, const AdamOptions& options)
    : Optimizer<Scalar>(std::move(parameters)),
      m_options(options),
      m_means(this->zerosLikeParameters()),
      m_squares(this->zerosLikeParameters()) {
  m_options.check();
}

template <typename Scalar>
void Adam<Scalar>::step() {
  ++m_steps;
  const auto t = static_cast<double>(m_steps);
  const auto factors = factorsOf<Scalar>(m_options, t, false);
  const auto lazyFactors = factorsOf<Scalar>(m_options, t, true);
  for (std::size_t p = 0; p < this->parameters().size(); ++p) {
    Parameter<Scalar>& parameter = *this->parameters()[p];
    const bool lazy = m_options.lazyTables && parameter.role() == Parameter<Scalar>::Role::Table;
    const auto move = [&, used = lazy ? lazyFactors : factors](Eigen::Index offset,
                                                               Eigen::Index count, auto gradient) {
      moveNumbers(used, count, gradient, m_means[p].data() + offset, m_squares[p].data() + offset,
                  parameter.value().data() + offset);
    };
    if (lazy) {
      forEachTouchedRun(parameter, move, [&](Eigen::Index offset) {
        prefetchRow(m_means[p].data() + offset, parameter.value().cols());
        prefetchRow(m_squares[p].data() + offset, parameter.value().cols());
      });
    } else {
      forEachRun(parameter, move);
    }
  }
}

template <typename Scalar>
void Adam<Scalar>::setLearningRate(double rate) {
  m_options.learningRate = rate;
}

template <typename Scalar>
OptimizerState<Scalar> Adam<Scalar>::state() const {
  OptimizerState<Scalar> state{.steps = m_steps, .matrices = m_means};
  state.matrices.insert(state.matrices.end(), m_squares.begin(), m_squares.end());
  return state;
}

template <typename Scalar>
void Adam<Scalar>::restore(const OptimizerState<Scalar>& state) {
  this->copyState(state, {&m_means, &m_squares});
  m_steps = state.steps;
}

template class Adam<float>;
template class Adam<double>;

}  // namespace embedscope::training
