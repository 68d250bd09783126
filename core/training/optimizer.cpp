// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/optimizer.h"

#include "core/training/adagrad.h"
#include "core/training/adam.h"
#include "core/training/sgd.h"

#include <utility>

namespace embedscope::training {

template <typename Scalar>
Optimizer<Scalar>::Optimizer(std::vector<Parameter<Scalar>*> parameters)
    : m_parameters(std::move(parameters)) {}

template <typename Scalar>
std::vector<Matrix<Scalar>> Optimizer<Scalar>::zerosLikeParameters() const {
  std::vector<Matrix<Scalar>> zeros;
  zeros.reserve(m_parameters.size());
  for (const Parameter<Scalar>* parameter : m_parameters) {
    zeros.push_back(Matrix<Scalar>::Zero(parameter->value().rows(), parameter->value().cols()));
  }
  return zeros;
}

template <typename Scalar>
std::unique_ptr<Optimizer<Scalar>> makeOptimizer(const OptimizerRecipe& recipe,
                                                 std::vector<Parameter<Scalar>*> parameters) {
  switch (recipe.kind) {
    case OptimizerKind::Sgd:
      return std::make_unique<Sgd<Scalar>>(std::move(parameters), recipe.learningRate,
                                           recipe.momentum);
    case OptimizerKind::Adagrad:
      return std::make_unique<Adagrad<Scalar>>(std::move(parameters), recipe.learningRate);
    case OptimizerKind::Adam:
      break;
  }
  return std::make_unique<Adam<Scalar>>(std::move(parameters), recipe.learningRate);
}

template class Optimizer<float>;
template class Optimizer<double>;
template std::unique_ptr<Optimizer<float>> makeOptimizer(const OptimizerRecipe&,
                                                         std::vector<Parameter<float>*>);
template std::unique_ptr<Optimizer<double>> makeOptimizer(const OptimizerRecipe&,
                                                          std::vector<Parameter<double>*>);

}  // namespace embedscope::training
