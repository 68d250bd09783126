// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/optimizer.h"

#include <cstdint>

namespace embedscope::training {

struct AdamOptions {
  enum class Decay {
    InGradient,  ///< weightDecay · w is added to the gradient: Adam
    Decoupled,   ///< w ← (1 − lr · weightDecay) · w before the step: AdamW
  };

  double learningRate = 0.001;  ///< > 0
  double weightDecay = 0;       ///< ≥ 0
  Decay decay = Decay::InGradient;
  bool lazyTables = false;  ///< SparseAdam; without weight decay

  /// @throws base::Error InvalidArgument: lazy tables with weight decay.
  void check() const;
};

/// Adam with PyTorch's defaults β₁ = 0.9, β₂ = 0.999, ε = 1e-8: Kingma and Ba, "Adam: A Method for
/// Stochastic Optimization", ICLR 2015, arXiv:1412.6980; AdamW: Loshchilov and Hutter, "Decoupled
/// Weight Decay Regularization", ICLR 2019, arXiv:1711.05101.
///
/// Every number has moments, so a row keeps moving after the batches that touched it, as with
/// PyTorch's Adam on an embedding without sparse gradients. With lazy tables it does not: as in
/// PyTorch's SparseAdam the moments and numbers of a table's row change only in the steps whose
/// batch holds it (ε is then added to √v before its correction, a small difference of PyTorch's
/// own), and all other parameters take Adam's step. A lazy row's moments are older than Adam's, so
/// this is another rule and not a faster way to the same numbers.
///
/// Weight decay moves every row in every step, a padding row included. Fixed rows stay.
template <typename Scalar>
class Adam final : public Optimizer<Scalar> {
 public:
  /// @throws base::Error InvalidArgument: see AdamOptions::check.
  Adam(std::vector<Parameter<Scalar>*> parameters, const AdamOptions& options);

  void step() override;
  void setLearningRate(double rate) override;
  OptimizerState<Scalar> state() const override;
  void restore(const OptimizerState<Scalar>& state) override;

 private:
  AdamOptions m_options;
  std::int64_t m_steps = 0;
  std::vector<Matrix<Scalar>> m_means;
  std::vector<Matrix<Scalar>> m_squares;
};

extern template class Adam<float>;
extern template class Adam<double>;

}  // namespace embedscope::training
