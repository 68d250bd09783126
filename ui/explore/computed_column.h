// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/base/task_context.h"
#include "core/neighbors/neighbor_graph.h"
#include "core/table/embedding_table.h"
#include "core/table/row_set.h"

#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace embedscope::explore {

/// What is computed of every row and can be shown as a color.
enum class ComputedColumn {
  Length,               ///< the Euclidean norm of its vector
  RowNumber,            ///< from 0; files of word vectors mostly begin with the most frequent words
  NeighborsKept,        ///< share of its 15 true neighbors among its 15 nearest points
  SelectionSimilarity,  ///< cosine with the mean direction of the selected rows
};

/// What it is computed from.
struct ComputedInputs {
  table::TablePtr table;
  std::shared_ptr<const base::RowMatrix> points;  ///< of the picture; null: there is none
  table::RowSet selection;                        ///< of the table
  /// The neighbors of every row of the table; null: they are found when they are needed.
  std::shared_ptr<const neighbors::NeighborGraph> graph;
};

/// One number for each row; NaN where there is none.
///
/// @param inputs  gets the graph that was found.
/// @return what it is worth when stopped is not defined.
/// @throws Error InvalidArgument: there is no picture, or nothing is selected. As neighborGraph and
///         neighborsKept, of rows that hold NaN or infinity.
/// Cost O(n·d); of neighbors kept that of neighborGraph.
std::vector<double> computedValues(ComputedColumn column, ComputedInputs& inputs,
                                   const base::TaskContext& context = {});

}  // namespace embedscope::explore
