// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/data_table.h"
#include "core/data/dataset.h"
#include "core/table/embedding_table.h"
#include "core/training/recipe.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace embedscope::cli {

/// What `train` was asked to do, as it was typed.
struct TrainOptions {
  std::filesystem::path data;
  std::string target;
  std::vector<std::string> categorical;
  std::vector<std::string> numeric;
  bool noNumeric = false;
  std::vector<std::string> dimensions;
  std::string approach = "random";
  std::string initialization = "normal";
  std::vector<std::string> pretrained;
  std::vector<std::string> frozen;
  std::string optimizer = "adam";
  std::optional<double> learningRate;
  double momentum = 0;
  std::int64_t epochs = 20;
  std::int64_t batch = 256;
  std::vector<std::int64_t> hidden = {32, 16};
  double validation = 0.2;
  std::uint64_t seed = 1;
  std::filesystem::path output;
  std::string format = "csv";
  bool json = false;

  /// Adds the options to the subcommand; this object has to live as long as that.
  void addTo(CLI::App& command);
};

/// The columns that take part: those named, or by default every column of labels with at most
/// 1,000 different values and every column of numbers, the target and columns named elsewhere
/// aside.
///
/// @throws Error InvalidArgument: a name that is not a column's.
data::DatasetSelection selectionOf(const TrainOptions& options, const data::DataTable& table);

/// Reads a pretrained table.
using TableLoader = std::function<table::TablePtr(const std::filesystem::path& path)>;

/// The recipe for this data.
///
/// @throws Error InvalidArgument: a name that is no feature's, approach's or optimizer's, or a
///         dimension that is no number; and what `load` throws.
training::TrainingRecipe recipeOf(const TrainOptions& options, const data::Dataset& dataset,
                                  const TableLoader& load);

}  // namespace embedscope::cli
