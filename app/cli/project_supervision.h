// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "core/table/column_categories.h"
#include "core/table/embedding_table.h"

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace embedscope::cli {

/// The metadata column that supervises UMAP.
struct SupervisionOptions {
  std::string column;  ///< empty: none
  double weight = 0.5;

  /// Adds the options to a subcommand; this object has to live as long as that.
  void addTo(CLI::App& command);
};

/// The categories of the rows; nothing when none are asked for.
/// @throws Error InvalidArgument: another method than umap, no such column, one that holds no
///         categories. Interrupted when stopped.
std::optional<table::ColumnCategories> supervisingCategories(const SupervisionOptions& options,
                                                             const std::string& method,
                                                             const table::EmbeddingTable& table,
                                                             const base::TaskContext& context);

}  // namespace embedscope::cli
