// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/faithfulness.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/row_sample.h"
#include "core/neighbors/graph_rows.h"

#include <algorithm>
#include <atomic>
#include <limits>
#include <string>
#include <utility>

namespace embedscope::projection {

namespace {

using base::Error;
using base::ErrorCode;
using neighbors::GraphRows;

/// The distances of one row to all rows; the row itself is infinitely far.
std::vector<float> distancesOf(const GraphRows& rows, Eigen::Index row) {
  std::vector<float> distances(static_cast<std::size_t>(rows.count()));
  for (Eigen::Index other = 0; other < rows.count(); ++other) {
    distances[static_cast<std::size_t>(other)] = rows.distance(row, other);
  }
  distances[static_cast<std::size_t>(row)] = std::numeric_limits<float>::infinity();
  return distances;
}

std::vector<std::int32_t> nearest(const std::vector<float>& distances, Eigen::Index k) {
  std::vector<std::pair<float, std::int32_t>> all;
  all.reserve(distances.size());
  for (const float distance : distances) {
    all.emplace_back(distance, static_cast<std::int32_t>(all.size()));
  }
  std::nth_element(all.begin(), all.begin() + (k - 1), all.end());
  std::vector<std::int32_t> rows;
  for (Eigen::Index i = 0; i < k; ++i) {
    rows.push_back(all[static_cast<std::size_t>(i)].second);
  }
  return rows;
}

/// 1 for the nearest row.
Eigen::Index rankOf(const std::vector<float>& distances, std::int32_t row) {
  const auto place = static_cast<std::size_t>(row);
  const float own = distances[place];
  Eigen::Index nearer = 0;
  for (std::size_t i = 0; i < distances.size(); ++i) {
    nearer += static_cast<Eigen::Index>(distances[i] < own || (distances[i] == own && i < place));
  }
  return nearer + 1;
}

/// What one row adds to the measures.
struct RowMeasure {
  double penalty = 0;  ///< Σ (rank − k) over false neighbors
  double kept = 0;
};

RowMeasure measure(const GraphRows& rows, const GraphRows& points, Eigen::Index row,
                   Eigen::Index k) {
  const std::vector<float> distances = distancesOf(rows, row);
  RowMeasure out;
  for (const std::int32_t shown : nearest(distancesOf(points, row), k)) {
    const Eigen::Index rank = rankOf(distances, shown);
    out.penalty += static_cast<double>(std::max<Eigen::Index>(rank - k, 0));
    out.kept += rank <= k ? 1.0 / static_cast<double>(k) : 0.0;
  }
  return out;
}

void check(const Eigen::Ref<const base::RowMatrix>& rows,
           const Eigen::Ref<const base::RowMatrix>& points, const FaithfulnessOptions& options) {
  if (rows.rows() < 3 || rows.rows() != points.rows()) {
    throw Error(ErrorCode::InvalidArgument,
                "the faithfulness of a picture needs at least 3 rows and a point for each, not " +
                    std::to_string(rows.rows()) + " rows and " + std::to_string(points.rows()) +
                    " points");
  }
  if (options.k < 1 || options.sample < 1) {
    throw Error(ErrorCode::InvalidArgument,
                "the faithfulness of a picture needs at least one neighbor and one row to measure");
  }
}

}  // namespace

std::optional<Faithfulness> faithfulness(const Eigen::Ref<const base::RowMatrix>& rows,
                                         const Eigen::Ref<const base::RowMatrix>& points,
                                         const FaithfulnessOptions& options,
                                         const base::TaskContext& context) {
  check(rows, points, options);
  const GraphRows prepared(rows, options.metric);
  const GraphRows shown(points, neighbors::Metric::Euclidean);
  const Eigen::Index n = rows.rows();
  Faithfulness result;
  result.k = std::min(options.k, (n - 1) / 2);
  result.isSampled = n > options.exactUpTo;
  result.rows = base::sampledRows(n, result.isSampled ? options.sample : n, options.seed);
  result.isSampled = static_cast<Eigen::Index>(result.rows.size()) < n;

  const std::size_t measured = result.rows.size();
  std::vector<RowMeasure> measures(measured);
  std::atomic<std::size_t> done{0};
  base::parallelBlocks(static_cast<std::int64_t>(measured), [&](std::int64_t i) {
    if (!context.stopRequested()) {
      const auto place = static_cast<std::size_t>(i);
      measures[place] = measure(prepared, shown, result.rows[place], result.k);
      context.report(static_cast<double>(++done) / static_cast<double>(measured));
    }
  });
  if (context.stopRequested()) {
    return {};
  }
  const double worst =
      static_cast<double>(result.k) * static_cast<double>(2 * n - 3 * result.k - 1);
  result.rowTrustworthiness.resize(static_cast<Eigen::Index>(measured));
  result.rowNeighborsKept.resize(static_cast<Eigen::Index>(measured));
  RowMeasure sum;
  for (std::size_t i = 0; i < measured; ++i) {
    sum.penalty += measures[i].penalty;
    sum.kept += measures[i].kept;
    result.rowTrustworthiness(static_cast<Eigen::Index>(i)) =
        static_cast<float>(1 - 2 * measures[i].penalty / worst);
    result.rowNeighborsKept(static_cast<Eigen::Index>(i)) = static_cast<float>(measures[i].kept);
  }
  result.trustworthiness = 1 - 2 * sum.penalty / (worst * static_cast<double>(measured));
  result.neighborsKept = sum.kept / static_cast<double>(measured);
  return result;
}

std::vector<Eigen::Index> drawnRows(const Eigen::Ref<const base::RowMatrix>& rows,
                                    const Eigen::Ref<const base::RowMatrix>& points) {
  std::vector<Eigen::Index> drawn;
  for (Eigen::Index row = 0; row < rows.rows(); ++row) {
    if (points.row(row).allFinite() && rows.row(row).allFinite()) {
      drawn.push_back(row);
    }
  }
  return drawn;
}

std::optional<Faithfulness> drawnFaithfulness(const Eigen::Ref<const base::RowMatrix>& rows,
                                              const Eigen::Ref<const base::RowMatrix>& points,
                                              const FaithfulnessOptions& options,
                                              const base::TaskContext& context) {
  check(rows, points, options);
  const std::vector<Eigen::Index> drawn = drawnRows(rows, points);
  if (std::ssize(drawn) == rows.rows()) {
    return faithfulness(rows, points, options, context);
  }
  const base::RowMatrix drawnRows = rows(drawn, Eigen::all);
  const base::RowMatrix drawnPoints = points(drawn, Eigen::all);
  std::optional<Faithfulness> result = faithfulness(drawnRows, drawnPoints, options, context);
  if (result) {
    result->isSampled = true;
    for (std::int32_t& row : result->rows) {
      row = static_cast<std::int32_t>(drawn[static_cast<std::size_t>(row)]);
    }
  }
  return result;
}

}  // namespace embedscope::projection
