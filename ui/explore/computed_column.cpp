// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/computed_column.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/neighbors/exact_index.h"
#include "core/projection/faithfulness.h"
#include "core/projection/neighbors_kept.h"
#include "core/table/row_lengths.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>

namespace embedscope::explore {

namespace {

constexpr std::int64_t kRowsInBlock = 1024;
constexpr Eigen::Index kNeighbors = 15;  // as many as Faithfulness measures
constexpr double kGraphPart = 0.9;       // of the work

/// A number for every row, in parallel.
std::vector<double> valuesByRow(std::int64_t rows, const base::TaskContext& context,
                                const std::function<double(std::int64_t row)>& value) {
  std::vector<double> values(static_cast<std::size_t>(rows));
  base::parallelBlocks((rows + kRowsInBlock - 1) / kRowsInBlock, [&](std::int64_t block) {
    const std::int64_t end = std::min((block + 1) * kRowsInBlock, rows);
    for (std::int64_t row = block * kRowsInBlock; row < end && !context.stopRequested(); ++row) {
      values[static_cast<std::size_t>(row)] = value(row);
    }
  });
  return values;
}

std::shared_ptr<const neighbors::NeighborGraph> graphOf(
    const Eigen::Ref<const base::RowMatrix>& rows, const base::TaskContext& context) {
  auto found =
      neighbors::neighborGraph(rows, {.k = std::min(kNeighbors, rows.rows() - 1)}, context);
  return found ? std::make_shared<const neighbors::NeighborGraph>(std::move(*found)) : nullptr;
}

/// Among the rows that are drawn; NaN for the others.
std::vector<double> keptAmong(const std::vector<Eigen::Index>& drawn, const ComputedInputs& inputs,
                              const base::TaskContext& context) {
  std::vector<double> values(static_cast<std::size_t>(inputs.table->rowCount()),
                             std::numeric_limits<double>::quiet_NaN());
  if (std::ssize(drawn) < 3) {
    throw base::Error(base::ErrorCode::InvalidArgument,
                      "fewer than 3 rows are drawn: there are no neighbors to compare");
  }
  const auto graph = graphOf(base::RowMatrix(inputs.table->values()(drawn, Eigen::all)),
                             context.part(0, kGraphPart));
  const auto kept = graph ? projection::neighborsKept(*graph, (*inputs.points)(drawn, Eigen::all),
                                                      context.part(kGraphPart, 1))
                          : std::nullopt;
  for (std::size_t i = 0; kept && i < drawn.size(); ++i) {
    values[static_cast<std::size_t>(drawn[i])] =
        static_cast<double>((*kept)(static_cast<Eigen::Index>(i)));
  }
  return values;
}

std::vector<double> neighborsKept(ComputedInputs& inputs, const base::TaskContext& context) {
  if (!inputs.points) {
    throw base::Error(base::ErrorCode::InvalidArgument,
                      "there is no picture yet whose neighbors could be compared");
  }
  if (!inputs.points->allFinite()) {
    return keptAmong(projection::drawnRows(inputs.table->values(), *inputs.points), inputs,
                     context);
  }
  if (!inputs.graph) {
    inputs.graph = graphOf(inputs.table->values(), context.part(0, kGraphPart));
  }
  const auto kept = inputs.graph ? projection::neighborsKept(*inputs.graph, *inputs.points,
                                                             context.part(kGraphPart, 1))
                                 : std::nullopt;
  return kept ? std::vector<double>(kept->begin(), kept->end()) : std::vector<double>();
}

/// The direction that the rows have in common, of length 1 unless they cancel each other out.
std::vector<float> meanDirection(const table::EmbeddingTable& table,
                                 const std::vector<std::int64_t>& rows) {
  Eigen::VectorXd sum = Eigen::VectorXd::Zero(table.dimension());
  for (const std::int64_t row : rows) {
    const Eigen::VectorXd vector = table.values().row(row).transpose().cast<double>();
    const double length = vector.norm();
    if (std::isfinite(length) && length > 0) {
      sum += vector / length;
    }
  }
  const double length = sum.norm();
  const Eigen::VectorXf direction = (length > 0 ? sum / length : sum).cast<float>();
  return {direction.begin(), direction.end()};
}

std::vector<double> selectionSimilarity(const ComputedInputs& inputs,
                                        const base::TaskContext& context) {
  if (inputs.selection.empty()) {
    throw base::Error(base::ErrorCode::InvalidArgument,
                      "no row is selected: select some, and every row is colored by how similar "
                      "it is to them");
  }
  const std::vector<float> direction = meanDirection(*inputs.table, inputs.selection.rows());
  const neighbors::ExactIndex index(inputs.table, neighbors::Metric::Cosine);
  return valuesByRow(inputs.table->rowCount(), context, [&](std::int64_t row) {
    return static_cast<double>(index.score(row, direction));
  });
}

}  // namespace

std::vector<double> computedValues(ComputedColumn column, ComputedInputs& inputs,
                                   const base::TaskContext& context) {
  const table::EmbeddingTable& table = *inputs.table;
  switch (column) {
    case ComputedColumn::Length:
      return table::rowLengths(table, context);
    case ComputedColumn::RowNumber:
      return valuesByRow(table.rowCount(), context,
                         [](std::int64_t row) { return static_cast<double>(row); });
    case ComputedColumn::NeighborsKept:
      return neighborsKept(inputs, context);
    case ComputedColumn::SelectionSimilarity:
      return selectionSimilarity(inputs, context);
  }
  return {};
}

}  // namespace embedscope::explore
