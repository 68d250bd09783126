// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/gradient_clip.h"

#include <cmath>
#include <span>

namespace embedscope::training {

namespace {

/// What PyTorch adds to the norm before it divides by it.
constexpr double kNormEpsilon = 1e-6;

}  // namespace

template <typename Scalar>
double clipGradient(const std::vector<Parameter<Scalar>*>& parameters, double maxNorm) {
  double sum = 0;
  for (Parameter<Scalar>* parameter : parameters) {
    for (const Scalar number : parameter->storedGradient()) {
      sum += static_cast<double>(number) * static_cast<double>(number);
    }
  }
  const double norm = std::sqrt(sum);
  const double scale = maxNorm / (norm + kNormEpsilon);
  if (scale < 1) {
    for (Parameter<Scalar>* parameter : parameters) {
      for (Scalar& number : parameter->storedGradient()) {
        number *= static_cast<Scalar>(scale);
      }
    }
  }
  return norm;
}

template double clipGradient(const std::vector<Parameter<float>*>&, double);
template double clipGradient(const std::vector<Parameter<double>*>&, double);

}  // namespace embedscope::training
