// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/project_placing.h"

#include "app/cli/subcommand.h"
#include "app/cli/table_options.h"
#include "core/base/error.h"
#include "core/projection/placing.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <utility>

namespace embedscope::cli {

namespace {

constexpr double kPlaced = 0.8;    ///< of the progress
constexpr double kPrepared = 0.1;  ///< of placing

/// The table with its rows as the layout saw them.
table::TablePtr prepared(const table::TablePtr& table, const projection::Preparer& preparer,
                         const base::TaskContext& context) {
  if (preparer.isNone()) {
    return table;
  }
  return std::make_shared<const table::EmbeddingTable>(
      table->name(), table->vocabulary(), finished(preparer.apply(table->values(), context)));
}

base::RowMatrix placesOf(const table::EmbeddingTable& second, const PlacedInto& picture,
                         const base::TaskContext& context) {
  if (const auto* pca = std::get_if<projection::PreparedPca>(&picture.made)) {
    return finished(pca->project(second.values(), context));
  }
  const LaidOut& made = std::get<LaidOut>(picture.made);
  const table::TablePtr table = prepared(picture.table, made.preparer, context.part(0, kPrepared));
  const auto place = [&](const Eigen::Ref<const base::RowMatrix>& rows) {
    return finished(projection::placeRows(table, picture.points, made.options, rows,
                                          context.part(kPrepared, 1)));
  };
  return made.preparer.isNone()
             ? place(second.values())
             : place(finished(made.preparer.apply(second.values(),
                                                  base::TaskContext(context.stopToken(), {}))));
}

}  // namespace

void PlacingOptions::addTo(CLI::App& command) {
  auto* from = command
                   .add_option("--place", file,
                               "A second table of as many columns, whose rows are placed into the "
                               "picture of the first, which stays as it is")
                   ->type_name("OTHER");
  command
      .add_option("--place-output", output,
                  "File for the coordinates of the placed rows, as -o. Without it only the figures "
                  "are told")
      ->type_name("FILE")
      ->needs(from);
}

table::TablePtr tableToPlace(const PlacingOptions& options, const table::EmbeddingTable& first,
                             const Globals& globals) {
  if (options.file.empty()) {
    return nullptr;
  }
  table::TablePtr second = loadTable(options.file, TableOptions(), globals).table;
  if (second->dimension() != first.dimension()) {
    throw base::Error(base::ErrorCode::InvalidArgument,
                      fmt::format("--place: {} has {} columns and the table {}; only rows of as "
                                  "many numbers have a place in its picture",
                                  options.file.string(), second->dimension(), first.dimension()));
  }
  requireFinite(*second, "leave it out of the file");
  return second;
}

Placed place(const table::EmbeddingTable& second, const PlacedInto& picture,
             const base::TaskContext& context) {
  const auto begin = std::chrono::steady_clock::now();
  Placed placed;
  placed.places = placesOf(second, picture, context.part(0, kPlaced));
  placed.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  for (Eigen::Index row = 0; row < placed.places.rows(); ++row) {
    placed.nowhere += placed.places.row(row).allFinite() ? 0 : 1;
  }
  const projection::PlacedKeptOptions measuring{
      .k = std::min(placed.nearest, picture.table->rowCount()),
      .metric = picture.metric,
      .seed = picture.seed};
  placed.nearest = measuring.k;
  placed.measured = std::min(measuring.sample, placed.places.rows() - placed.nowhere);
  placed.neighborsKept =
      projection::placedNeighborsKept(picture.table, picture.points, second.values(), placed.places,
                                      measuring, context.part(kPlaced, 1));
  if (context.stopRequested()) {
    throw Interrupted();
  }
  return placed;
}

void requireFinite(const table::EmbeddingTable& table, const std::string& advice) {
  for (Eigen::Index row = 0; row < table.rowCount(); ++row) {
    if (!table.values().row(row).allFinite()) {
      throw base::Error(base::ErrorCode::NonFinite,
                        fmt::format("row {} (\"{}\") holds NaN or infinity and has no place in a "
                                    "picture; {}",
                                    row, table.vocabulary().label(row), advice));
    }
  }
}

}  // namespace embedscope::cli
