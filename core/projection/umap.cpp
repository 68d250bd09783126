// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/umap.h"

#include "core/neighbors/graph_rows.h"
#include "core/projection/component_start.h"
#include "core/projection/fuzzy_set.h"
#include "core/projection/required.h"
#include "core/projection/supervision.h"
#include "core/projection/umap_curve.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>
#include <utility>

namespace embedscope::projection {

namespace {

constexpr Eigen::Index kFewRows = 10'000;
constexpr std::int64_t kEpochsOfFew = 500;
constexpr std::int64_t kEpochsOfMany = 200;
constexpr double kShareOfNeighbors = 0.9;  ///< of the time until the start

void check(Eigen::Index rows, const UmapOptions& options) {
  require(rows >= 3, "UMAP needs at least 3 rows, not " + std::to_string(rows));
  require(options.dims == 2 || options.dims == 3,
          "UMAP draws in 2 or 3 dimensions, not " + std::to_string(options.dims));
  require(options.neighbors >= 2, "UMAP needs at least 2 neighbors (the row itself counts), not " +
                                      std::to_string(options.neighbors));
  require(options.epochs >= 0, "UMAP cannot run " + std::to_string(options.epochs) + " epochs");
  require(options.negativeSamples >= 0,
          "UMAP cannot draw " + std::to_string(options.negativeSamples) + " negative samples");
  require(std::isfinite(options.learningRate) && options.learningRate > 0,
          "UMAP needs a learning rate above 0, not " + std::to_string(options.learningRate));
  require(options.categories.empty() || std::ssize(options.categories) == rows,
          "UMAP was given " + std::to_string(options.categories.size()) + " categories for " +
              std::to_string(rows) + " rows");
  require(options.targetWeight >= 0 && options.targetWeight <= 1,
          "UMAP needs a target weight from 0 to 1, not " + std::to_string(options.targetWeight));
}

}  // namespace

std::int64_t umapEpochs(Eigen::Index rows, const UmapOptions& options) {
  if (options.epochs > 0) {
    return options.epochs;
  }
  return rows <= kFewRows ? kEpochsOfFew : kEpochsOfMany;
}

std::optional<Umap> Umap::begin(const Eigen::Ref<const base::RowMatrix>& rows,
                                const UmapOptions& options, const base::TaskContext& context) {
  check(rows.rows(), options);
  const UmapCurve curve = fitUmapCurve(options.spread, options.minDist);
  const auto graph = neighbors::neighborGraph(rows,
                                              {.k = std::min(options.neighbors, rows.rows()) - 1,
                                               .metric = options.metric,
                                               .exactUpTo = options.exactUpTo,
                                               .seed = options.seed},
                                              context.part(0, kShareOfNeighbors));
  if (!graph) {
    return {};
  }
  // What is compared by cosine is also laid out by direction.
  const neighbors::GraphRows prepared(rows, options.metric);
  std::optional<base::RowMatrix> start =
      umapStart(prepared.values(), options.dims, options.seed, context.part(kShareOfNeighbors, 1));
  if (!start) {
    return {};
  }
  std::optional<SymmetricEdges> set = fuzzySet(*graph, context);
  if (set && !options.categories.empty()) {
    set = supervised(std::move(*set), options.categories, options.targetWeight, context);
  }
  if (!set) {
    return {};
  }
  return Umap(UmapLayout(std::move(*set), std::move(*start),
                         {.curve = curve,
                          .epochs = umapEpochs(rows.rows(), options),
                          .negativeSamples = options.negativeSamples,
                          .learningRate = options.learningRate,
                          .seed = options.seed}));
}

}  // namespace embedscope::projection
