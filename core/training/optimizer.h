// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/parameter.h"
#include "core/training/recipe.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace embedscope::training {

/// Everything beside the parameters that steps change.
template <typename Scalar>
struct OptimizerState {
  std::int64_t steps = 0;                ///< taken
  std::vector<Matrix<Scalar>> matrices;  ///< moments or sums, in an order of the optimizer's own
};

/// Moves parameters against their gradients. Formulas and constants are those of PyTorch's
/// optimizers on dense gradients, SparseAdam's on sparse ones; fixed rows never move.
///
/// Steps allocate nothing.
template <typename Scalar>
class Optimizer {
 public:
  /// @param parameters  all trainable; must outlive the optimizer.
  explicit Optimizer(std::vector<Parameter<Scalar>*> parameters);
  virtual ~Optimizer() = default;
  Optimizer(const Optimizer&) = delete;
  Optimizer& operator=(const Optimizer&) = delete;

  /// Takes one step with the gradients as they are. Cost: every number of the parameters, or the
  /// touched rows only where the others would not move.
  virtual void step() = 0;

  /// For the steps to come. @param rate  ≥ 0.
  virtual void setLearningRate(double rate) = 0;

  virtual OptimizerState<Scalar> state() const = 0;

  /// After it, steps have the bits they would have had from where the state was taken.
  ///
  /// @param state  of an optimizer of the same kind on parameters of the same shapes.
  /// @throws base::Error InvalidArgument: another number of matrices, or other shapes.
  virtual void restore(const OptimizerState<Scalar>& state) = 0;

 protected:
  const std::vector<Parameter<Scalar>*>& parameters() const { return m_parameters; }

  /// One matrix of zeros for each parameter, of its shape.
  std::vector<Matrix<Scalar>> zerosLikeParameters() const;

  /// Copies the matrices of a state into those of the optimizer.
  static void copyState(const OptimizerState<Scalar>& state,
                        const std::vector<std::vector<Matrix<Scalar>>*>& into);

 private:
  std::vector<Parameter<Scalar>*> m_parameters;
};

/// @throws base::Error InvalidArgument: SparseAdam with weight decay, which would have to move
/// every
///         row of a table in every step.
template <typename Scalar>
std::unique_ptr<Optimizer<Scalar>> makeOptimizer(const OptimizerRecipe& recipe,
                                                 std::vector<Parameter<Scalar>*> parameters);

extern template class Optimizer<float>;
extern template class Optimizer<double>;

}  // namespace embedscope::training
