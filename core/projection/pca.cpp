// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/pca.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/projection/finite_mean.h"
#include "core/projection/row_groups.h"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <vector>

namespace embedscope::projection {

namespace {

using base::Error;
using base::ErrorCode;
using base::RowMatrix;
using Rows = Eigen::Ref<const RowMatrix>;
using DoubleRows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

constexpr Eigen::Index kRowsPerBlock = RowGroups::kRowsPerBlock;

/// Σ (x − mean)ᵀ(x − mean) over finite rows, lower triangle; nothing when stopped.
std::optional<Eigen::MatrixXd> scatter(const Rows& rows, const Eigen::RowVectorXd& mean,
                                       const base::TaskContext& context) {
  const RowGroups groups(rows.rows(), rows.cols());
  const Eigen::Index d = rows.cols();
  std::vector<Eigen::MatrixXd> partial(static_cast<std::size_t>(groups.count()));
  std::atomic<Eigen::Index> done{0};
  base::parallelBlocks(groups.count(), [&](std::int64_t group) {
    Eigen::MatrixXd& sum = partial[static_cast<std::size_t>(group)];
    sum = Eigen::MatrixXd::Zero(d, d);
    DoubleRows centred;
    groups.forEachBlock(group, [&](Eigen::Index first, Eigen::Index count) {
      if (context.stopRequested()) {
        return;
      }
      centred = rows.middleRows(first, count).cast<double>();
      centred.rowwise() -= mean;
      for (Eigen::Index row = 0; row < count; ++row) {
        if (!centred.row(row).allFinite()) {
          centred.row(row).setZero();
        }
      }
      sum.selfadjointView<Eigen::Lower>().rankUpdate(centred.transpose());
      context.report(static_cast<double>(done += count) / static_cast<double>(groups.rows()));
    });
  });
  if (context.stopRequested()) {
    return {};
  }
  for (std::size_t group = 1; group < partial.size(); ++group) {
    partial.front() += partial[group];
  }
  return std::move(partial.front());
}

/// Makes the entry of largest magnitude positive. Magnitudes that differ by rounding alone count
/// as equal, so that the first of them decides on every machine.
void fixSigns(Eigen::MatrixXd& components) {
  constexpr double kRounding = 1e-9;
  for (Eigen::Index column = 0; column < components.cols(); ++column) {
    Eigen::Index best = 0;
    for (Eigen::Index i = 1; i < components.rows(); ++i) {
      if (std::abs(components(i, column)) > std::abs(components(best, column)) * (1 + kRounding)) {
        best = i;
      }
    }
    if (components(best, column) < 0) {
      components.col(column) *= -1;
    }
  }
}

}  // namespace

std::optional<PcaModel> fitPca(const Eigen::Ref<const base::RowMatrix>& rows, Eigen::Index k,
                               const base::TaskContext& context) {
  if (rows.rows() < 1 || rows.cols() < 1) {
    throw Error(ErrorCode::InvalidArgument, "a projection needs at least one row and one column");
  }
  if (k < 1) {
    throw Error(ErrorCode::InvalidArgument, "a projection needs at least one component");
  }
  base::useOneBlasThread();
  const std::optional<FiniteMean> mean = meanOfFiniteRows(rows, context.part(0, 0.1));
  if (!mean) {
    return {};
  }
  PcaModel model;
  model.mean = mean->mean;
  std::optional<Eigen::MatrixXd> covariance = scatter(rows, model.mean, context.part(0.1, 0.8));
  if (!covariance) {
    return {};
  }
  *covariance /= static_cast<double>(std::max<Eigen::Index>(mean->count - 1, 1));
  model.totalVariance = covariance->trace();
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(*covariance);
  if (context.stopRequested()) {
    return {};
  }
  k = std::min(k, rows.cols());
  model.components = solver.eigenvectors().rightCols(k).rowwise().reverse();
  model.variance = solver.eigenvalues().reverse().cwiseMax(0);
  fixSigns(model.components);
  context.report(1);
  return model;
}

base::RowMatrix PcaModel::project(const Eigen::Ref<const base::RowMatrix>& rows) const {
  if (rows.cols() != components.rows()) {
    throw Error(ErrorCode::InvalidArgument, "rows of " + std::to_string(rows.cols()) +
                                                " numbers do not fit a projection of " +
                                                std::to_string(components.rows()) + " dimensions");
  }
  base::useOneBlasThread();
  base::RowMatrix projected(rows.rows(), components.cols());
  const Eigen::Index blocks = (rows.rows() + kRowsPerBlock - 1) / kRowsPerBlock;
  base::parallelBlocks(blocks, [&](std::int64_t block) {
    const Eigen::Index first = block * kRowsPerBlock;
    const Eigen::Index count = std::min(kRowsPerBlock, rows.rows() - first);
    DoubleRows centred = rows.middleRows(first, count).cast<double>();
    centred.rowwise() -= mean;
    const DoubleRows product = centred * components;
    projected.middleRows(first, count) = product.cast<float>();
  });
  return projected;
}

}  // namespace embedscope::projection
