// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/preparation.h"

#include "core/base/large_pages.h"
#include "core/base/parallel.h"
#include "core/projection/finite_mean.h"
#include "core/projection/pca.h"
#include "core/projection/required.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <string>
#include <utility>

namespace embedscope::projection {

namespace {

using base::RowMatrix;
using Rows = Eigen::Ref<const RowMatrix>;

constexpr Eigen::Index kRowsPerBlock = 256;
constexpr double kRounding = 1e-10;  ///< of a row's length, and the mean's

void check(const Rows& rows, const Preparation& preparation) {
  require(rows.rows() >= 1 && rows.cols() >= 1,
          "rows are prepared where there are some: at least one row and one column");
  const Eigen::Index removed = preparation.removedComponents;
  require(removed >= 0 && removed < rows.cols(),
          "of rows of " + std::to_string(rows.cols()) + " numbers " + std::to_string(removed) +
              " components cannot be removed; 0 to " + std::to_string(rows.cols() - 1) + " can");
}

void prepare(const Preparer& preparer, Eigen::RowVectorXd& row) {
  const double before = row.norm() + preparer.mean.norm();
  if (preparer.mean.size() > 0) {
    row -= preparer.mean;
  }
  for (Eigen::Index i = 0; i < preparer.components.cols(); ++i) {
    const auto component = preparer.components.col(i);
    row -= row.dot(component) * component.transpose();
  }
  const double length = row.norm();
  if (std::isfinite(before) && length <= kRounding * before) {
    row.setZero();
  } else if (preparer.unitRows) {
    row /= length;
  }
}

}  // namespace

std::optional<Preparer> fitPreparer(const Rows& rows, const Preparation& preparation,
                                    const base::TaskContext& context) {
  check(rows, preparation);
  Preparer preparer;
  preparer.unitRows = preparation.unitRows;
  if (preparation.removedComponents > 0) {
    std::optional<PcaModel> model = fitPca(rows, preparation.removedComponents, context);
    if (!model) {
      return {};
    }
    preparer.mean = std::move(model->mean);
    preparer.components = std::move(model->components);
  } else if (preparation.centre) {
    std::optional<FiniteMean> mean = meanOfFiniteRows(rows, context);
    if (!mean) {
      return {};
    }
    preparer.mean = std::move(mean->mean);
  }
  if (context.stopRequested()) {
    return {};
  }
  context.report(1);
  return preparer;
}

std::optional<RowMatrix> Preparer::apply(const Rows& rows, const base::TaskContext& context) const {
  require(mean.size() == 0 || mean.size() == rows.cols(),
          "rows of " + std::to_string(rows.cols()) + " numbers do not fit a preparation for " +
              std::to_string(mean.size()));
  RowMatrix prepared(rows.rows(), rows.cols());
  base::preferLargePages(prepared.data(),
                         static_cast<std::size_t>(prepared.size()) * sizeof(float));
  const Eigen::Index blocks = (rows.rows() + kRowsPerBlock - 1) / kRowsPerBlock;
  std::atomic<Eigen::Index> done{0};
  base::parallelBlocks(blocks, [&](std::int64_t block) {
    if (context.stopRequested()) {
      return;
    }
    Eigen::RowVectorXd own(rows.cols());
    const Eigen::Index end = std::min((block + 1) * kRowsPerBlock, rows.rows());
    for (Eigen::Index row = block * kRowsPerBlock; row < end; ++row) {
      own = rows.row(row).cast<double>();
      prepare(*this, own);
      prepared.row(row) = own.cast<float>();
    }
    context.report(static_cast<double>(++done) / static_cast<double>(blocks));
  });
  if (context.stopRequested()) {
    return {};
  }
  return prepared;
}

PreparedRows::PreparedRows(Preparer preparer, RowMatrix copy)
    : m_preparer(std::move(preparer)),
      m_copy(std::move(copy)),
      m_values(m_copy.data(), m_copy.rows(), m_copy.cols(), Eigen::OuterStride<>(m_copy.cols())) {}

PreparedRows::PreparedRows(Preparer preparer, const Rows& rows)
    : m_preparer(std::move(preparer)),
      m_values(rows.data(), rows.rows(), rows.cols(), Eigen::OuterStride<>(rows.outerStride())) {}

std::optional<PreparedRows> PreparedRows::of(const Rows& rows, const Preparation& preparation,
                                             const base::TaskContext& context) {
  const double fitting = preparation.removedComponents > 0 ? 0.8 : 0.5;
  std::optional<Preparer> preparer = fitPreparer(rows, preparation, context.part(0, fitting));
  if (!preparer) {
    return {};
  }
  if (preparer->isNone()) {
    return PreparedRows(std::move(*preparer), rows);
  }
  std::optional<RowMatrix> copy = preparer->apply(rows, context.part(fitting, 1));
  return copy ? std::optional(PreparedRows(std::move(*preparer), std::move(*copy))) : std::nullopt;
}

}  // namespace embedscope::projection
