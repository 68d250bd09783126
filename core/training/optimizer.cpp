// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/optimizer.h"

#include "core/base/error.h"
#include "core/training/adagrad.h"
#include "core/training/adam.h"
#include "core/training/sgd.h"

#include <utility>

namespace embedscope::training {

namespace {

[[noreturn]] void refuseState() {
  throw base::Error(base::ErrorCode::InvalidArgument,
                    "the state is of another optimizer or of parameters of other shapes");
}

}  // namespace

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
void Optimizer<Scalar>::copyState(const OptimizerState<Scalar>& state,
                                  const std::vector<std::vector<Matrix<Scalar>>*>& into) {
  auto next = state.matrices.begin();
  for (std::vector<Matrix<Scalar>>* matrices : into) {
    for (Matrix<Scalar>& matrix : *matrices) {
      if (next == state.matrices.end() || next->rows() != matrix.rows() ||
          next->cols() != matrix.cols()) {
        refuseState();
      }
      matrix = *next++;
    }
  }
  if (next != state.matrices.end()) {
    refuseState();
  }
}

template <typename Scalar>
std::unique_ptr<Optimizer<Scalar>> makeOptimizer(const OptimizerRecipe& recipe,
                                                 std::vector<Parameter<Scalar>*> parameters) {
  using Decay = AdamOptions::Decay;
  switch (recipe.kind) {
    case OptimizerKind::Sgd:
      return std::make_unique<Sgd<Scalar>>(std::move(parameters), recipe.learningRate,
                                           recipe.momentum, recipe.weightDecay);
    case OptimizerKind::Adagrad:
      return std::make_unique<Adagrad<Scalar>>(std::move(parameters), recipe.learningRate,
                                               recipe.weightDecay);
    case OptimizerKind::Adam:
    case OptimizerKind::AdamW:
    case OptimizerKind::SparseAdam:
      break;
  }
  const AdamOptions options{
      .learningRate = recipe.learningRate,
      .weightDecay = recipe.weightDecay,
      .decay = recipe.kind == OptimizerKind::AdamW ? Decay::Decoupled : Decay::InGradient,
      .lazyTables = recipe.kind == OptimizerKind::SparseAdam};
  return std::make_unique<Adam<Scalar>>(std::move(parameters), options);
}

template class Optimizer<float>;
template class Optimizer<double>;
template std::unique_ptr<Optimizer<float>> makeOptimizer(const OptimizerRecipe&,
                                                         std::vector<Parameter<float>*>);
template std::unique_ptr<Optimizer<double>> makeOptimizer(const OptimizerRecipe&,
                                                          std::vector<Parameter<double>*>);

}  // namespace embedscope::training
