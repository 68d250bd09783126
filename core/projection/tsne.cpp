// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/tsne.h"

#include "core/neighbors/graph_rows.h"
#include "core/projection/affinities.h"
#include "core/projection/component_start.h"
#include "core/projection/required.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace embedscope::projection {

namespace {

constexpr double kLeastLearningRate = 200;
constexpr double kShareOfNeighbors = 0.85;  ///< of the time until the start
constexpr double kShareOfAffinities = 0.95;

void check(Eigen::Index rows, const TsneOptions& options) {
  require(rows >= 3, "t-SNE needs at least 3 rows, not " + std::to_string(rows));
  require(options.dims == 2 || options.dims == 3,
          "t-SNE draws in 2 or 3 dimensions, not " + std::to_string(options.dims));
  require(std::isfinite(options.perplexity) && options.perplexity >= 1,
          "t-SNE needs a perplexity of 1 or more, not " + std::to_string(options.perplexity));
  require(options.iterations >= 1,
          "t-SNE cannot run " + std::to_string(options.iterations) + " iterations");
  require(options.exaggeratedIterations >= 0, "t-SNE cannot run " +
                                                  std::to_string(options.exaggeratedIterations) +
                                                  " iterations with exaggeration");
  require(std::isfinite(static_cast<float>(options.exaggeration)) && options.exaggeration >= 1,
          "t-SNE needs an exaggeration of 1 or more that float32 holds, not " +
              std::to_string(options.exaggeration));
  require(std::isfinite(static_cast<float>(options.learningRate)) && options.learningRate >= 0,
          "t-SNE needs a learning rate of 0 or more that float32 holds, not " +
              std::to_string(options.learningRate));
}

double learningRate(Eigen::Index rows, const TsneOptions& options) {
  return options.learningRate > 0
             ? options.learningRate
             : std::max(static_cast<double>(rows) / options.exaggeration, kLeastLearningRate);
}

}  // namespace

std::optional<Tsne> Tsne::begin(const Eigen::Ref<const base::RowMatrix>& rows,
                                const TsneOptions& options, const base::TaskContext& context) {
  check(rows.rows(), options);
  std::optional<neighbors::NeighborGraph> graph =
      neighbors::neighborGraph(rows,
                               {.k = perplexityNeighbors(options.perplexity, rows.rows()),
                                .metric = options.metric,
                                .exactUpTo = options.exactUpTo,
                                .seed = options.seed},
                               context.part(0, kShareOfNeighbors));
  if (!graph) {
    return {};
  }
  std::optional<SymmetricEdges> weighed =
      affinities(*graph, options.metric, possiblePerplexity(options.perplexity, rows.rows()),
                 context.part(kShareOfNeighbors, kShareOfAffinities));
  if (!weighed) {
    return {};
  }
  graph.reset();
  const neighbors::GraphRows prepared(rows, options.metric);
  std::optional<base::RowMatrix> start =
      tsneStart(prepared.values(), options.dims, options.seed, context.part(kShareOfAffinities, 1));
  if (!start) {
    return {};
  }
  return Tsne(TsneLayout(std::move(*weighed), std::move(*start),
                         {.iterations = options.iterations,
                          .exaggeratedIterations = options.exaggeratedIterations,
                          .exaggeration = options.exaggeration,
                          .learningRate = learningRate(rows.rows(), options)}));
}

}  // namespace embedscope::projection
