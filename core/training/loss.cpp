// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/loss.h"

#include <algorithm>
#include <cmath>

namespace embedscope::training {

template <typename Scalar>
double squaredError(ConstMatrixRef<Scalar> outputs, std::span<const Scalar> targets,
                    MatrixRef<Scalar> gradient) {
  const Scalar scale = Scalar{2} / static_cast<Scalar>(targets.size());
  double sum = 0;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    const Scalar difference = outputs(row, 0) - targets[i];
    sum += static_cast<double>(difference) * static_cast<double>(difference);
    gradient(row, 0) = scale * difference;
  }
  return sum / static_cast<double>(targets.size());
}

template <typename Scalar>
double crossEntropy(ConstMatrixRef<Scalar> outputs, std::span<const std::int32_t> classes,
                    MatrixRef<Scalar> gradient) {
  const Scalar share = Scalar{1} / static_cast<Scalar>(classes.size());
  double sum = 0;
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    const Scalar largest = outputs.row(row).maxCoeff();
    Scalar total = 0;
    for (Eigen::Index j = 0; j < outputs.cols(); ++j) {
      const Scalar power = std::exp(outputs(row, j) - largest);
      gradient(row, j) = power;
      total += power;
    }
    sum += static_cast<double>(std::log(total) + largest - outputs(row, classes[i]));
    gradient.row(row) *= share / total;
    gradient(row, classes[i]) -= share;
  }
  return sum / static_cast<double>(classes.size());
}

template <typename Scalar>
double huber(ConstMatrixRef<Scalar> outputs, std::span<const Scalar> targets, double delta,
             MatrixRef<Scalar> gradient) {
  const auto border = static_cast<Scalar>(delta);
  const Scalar share = Scalar{1} / static_cast<Scalar>(targets.size());
  double sum = 0;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    const Scalar difference = outputs(row, 0) - targets[i];
    const auto size = static_cast<double>(std::abs(difference));
    sum += size <= delta ? size * size / 2 : delta * (size - delta / 2);
    gradient(row, 0) = share * std::clamp(difference, -border, border);
  }
  return sum / static_cast<double>(targets.size());
}

template <typename Scalar>
double binaryCrossEntropy(ConstMatrixRef<Scalar> outputs, std::span<const std::int32_t> classes,
                          MatrixRef<Scalar> gradient) {
  const Scalar share = Scalar{1} / static_cast<Scalar>(classes.size());
  double sum = 0;
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    const Scalar sign = classes[i] == 1 ? Scalar{1} : Scalar{-1};
    const Scalar margin = sign * outputs(row, 0);  // > 0 when the prediction is right
    const Scalar power = std::exp(-std::abs(margin));
    sum += static_cast<double>(std::log1p(power) + std::max(-margin, Scalar{0}));
    const Scalar missed = (margin > Scalar{0} ? power : Scalar{1}) / (Scalar{1} + power);
    gradient(row, 0) = -sign * share * missed;
  }
  return sum / static_cast<double>(classes.size());
}

template double squaredError(ConstMatrixRef<float>, std::span<const float>, MatrixRef<float>);
template double squaredError(ConstMatrixRef<double>, std::span<const double>, MatrixRef<double>);
template double crossEntropy(ConstMatrixRef<float>, std::span<const std::int32_t>,
                             MatrixRef<float>);
template double crossEntropy(ConstMatrixRef<double>, std::span<const std::int32_t>,
                             MatrixRef<double>);
template double huber(ConstMatrixRef<float>, std::span<const float>, double, MatrixRef<float>);
template double huber(ConstMatrixRef<double>, std::span<const double>, double, MatrixRef<double>);
template double binaryCrossEntropy(ConstMatrixRef<float>, std::span<const std::int32_t>,
                                   MatrixRef<float>);
template double binaryCrossEntropy(ConstMatrixRef<double>, std::span<const std::int32_t>,
                                   MatrixRef<double>);

}  // namespace embedscope::training
