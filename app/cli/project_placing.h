// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/base/task_context.h"
#include "core/projection/layout.h"
#include "core/projection/prepared_pca.h"
#include "core/table/embedding_table.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>

namespace CLI {
class App;
}

namespace embedscope::cli {

struct Globals;

/// Rows of a second table that go into the picture of the first.
struct PlacingOptions {
  std::filesystem::path file;  ///< of the second table; empty: nothing is placed
  std::filesystem::path output;

  /// Adds the options to a subcommand; this object has to live as long as that.
  void addTo(CLI::App& command);
};

/// What a layout was made of and with.
struct LaidOut {
  projection::Preparer preparer;  ///< of the rows
  projection::LayoutOptions options;
};

/// The picture of the first table, and what made it.
struct PlacedInto {
  table::TablePtr table;
  const base::RowMatrix& points;
  std::variant<projection::PreparedPca, LaidOut> made;
  neighbors::Metric metric;  ///< of what is measured
  std::uint64_t seed = 1;
};

/// What became of the second table's rows.
struct Placed {
  base::RowMatrix places;               ///< NaN: no place
  Eigen::Index nowhere = 0;             ///< rows without a place
  double seconds = 0;                   ///< of placing alone
  std::optional<double> neighborsKept;  ///< nothing: no row has a place
  Eigen::Index nearest = 15;            ///< neighbors that were looked at
  Eigen::Index measured = 0;            ///< rows
};

/// Reads the second table. @return null when none is asked for.
/// @throws Error InvalidArgument: rows of another dimension than the first table's. NonFinite.
table::TablePtr tableToPlace(const PlacingOptions& options, const table::EmbeddingTable& first,
                             const Globals& globals);

/// Places its rows. @throws Interrupted when stopped.
Placed place(const table::EmbeddingTable& second, const PlacedInto& picture,
             const base::TaskContext& context);

/// Throws Error NonFinite, with the first row that holds NaN or infinity, and this advice.
void requireFinite(const table::EmbeddingTable& table, const std::string& advice);

}  // namespace embedscope::cli
