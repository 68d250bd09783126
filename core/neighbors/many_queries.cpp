// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/many_queries.h"

#include "core/base/parallel.h"
#include "core/neighbors/estimate_pass.h"
#include "core/neighbors/panel_pass.h"
#include "core/neighbors/query_batch.h"

#include <algorithm>
#include <atomic>
#include <span>

namespace embedscope::neighbors {

namespace {

/// The shortlists of a batch take about 64 bytes for each neighbor wanted.
constexpr std::int64_t kQueriesPerBatch = 1024;
constexpr std::int64_t kNeighborsPerBatch = std::int64_t{1} << 19;
constexpr std::int64_t kNumbersPerBatch = std::int64_t{1} << 24;
/// Where a part of the rows is wanted that is no small one, products choose nothing.
constexpr std::int64_t kLargeShare = 8;
/// Fewer queries are sooner answered one by one.
constexpr Eigen::Index kFewestTogether = 5;
/// Rounding the rows takes as long as products of floats with a few dozen queries.
constexpr Eigen::Index kFewestForRounding = 48;

/// Takes a pass over all rows. @return false when stopped.
template <typename Pass>
bool lookAtAll(Pass pass, std::int64_t rows, const base::TaskContext& context) {
  const std::int64_t perBlock = pass.rowsPerBlock();
  const std::int64_t blocks = (rows + perBlock - 1) / perBlock;
  std::atomic<std::int64_t> done{0};
  base::parallelBlocks(blocks, [&](std::int64_t block) {
    if (context.stopRequested()) {
      return;
    }
    const std::int64_t first = block * perBlock;
    pass.look(first, std::min(perBlock, rows - first), context);
    context.report(static_cast<double>(++done) / static_cast<double>(blocks));
  });
  return !context.stopRequested();
}

bool roundingPays(const ExactIndex& index, Eigen::Index queries) {
  return !panelKernels().empty() && index.metric() != Metric::Manhattan &&
         index.table().dimension() <= RoundedRows::kMostDimensions &&
         (index.rounded() || queries >= kFewestForRounding);
}

/// One query after the other.
std::vector<std::vector<Neighbor>> nearestOneByOne(const ExactIndex& index,
                                                   const base::RowMatrix& queries,
                                                   std::span<const std::int64_t> excluded,
                                                   std::int64_t k,
                                                   const base::TaskContext& context) {
  std::vector<std::vector<Neighbor>> answers;
  for (Eigen::Index i = 0; i < queries.rows() && !context.stopRequested(); ++i) {
    const auto place = static_cast<std::size_t>(i);
    answers.push_back(index.nearest(
        std::span<const float>(queries.row(i).data(), static_cast<std::size_t>(queries.cols())), k,
        excluded[place] < 0 ? std::span<const std::int64_t>() : excluded.subspan(place, 1),
        base::TaskContext(context.stopToken(), {})));
    context.report(static_cast<double>(i + 1) / static_cast<double>(queries.rows()));
  }
  return answers;
}

}  // namespace

std::vector<std::vector<Neighbor>> nearestOfQueries(const ExactIndex& index,
                                                    const base::RowMatrix& queries,
                                                    std::span<const std::int64_t> excluded,
                                                    std::int64_t k,
                                                    const base::TaskContext& context) {
  std::vector<std::vector<Neighbor>> answers;
  if (k > index.table().rowCount() / kLargeShare || queries.rows() < kFewestTogether) {
    answers = nearestOneByOne(index, queries, excluded, k, context);
    return context.stopRequested() ? std::vector<std::vector<Neighbor>>() : answers;
  }
  base::useOneBlasThread();
  const bool isRounded = roundingPays(index, queries.rows());
  const Eigen::Index perBatch = std::clamp<std::int64_t>(
      std::min(kNeighborsPerBatch / k,
               kNumbersPerBatch / std::max<std::int64_t>(queries.cols(), 1)),
      16, kQueriesPerBatch);
  answers.resize(static_cast<std::size_t>(queries.rows()));
  for (Eigen::Index first = 0; first < queries.rows(); first += perBatch) {
    const Eigen::Index count = std::min(perBatch, queries.rows() - first);
    const double all = static_cast<double>(queries.rows());
    const base::RowMatrix some = queries.middleRows(first, count);
    QueryBatch batch(
        index, some,
        excluded.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(count)), k);
    const base::TaskContext part =
        context.part(static_cast<double>(first) / all, static_cast<double>(first + count) / all);
    const std::int64_t rows = index.table().rowCount();
    if (!(isRounded ? lookAtAll(PanelPass(batch, panelKernels().front(), part), rows, part)
                    : lookAtAll(EstimatePass(batch), rows, part))) {
      return {};
    }
    base::parallelBlocks(count, [&](std::int64_t query) {
      answers[static_cast<std::size_t>(first + query)] =
          batch.answer(static_cast<std::size_t>(query), base::TaskContext(context.stopToken(), {}));
    });
  }
  return context.stopRequested() ? std::vector<std::vector<Neighbor>>() : answers;
}

}  // namespace embedscope::neighbors
