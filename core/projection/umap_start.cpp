// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/umap_start.h"

#include "core/base/random.h"
#include "core/projection/pca.h"

#include <algorithm>

namespace embedscope::projection {

namespace {

constexpr float kExtent = 10;
constexpr double kNoise = 1e-4;

}  // namespace

std::optional<base::RowMatrix> umapStart(const Eigen::Ref<const base::RowMatrix>& rows,
                                         Eigen::Index dims, std::uint64_t seed,
                                         const base::TaskContext& context) {
  const std::optional<PcaModel> model = fitPca(rows, dims, context);
  if (!model) {
    return {};
  }
  base::RowMatrix points = base::RowMatrix::Zero(rows.rows(), dims);
  points.leftCols(model->components.cols()) = model->project(rows);
  const float largest = points.cwiseAbs().maxCoeff();
  const bool isSpread = model->totalVariance > 0 && largest > 0;
  if (isSpread) {
    points = points / largest * kExtent;
  }
  const double noise = isSpread ? kNoise : static_cast<double>(kExtent);
  base::RandomStream random(seed, 0);
  for (Eigen::Index i = 0; i < points.size(); ++i) {
    points.data()[i] += static_cast<float>(noise * random.normal());
  }
  return points;
}

}  // namespace embedscope::projection
