// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/component_start.h"

#include "core/base/random.h"
#include "core/projection/pca.h"

#include <cmath>

namespace embedscope::projection {

namespace {

constexpr float kUmapExtent = 10;
constexpr float kTsneDeviation = 1e-4F;
constexpr double kNoise = 1e-5;  ///< of the extent or deviation

/// The first components with columns of zeros where there are too few; all zeros when the rows are
/// equal.
std::optional<base::RowMatrix> components(const Eigen::Ref<const base::RowMatrix>& rows,
                                          Eigen::Index dims, const base::TaskContext& context) {
  const std::optional<PcaModel> model = fitPca(rows, dims, context);
  if (!model) {
    return {};
  }
  base::RowMatrix points = base::RowMatrix::Zero(rows.rows(), dims);
  if (model->totalVariance > 0) {
    points.leftCols(model->components.cols()) = model->project(rows);
  }
  return points;
}

/// Brings what measures `own` to the size `wanted`, with a little noise; where there is no spread
/// at all, noise of that size takes its place.
void scale(base::RowMatrix& points, float own, float wanted, std::uint64_t seed) {
  const bool isSpread = own > 0;
  if (isSpread) {
    points = points / own * wanted;
  }
  const double noise = static_cast<double>(wanted) * (isSpread ? kNoise : 1);
  base::RandomStream random(seed, 0);
  for (Eigen::Index i = 0; i < points.size(); ++i) {
    points.data()[i] += static_cast<float>(noise * random.normal());
  }
}

}  // namespace

std::optional<base::RowMatrix> umapStart(const Eigen::Ref<const base::RowMatrix>& rows,
                                         Eigen::Index dims, std::uint64_t seed,
                                         const base::TaskContext& context) {
  std::optional<base::RowMatrix> points = components(rows, dims, context);
  if (points) {
    scale(*points, points->cwiseAbs().maxCoeff(), kUmapExtent, seed);
  }
  return points;
}

std::optional<base::RowMatrix> tsneStart(const Eigen::Ref<const base::RowMatrix>& rows,
                                         Eigen::Index dims, std::uint64_t seed,
                                         const base::TaskContext& context) {
  std::optional<base::RowMatrix> points = components(rows, dims, context);
  if (points) {
    // Components have mean 0.
    const double squared = points->col(0).cast<double>().squaredNorm();
    const double deviation = std::sqrt(squared / static_cast<double>(points->rows()));
    scale(*points, static_cast<float>(deviation), kTsneDeviation, seed);
  }
  return points;
}

}  // namespace embedscope::projection
