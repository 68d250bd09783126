// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/finite_mean.h"

#include "core/base/parallel.h"
#include "core/projection/row_groups.h"

#include <algorithm>
#include <atomic>
#include <vector>

namespace embedscope::projection {

std::optional<FiniteMean> meanOfFiniteRows(const Eigen::Ref<const base::RowMatrix>& rows,
                                           const base::TaskContext& context) {
  const RowGroups groups(rows.rows(), rows.cols());
  const FiniteMean none{Eigen::RowVectorXd::Zero(rows.cols()), 0};
  std::vector<FiniteMean> partial(static_cast<std::size_t>(groups.count()), none);
  std::atomic<Eigen::Index> done{0};
  base::parallelBlocks(groups.count(), [&](std::int64_t group) {
    FiniteMean& sum = partial[static_cast<std::size_t>(group)];
    groups.forEachBlock(group, [&](Eigen::Index first, Eigen::Index count) {
      if (context.stopRequested()) {
        return;
      }
      for (Eigen::Index row = first; row < first + count; ++row) {
        if (rows.row(row).allFinite()) {
          sum.mean += rows.row(row).cast<double>();
          ++sum.count;
        }
      }
      context.report(static_cast<double>(done += count) / static_cast<double>(groups.rows()));
    });
  });
  if (context.stopRequested()) {
    return {};
  }
  FiniteMean whole = none;
  for (const FiniteMean& part : partial) {
    whole.mean += part.mean;
    whole.count += part.count;
  }
  whole.mean /= static_cast<double>(std::max<Eigen::Index>(whole.count, 1));
  return whole;
}

}  // namespace embedscope::projection
