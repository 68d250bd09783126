// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/embedding_table.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope::training {

/// How a categorical feature enters the model.
enum class Approach {
  OneHot,      ///< the 1 × n row itself; nothing to learn, dimension = n
  Identity,    ///< a learned n × n table that starts as the identity
  Random,      ///< a learned n × d table that starts from random numbers
  Pretrained,  ///< a table from a file, frozen or fine-tuned
};

/// How a table starts.
enum class Initialization {
  Identity,   ///< row i has a 1 in column i (columns beyond n stay 0; needs d ≥ 1)
  Normal,     ///< N(0, 1), as PyTorch's nn.Embedding
  Uniform,    ///< uniform in ±0.5/d, as word2vec
  FromTable,  ///< rows of another table, found by label; N(0, 1) where it has none
};

enum class OptimizerKind { Sgd, Adagrad, Adam };

/// Names as the command line and files use them: "one-hot", "normal", "adam", …
std::string_view approachName(Approach approach);
std::optional<Approach> approachFromName(std::string_view name);
std::string_view initializationName(Initialization initialization);
std::optional<Initialization> initializationFromName(std::string_view name);
std::string_view optimizerName(OptimizerKind optimizer);
std::optional<OptimizerKind> optimizerFromName(std::string_view name);

/// How one categorical column becomes numbers.
struct FeatureRecipe {
  std::string name;            ///< of the column
  std::int64_t dimension = 2;  ///< d ≥ 1; for OneHot and Identity the number of categories is used
  Approach approach = Approach::Random;
  Initialization initialization = Initialization::Normal;
  table::TablePtr pretrained;  ///< for Pretrained and FromTable; its dimension is used then
  bool frozen = false;         ///< the table keeps its numbers
};

/// d of the feature's table: n for one-hot and identity, that of the pretrained table where one is
/// used, `dimension` otherwise.
///
/// @param categories  n of the column.
std::int64_t tableDimension(const FeatureRecipe& feature, std::int64_t categories);

/// How the feature's table starts; the approach decides where it leaves no choice.
Initialization tableInitialization(const FeatureRecipe& feature);

/// True when `pretrained` is needed.
bool startsFromTable(const FeatureRecipe& feature);

/// True when the feature enters the model as the one-hot row itself: the approach one-hot, or an
/// identity table that is frozen.
bool isOneHotInput(const FeatureRecipe& feature);

struct OptimizerRecipe {
  OptimizerKind kind = OptimizerKind::Adam;
  double learningRate = 0.001;  ///< > 0
  double momentum = 0;          ///< SGD only, in [0, 1)
};

/// Everything that decides a run. Same recipe, same data, same bits.
struct TrainingRecipe {
  std::vector<FeatureRecipe> features;  ///< one for each categorical column, in its order
  std::vector<std::int64_t> hidden = {32,
                                      16};  ///< widths of the ReLU layers, each ≥ 1; may be empty
  OptimizerRecipe optimizer;
  std::int64_t batchSize = 256;  ///< ≥ 1
  std::int64_t epochs = 20;      ///< ≥ 1
  double validationShare = 0.2;  ///< in [0, 1); 0 means no validation
  std::uint64_t seed = 1;
};

}  // namespace embedscope::training
