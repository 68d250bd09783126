// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/placing.h"

#include "core/base/parallel.h"
#include "core/base/row_sample.h"
#include "core/neighbors/exact_index.h"
#include "core/projection/required.h"
#include "core/projection/tsne_placing.h"
#include "core/projection/umap_placing.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace embedscope::projection {

namespace {

using base::RowMatrix;
using neighbors::Metric;
using neighbors::Neighbor;

using Rows = Eigen::Ref<const RowMatrix>;

constexpr Eigen::Index kRowsAtOnce = 2048;  ///< whose neighbor lists are held
constexpr Eigen::Index kRowsPerBlock = 16;
constexpr double kFound = 0.5;           ///< of the progress
constexpr float kSameDirection = 1e-6F;  ///< what float32 leaves of 1 − cosine

void requireFinite(const Rows& rows, const std::string& what) {
  for (Eigen::Index row = 0; row < rows.rows(); ++row) {
    if (!rows.row(row).allFinite()) {
      throw base::Error(base::ErrorCode::NonFinite,
                        what + " " + std::to_string(row) + " holds NaN or infinity");
    }
  }
}

void check(const table::EmbeddingTable& table, const RowMatrix& points, const Rows& rows) {
  require(points.rows() >= 3,
          "a picture has 3 points or more, not " + std::to_string(points.rows()));
  require(points.rows() == table.rowCount(), "the picture has " + std::to_string(points.rows()) +
                                                 " points, the table " +
                                                 std::to_string(table.rowCount()) + " rows");
  require(points.cols() == 2 || points.cols() == 3,
          "a picture has 2 or 3 dimensions, not " + std::to_string(points.cols()));
  require(rows.cols() == table.dimension(), "rows of " + std::to_string(rows.cols()) +
                                                " numbers have no place in a picture of rows of " +
                                                std::to_string(table.dimension()));
}

void requireMetric(Metric metric) {
  require(metric == Metric::Cosine || metric == Metric::Euclidean,
          "pictures go by cosine or Euclidean distances, not by " +
              std::string(neighbors::metricName(metric)));
}

float distanceOf(const Neighbor& neighbor, Metric metric) {
  if (metric == Metric::Euclidean) {
    return neighbor.score;
  }
  const float distance = 1 - neighbor.score;
  return distance > kSameDirection ? distance : 0.0F;
}

/// Places one row by the list of its nearest.
template <typename Placing>
void placeByNearest(const Placing& placing, const RowMatrix& points,
                    std::span<const Neighbor> nearest, Metric metric, float* place) {
  std::vector<std::int32_t> rows;
  std::vector<float> distances;
  for (const Neighbor& neighbor : nearest) {
    rows.push_back(static_cast<std::int32_t>(neighbor.row));
    distances.push_back(distanceOf(neighbor, metric));
  }
  if (nearest.empty()) {  // no row of the table is finite
    std::fill_n(place, points.cols(), std::numeric_limits<float>::quiet_NaN());
  } else if (distances.front() > 0) {
    placing.place(rows, distances, place);
  } else {
    std::copy_n(points.row(rows.front()).data(), points.cols(), place);
  }
}

template <typename Placing>
std::optional<RowMatrix> placeAll(const Placing& placing, const neighbors::ExactIndex& index,
                                  const RowMatrix& points, const Rows& rows,
                                  const base::TaskContext& context) {
  const Metric metric = index.metric();
  RowMatrix places(rows.rows(), points.cols());
  for (Eigen::Index first = 0; first < rows.rows(); first += kRowsAtOnce) {
    const Eigen::Index count = std::min(kRowsAtOnce, rows.rows() - first);
    const base::TaskContext part =
        context.part(static_cast<double>(first) / static_cast<double>(rows.rows()),
                     static_cast<double>(first + count) / static_cast<double>(rows.rows()));
    const std::vector<std::vector<Neighbor>> lists = index.nearestOfMany(
        rows.middleRows(first, count), placing.neighbors(), part.part(0, kFound));
    if (context.stopRequested()) {
      return {};
    }
    base::parallelBlocks((count + kRowsPerBlock - 1) / kRowsPerBlock, [&](std::int64_t block) {
      const Eigen::Index end = std::min(count, (block + 1) * kRowsPerBlock);
      for (Eigen::Index i = block * kRowsPerBlock; i < end && !context.stopRequested(); ++i) {
        if (metric == Metric::Cosine && rows.row(first + i).isZero(0)) {
          places.row(first + i).setConstant(std::numeric_limits<float>::quiet_NaN());
        } else {
          placeByNearest(placing, points, lists[static_cast<std::size_t>(i)], metric,
                         places.row(first + i).data());
        }
      }
    });
    if (context.stopRequested()) {
      return {};
    }
    part.report(1);
  }
  return places;
}

/// `count` of the rows that have a place, rising.
std::vector<Eigen::Index> sampleOf(const RowMatrix& places, Eigen::Index count,
                                   std::uint64_t seed) {
  std::vector<Eigen::Index> rows;
  for (Eigen::Index row = 0; row < places.rows(); ++row) {
    if (places.row(row).allFinite()) {
      rows.push_back(row);
    }
  }
  std::vector<Eigen::Index> sample;
  for (const std::int32_t place : base::sampledRows(std::ssize(rows), count, seed)) {
    sample.push_back(rows[static_cast<std::size_t>(place)]);
  }
  return sample;
}

/// How many of these rows' points are among as many nearest to a place; one as far as the last
/// counts as among them.
Eigen::Index countNear(const RowMatrix& points, const Eigen::RowVectorXf& place,
                       std::span<const Neighbor> nearest) {
  const Eigen::VectorXf squares = (points.rowwise() - place).rowwise().squaredNorm();
  std::vector<float> sorted(squares.begin(), squares.end());
  const auto last = sorted.begin() + static_cast<std::ptrdiff_t>(nearest.size()) - 1;
  std::nth_element(sorted.begin(), last, sorted.end());
  return std::ranges::count_if(
      nearest, [&](const Neighbor& neighbor) { return squares[neighbor.row] <= *last; });
}

}  // namespace

std::optional<RowMatrix> placeRows(const table::TablePtr& table, const RowMatrix& points,
                                   const LayoutOptions& options, const Rows& rows,
                                   const base::TaskContext& context) {
  check(*table, points, rows);
  requireMetric(layoutMetric(options));
  requireFinite(points, "point");
  requireFinite(rows, "new row");
  const neighbors::ExactIndex index(table, layoutMetric(options));
  if (const auto* umap = std::get_if<UmapOptions>(&options)) {
    return placeAll(UmapPlacing(points, *umap), index, points, rows, context);
  }
  const auto placing = TsnePlacing::begin(points, std::get<TsneOptions>(options), context);
  return placing ? placeAll(*placing, index, points, rows, context) : std::nullopt;
}

std::optional<double> placedNeighborsKept(const table::TablePtr& table, const RowMatrix& points,
                                          const Rows& rows, const RowMatrix& places,
                                          const PlacedKeptOptions& options,
                                          const base::TaskContext& context) {
  check(*table, points, rows);
  require(places.rows() == rows.rows() && places.cols() == points.cols(),
          "there is not a place for each new row");
  require(options.k >= 1 && options.sample >= 1, "k and sample have to be 1 or more");
  requireFinite(points, "point");
  const std::vector<Eigen::Index> sample = sampleOf(places, options.sample, options.seed);
  RowMatrix queries(static_cast<Eigen::Index>(sample.size()), rows.cols());
  for (std::size_t i = 0; i < sample.size(); ++i) {
    queries.row(static_cast<Eigen::Index>(i)) = rows.row(sample[i]);
  }
  if (sample.empty()) {
    return {};
  }
  const auto lists =
      neighbors::ExactIndex(table, options.metric).nearestOfMany(queries, options.k, context);
  std::vector<double> shares(sample.size());
  base::parallelBlocks(static_cast<std::int64_t>(lists.size()), [&](std::int64_t i) {
    if (!context.stopRequested()) {
      const auto& nearest = lists[static_cast<std::size_t>(i)];
      const Eigen::Index kept =
          countNear(points, places.row(sample[static_cast<std::size_t>(i)]), nearest);
      shares[static_cast<std::size_t>(i)] =
          static_cast<double>(kept) / static_cast<double>(nearest.size());
    }
  });
  if (context.stopRequested()) {
    return {};
  }
  return std::accumulate(shares.begin(), shares.end(), 0.0) / static_cast<double>(shares.size());
}

}  // namespace embedscope::projection
