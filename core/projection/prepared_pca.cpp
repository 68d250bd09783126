// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/prepared_pca.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <utility>

namespace embedscope::projection {

namespace {

using base::RowMatrix;
using Rows = Eigen::Ref<const RowMatrix>;

constexpr Eigen::Index kRowsPerBlock = 1024;

/// The model of rows that hold nothing along its first `count` components.
PcaModel withoutFirst(Eigen::Index count, PcaModel model) {
  const Eigen::Index left = model.variance.size() - count;
  model.totalVariance = std::max(model.totalVariance - model.variance.head(count).sum(), 0.0);
  model.variance = Eigen::VectorXd(model.variance.tail(left));
  model.variance.conservativeResizeLike(Eigen::VectorXd::Zero(left + count));
  model.components = Eigen::MatrixXd(model.components.rightCols(model.components.cols() - count));
  return model;
}

}  // namespace

std::optional<PreparedPca> fitPreparedPca(const Rows& rows, const Preparation& preparation,
                                          Eigen::Index k, const base::TaskContext& context) {
  const Eigen::Index removed = preparation.removedComponents;
  std::optional<PcaModel> model;
  const bool areNext = removed >= 0 && k >= 1 && removed + k <= rows.cols();
  if (!preparation.unitRows && areNext) {
    model = fitPca(rows, removed + k, context);
    return model ? std::optional(PreparedPca{{}, withoutFirst(removed, std::move(*model))})
                 : std::nullopt;
  }
  std::optional<PreparedRows> prepared = PreparedRows::of(rows, preparation, context.part(0, 0.4));
  if (prepared) {
    model = fitPca(prepared->values(), k, context.part(0.4, 1));
  }
  return model ? std::optional(PreparedPca{prepared->preparer(), std::move(*model)}) : std::nullopt;
}

std::optional<RowMatrix> PreparedPca::project(const Rows& rows,
                                              const base::TaskContext& context) const {
  RowMatrix projected(rows.rows(), model.components.cols());
  const Eigen::Index blocks = (rows.rows() + kRowsPerBlock - 1) / kRowsPerBlock;
  std::atomic<Eigen::Index> done{0};
  base::parallelBlocks(blocks, [&](std::int64_t block) {
    if (context.stopRequested()) {
      return;
    }
    const Eigen::Index first = block * kRowsPerBlock;
    const auto own = rows.middleRows(first, std::min(kRowsPerBlock, rows.rows() - first));
    projected.middleRows(first, own.rows()) =
        preparer.isNone() ? model.project(own) : model.project(*preparer.apply(own));
    context.report(static_cast<double>(++done) / static_cast<double>(blocks));
  });
  if (context.stopRequested()) {
    return {};
  }
  return projected;
}

}  // namespace embedscope::projection
