// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clusters/k_means.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/clusters/k_means_start.h"
#include "core/clusters/lloyd.h"
#include "core/neighbors/graph_rows.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

namespace embedscope::clusters {

namespace {

using base::Error;
using base::ErrorCode;
using neighbors::GraphRows;
using neighbors::Metric;

constexpr double kStarted = 0.3;  ///< share of the progress
constexpr Eigen::Index kRowsPerBlock = 1024;

void check(const Eigen::Ref<const base::RowMatrix>& rows, const KMeansOptions& options) {
  const auto refuse = [](const std::string& sentence) {
    throw Error(ErrorCode::InvalidArgument, sentence);
  };
  if (rows.rows() > std::numeric_limits<std::int32_t>::max()) {
    refuse("k-means takes at most 2,147,483,647 rows, not " + std::to_string(rows.rows()));
  }
  if (rows.cols() < 1) {
    refuse("k-means needs at least one column");
  }
  if (options.clusters < 1 || options.clusters > rows.rows()) {
    refuse(std::to_string(rows.rows()) + " rows cannot be divided into " +
           std::to_string(options.clusters) + " clusters: at least 1, and no more than rows");
  }
  if (options.restarts < 1 || options.iterations < 1 || !(options.tolerance >= 0)) {
    refuse("k-means needs at least 1 restart and 1 iteration, and a tolerance of 0 or more");
  }
  if (options.metric != Metric::Euclidean && options.metric != Metric::Cosine) {
    refuse("k-means takes the metric euclidean or cosine, not " +
           std::string(neighbors::metricName(options.metric)));
  }
  requireFiniteRows(rows);
}

/// The variance of the prepared rows, averaged over the columns.
double meanVariance(const GraphRows& rows) {
  Eigen::RowVectorXd mean = Eigen::RowVectorXd::Zero(rows.values().cols());
  double squares = 0;
  for (Eigen::Index row = 0; row < rows.count(); ++row) {
    mean += rows.values().row(row).cast<double>();
    squares += static_cast<double>(rows.values().row(row).squaredNorm());
  }
  const auto n = static_cast<double>(rows.count());
  return std::max(0.0, squares / n - (mean / n).squaredNorm()) /
         static_cast<double>(rows.values().cols());
}

/// One run, from its start until the centres rest.
struct Run {
  std::vector<std::int32_t> clusters;
  int iterations = 0;
  bool rests = false;
};

/// How far the moves of the centres have come down from the first to the one they rest at.
double progressOf(double first, double now, double limit) {
  if (!(first > limit) || !(now > 0) || !(limit > 0)) {
    return 0;
  }
  return std::clamp(std::log(first / now) / std::log(first / limit), 0.0, 1.0);
}

std::optional<Run> run(const GraphRows& rows, const KMeansOptions& options, double limit,
                       std::uint64_t stream, const base::TaskContext& context) {
  base::RandomStream random(options.seed, stream);
  const auto start = kMeansStart(rows, options.clusters, random, context.part(0, kStarted));
  if (!start) {
    return {};
  }
  Lloyd lloyd(rows, *start, options.metric == Metric::Cosine);
  const base::TaskContext iterating = context.part(kStarted, 1);
  Run result;
  double firstMove = 0;
  while (result.iterations < options.iterations && !result.rests) {
    if (!lloyd.assign(context)) {
      return {};
    }
    ++result.iterations;
    const double move = lloyd.update();
    firstMove = std::max(firstMove, move);
    result.rests = lloyd.moved() == 0 || move <= limit;
    iterating.report(
        std::max(progressOf(firstMove, move, limit),
                 static_cast<double>(result.iterations) / static_cast<double>(options.iterations)));
  }
  if (lloyd.moved() > 0 && !lloyd.assign(context)) {  // to the centres as they are now
    return {};
  }
  result.clusters = lloyd.clusters();
  return result;
}

/// The sum over all rows of the squared distance to their centre, by differences in double.
double squaresWithin(const Eigen::Ref<const base::RowMatrix>& rows, const Clustering& clustering,
                     const base::RowMatrix& centers) {
  const Eigen::Index blocks = (rows.rows() + kRowsPerBlock - 1) / kRowsPerBlock;
  std::vector<double> sums(static_cast<std::size_t>(blocks));
  base::parallelBlocks(blocks, [&](std::int64_t block) {
    const Eigen::Index end = std::min(rows.rows(), (block + 1) * kRowsPerBlock);
    double& sum = sums[static_cast<std::size_t>(block)];
    for (Eigen::Index row = block * kRowsPerBlock; row < end; ++row) {
      const std::int32_t own = clustering.clusters[static_cast<std::size_t>(row)];
      sum += (rows.row(row).cast<double>() - centers.row(own).cast<double>()).squaredNorm();
    }
  });
  double total = 0;
  for (const double sum : sums) {
    total += sum;
  }
  return total;
}

/// The sum over all rows of 1 − cosine to their centre. Rows of zeros have cosine 0 with all.
double anglesWithin(const base::RowMatrix& unit, const Clustering& clustering,
                    const base::RowMatrix& centers) {
  // Between vectors of length 1 half the squared distance is 1 − cosine; a row of zeros is half as
  // far from a centre, or not at all from one of zeros.
  double missing = 0;
  for (Eigen::Index row = 0; row < unit.rows(); ++row) {
    if (unit.row(row).isZero(0)) {
      const std::int32_t own = clustering.clusters[static_cast<std::size_t>(row)];
      missing += 1 - static_cast<double>(centers.row(own).squaredNorm()) / 2;
    }
  }
  return squaresWithin(unit, clustering, centers) / 2 + missing;
}

/// @param rows  as they were given. @param prepared  the same, of length 1 for cosine.
KMeansResult described(const Eigen::Ref<const base::RowMatrix>& rows, const GraphRows& prepared,
                       Metric metric, Run run) {
  KMeansResult result;
  result.iterations = run.iterations;
  result.rests = run.rests;
  result.clustering = orderedBySize(std::move(run.clusters));
  if (metric == Metric::Euclidean) {
    result.centers = centersOf(rows, result.clustering);
    result.inertia = squaresWithin(rows, result.clustering, result.centers);
    return result;
  }
  result.centers = centersOf(prepared.values(), result.clustering);
  for (Eigen::Index center = 0; center < result.centers.rows(); ++center) {
    result.centers.row(center).normalize();  // leaves zeros: rows that cancel each other out
  }
  result.inertia = anglesWithin(prepared.values(), result.clustering, result.centers);
  return result;
}

}  // namespace

std::optional<KMeansResult> kMeans(const Eigen::Ref<const base::RowMatrix>& rows,
                                   const KMeansOptions& options, const base::TaskContext& context) {
  check(rows, options);
  std::optional<KMeansResult> best;
  const GraphRows prepared(rows, options.metric);
  const double limit = options.tolerance * meanVariance(prepared);
  for (int restart = 0; restart < options.restarts; ++restart) {
    const base::TaskContext part =
        context.part(static_cast<double>(restart) / options.restarts,
                     static_cast<double>(restart + 1) / options.restarts);
    std::optional<Run> next =
        run(prepared, options, limit, static_cast<std::uint64_t>(restart), part);
    if (!next) {
      return {};
    }
    KMeansResult result = described(rows, prepared, options.metric, std::move(*next));
    if (!best || result.inertia < best->inertia) {
      best = std::move(result);
    }
  }
  context.report(1);
  return best;
}

}  // namespace embedscope::clusters
