// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/umap_curve.h"

#include "core/base/error.h"

#include <Eigen/Dense>

#include <cmath>
#include <string>

namespace embedscope::projection {

namespace {

constexpr int kGridPoints = 300;
constexpr int kMostSteps = 200;

/// What a step needs to know of all residuals: JᵀJ, Jᵀr and Σ r². The parameters are the logarithms
/// of a and b, which keeps both positive.
struct Fit {
  Eigen::Matrix2d normal = Eigen::Matrix2d::Zero();
  Eigen::Vector2d gradient = Eigen::Vector2d::Zero();
  double squares = 0;
};

Fit fitOf(const Eigen::Vector2d& logarithms, double spread, double minDist) {
  const double a = std::exp(logarithms(0));
  const double b = std::exp(logarithms(1));
  Fit fit;
  for (int i = 0; i < kGridPoints; ++i) {
    const double x = 3 * spread * i / (kGridPoints - 1);
    const double wanted = x < minDist ? 1 : std::exp(-(x - minDist) / spread);
    const double power = x > 0 ? a * std::pow(x, 2 * b) : 0;
    const double value = 1 / (1 + power);
    const double slope = -value * value * power;
    const Eigen::Vector2d jacobian(slope, x > 0 ? slope * 2 * b * std::log(x) : 0);
    fit.normal += jacobian * jacobian.transpose();
    fit.gradient += jacobian * (value - wanted);
    fit.squares += (value - wanted) * (value - wanted);
  }
  return fit;
}

}  // namespace

UmapCurve fitUmapCurve(double spread, double minDist) {
  if (!std::isfinite(spread) || spread <= 0 || !(minDist >= 0 && minDist <= spread)) {
    throw base::Error(
        base::ErrorCode::InvalidArgument,
        "UMAP needs a spread above 0 and a least distance from 0 to the spread, not " +
            std::to_string(spread) + " and " + std::to_string(minDist));
  }
  Eigen::Vector2d place = Eigen::Vector2d::Zero();
  Fit fit = fitOf(place, spread, minDist);
  double damping = 1e-3;
  for (int step = 0; step < kMostSteps && damping < 1e12; ++step) {
    Eigen::Matrix2d damped = fit.normal;
    damped.diagonal() *= 1 + damping;
    const Eigen::Vector2d next = place - damped.inverse() * fit.gradient;
    const Fit tried = fitOf(next, spread, minDist);
    if (std::isfinite(tried.squares) && tried.squares <= fit.squares) {
      const double moved = (next - place).norm();
      place = next;
      fit = tried;
      damping /= 10;
      if (moved < 1e-12) {
        break;
      }
    } else {
      damping *= 10;
    }
  }
  return {std::exp(place(0)), std::exp(place(1))};
}

}  // namespace embedscope::projection
