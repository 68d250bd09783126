// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/vector_frame.h"

#include "core/base/error.h"
#include "core/projection/pca.h"

#include <Eigen/SVD>

#include <algorithm>
#include <optional>

namespace embedscope::train {

namespace {

VectorFrame lineView(const Eigen::Ref<const base::RowMatrix>& values) {
  base::RowMatrix points(values.rows(), 2);
  points.col(0) = values.col(0);
  for (Eigen::Index i = 0; i < values.rows(); ++i) {
    points(i, 1) = static_cast<float>(-i);
  }
  return {std::make_shared<const base::RowMatrix>(std::move(points)), {}, 1};
}

/// The basis of the same plane that lies nearest to `previous`.
Eigen::MatrixXd aligned(const Eigen::MatrixXd& basis, const Eigen::MatrixXd& previous) {
  if (previous.rows() != basis.rows() || previous.cols() != basis.cols()) {
    return basis;
  }
  const Eigen::Matrix2d overlap = basis.transpose() * previous;
  const Eigen::JacobiSVD<Eigen::Matrix2d> svd(overlap, Eigen::ComputeFullU | Eigen::ComputeFullV);
  const Eigen::Matrix2d turn = svd.matrixU() * svd.matrixV().transpose();
  return basis * turn;
}

VectorFrame principalView(const Eigen::Ref<const base::RowMatrix>& values,
                          const Eigen::MatrixXd& previous, const base::TaskContext& context) {
  std::optional<projection::PcaModel> model = projection::fitPca(values, 2, context);
  if (!model || context.stopRequested()) {
    return {};
  }
  VectorFrame view;
  view.explained =
      model->totalVariance > 0 ? std::min(1.0, model->variance.sum() / model->totalVariance) : 1;
  model->components = aligned(model->components, previous);
  view.points = std::make_shared<const base::RowMatrix>(model->project(values));
  view.basis = std::move(model->components);
  return view;
}

}  // namespace

VectorFrame vectorFrame(const Eigen::Ref<const base::RowMatrix>& values,
                        const Eigen::MatrixXd& previous, const base::TaskContext& context) {
  if (values.rows() == 0 || values.cols() == 0) {
    return {};
  }
  if (values.cols() == 1) {
    return lineView(values);
  }
  if (values.cols() == 2) {
    return {std::make_shared<const base::RowMatrix>(values), {}, 1};
  }
  try {
    return principalView(values, previous, context);
  } catch (const base::Error&) {
    return {};
  }
}

}  // namespace embedscope::train
