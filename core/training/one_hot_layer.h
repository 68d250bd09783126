// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/parameter.h"

#include <cstdint>
#include <span>
#include <string>

namespace embedscope::training {

/// A one-hot input with its share of the first layer's weights.
///
/// One-hot × weights is row i of the weights, so the product need not be formed: picking adds the
/// row to what the first layer computes from its other inputs. A frozen identity table is the same
/// function and goes this way too. The product is here as well, as a beginner writes it: the b × n
/// matrix, zeros but for one 1 in each row, times all weights, and its transpose times the gradient
/// on the way back. Outputs are the same bits as long as the weights are finite; gradients are the
/// same sums in another order, and every weight has one, mostly a zero.
template <typename Scalar>
class OneHotLayer {
 public:
  enum class Path {
    PickRows,      ///< cost O(b·outputs)
    DenseProduct,  ///< cost O(b·n·outputs)
  };

  /// @param categories  n ≥ 1. @param outputs  width of the first layer, ≥ 1.
  OneHotLayer(const std::string& name, Eigen::Index categories, Eigen::Index outputs,
              Path path = Path::PickRows);

  Eigen::Index categories() const { return m_weights.value().rows(); }

  Path path() const { return m_path; }

  /// n × outputs.
  Parameter<Scalar>& weights() { return m_weights; }

  const Parameter<Scalar>& weights() const { return m_weights; }

  /// Adds to `output` (b × outputs) the row of each code, picked. For either path.
  void addForward(std::span<const std::int32_t> codes, MatrixRef<Scalar> output) const;

  /// Sets the gradient of the weights from the gradient of the first layer's output. For
  /// Path::PickRows.
  void backward(std::span<const std::int32_t> codes, ConstMatrixRef<Scalar> outputGradient);

  /// Writes the one-hot rows of the codes. @param oneHot  b × n, overwritten.
  void encode(std::span<const std::int32_t> codes, MatrixRef<Scalar> oneHot) const;

  /// Adds one-hot × weights to `output`. @param oneHot  b × n, from `encode`.
  void addForwardDense(ConstMatrixRef<Scalar> oneHot, MatrixRef<Scalar> output) const;

  /// Sets the gradient of every weight. For Path::DenseProduct. @param oneHot  as in the forward.
  void backwardDense(ConstMatrixRef<Scalar> oneHot, ConstMatrixRef<Scalar> outputGradient);

 private:
  Parameter<Scalar> m_weights;
  Path m_path;
};

extern template class OneHotLayer<float>;
extern template class OneHotLayer<double>;

}  // namespace embedscope::training
