// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/training_options.h"
#include "core/data/dataset.h"
#include "core/table/embedding_table.h"
#include "core/training/recipe.h"

#include <filesystem>
#include <functional>

namespace embedscope::cli {

/// Reads a pretrained table.
using TableLoader = std::function<table::TablePtr(const std::filesystem::path& path)>;

/// The recipe for this data.
///
/// @throws Error InvalidArgument: a name that is no feature's, approach's, …, or a value that is
///         no number; and what `load` throws.
training::TrainingRecipe recipeOf(const TrainingOptions& options, const data::Dataset& dataset,
                                  const TableLoader& load);

/// The optimizer of these options, with its own learning rate where none was typed.
/// @throws Error InvalidArgument: a name that is no optimizer's or schedule's.
training::OptimizerRecipe optimizerOf(const TrainingOptions& options);

}  // namespace embedscope::cli
