// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/alignment.h"

#include "core/base/error.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

// LAPACK, which comes with OpenBLAS: the singular value decomposition by divide and conquer.
extern "C" void dgesdd_(const char* job, const int* rows, const int* columns, double* matrix,
                        const int* leading, double* singularValues, double* u, const int* leadingU,
                        double* vTransposed, const int* leadingV, double* work, const int* workSize,
                        int* integerWork, int* info);

namespace embedscope::projection {

namespace {

constexpr Eigen::Index kBlockRows = 1024;

using Rows = Eigen::Ref<const base::RowMatrix>;

std::vector<Eigen::Index> finiteRows(const Rows& from, const Rows& to) {
  std::vector<Eigen::Index> rows;
  for (Eigen::Index i = 0; i < from.rows(); ++i) {
    if (from.row(i).allFinite() && to.row(i).allFinite()) {
      rows.push_back(i);
    }
  }
  return rows;
}

Eigen::RowVectorXd meanOf(const Rows& values, const std::vector<Eigen::Index>& rows) {
  Eigen::RowVectorXd sum = Eigen::RowVectorXd::Zero(values.cols());
  for (const Eigen::Index row : rows) {
    sum += values.row(row).cast<double>();
  }
  return rows.empty() ? sum : Eigen::RowVectorXd(sum / static_cast<double>(rows.size()));
}

/// The rotation (or reflection) nearest to a d × d matrix: U·Vᵀ of its singular value decomposition
/// U·Σ·Vᵀ. Costs O(d³).
Eigen::MatrixXd nearestRotation(Eigen::MatrixXd matrix) {
  const int d = static_cast<int>(matrix.rows());
  Eigen::VectorXd singularValues(d);
  Eigen::MatrixXd u(d, d);
  Eigen::MatrixXd vTransposed(d, d);
  std::vector<int> integerWork(static_cast<std::size_t>(8) * static_cast<std::size_t>(d));
  std::vector<double> work(1);
  int info = 0;
  // LAPACK tells first how much room it wants.
  for (int size : {-1, 0}) {
    if (size == 0) {
      size = static_cast<int>(work.front());
      work.resize(static_cast<std::size_t>(size));
    }
    dgesdd_("A", &d, &d, matrix.data(), &d, singularValues.data(), u.data(), &d, vTransposed.data(),
            &d, work.data(), &size, integerWork.data(), &info);
  }
  if (info != 0) {
    throw base::Error(base::ErrorCode::InvalidArgument,
                      "the singular values of the tables' overlap were not found");
  }
  return u * vTransposed;
}

}  // namespace

base::RowMatrix Alignment::apply(const Eigen::Ref<const base::RowMatrix>& rows) const {
  base::RowMatrix moved(rows.rows(), rows.cols());
  for (Eigen::Index begin = 0; begin < rows.rows(); begin += kBlockRows) {
    const Eigen::Index count = std::min(kBlockRows, rows.rows() - begin);
    const Eigen::MatrixXd centred =
        rows.middleRows(begin, count).cast<double>().rowwise() - fromMean;
    moved.middleRows(begin, count) = ((centred * rotation).rowwise() + toMean).cast<float>();
  }
  return moved;
}

std::optional<Alignment> align(const Eigen::Ref<const base::RowMatrix>& from,
                               const Eigen::Ref<const base::RowMatrix>& to,
                               const base::TaskContext& context) {
  if (from.rows() != to.rows() || from.cols() != to.cols() || from.cols() == 0) {
    throw base::Error(base::ErrorCode::InvalidArgument,
                      "tables of " + std::to_string(from.rows()) + " × " +
                          std::to_string(from.cols()) + " and " + std::to_string(to.rows()) +
                          " × " + std::to_string(to.cols()) +
                          " numbers cannot be laid over each other");
  }
  const std::vector<Eigen::Index> rows = finiteRows(from, to);
  Alignment alignment{meanOf(from, rows), meanOf(to, rows),
                      Eigen::MatrixXd::Identity(from.cols(), from.cols())};
  Eigen::MatrixXd overlap = Eigen::MatrixXd::Zero(from.cols(), from.cols());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i % kBlockRows == 0 && context.stopRequested()) {
      return {};
    }
    const Eigen::RowVectorXd a = from.row(rows[i]).cast<double>() - alignment.fromMean;
    const Eigen::RowVectorXd b = to.row(rows[i]).cast<double>() - alignment.toMean;
    overlap.noalias() += a.transpose() * b;
  }
  if (context.stopRequested()) {
    return {};
  }
  if (overlap.squaredNorm() > 0) {
    alignment.rotation = nearestRotation(std::move(overlap));
  }
  return alignment;
}

}  // namespace embedscope::projection
