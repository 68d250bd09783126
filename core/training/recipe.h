// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/embedding_table.h"
#include "core/training/loss_kind.h"

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

/// How a table starts. They differ by two orders of magnitude in scale, so the choice has a name.
enum class Initialization {
  Identity,          ///< row i has a 1 in column i (columns beyond n stay 0; needs d ≥ 1)
  Normal,            ///< N(0, 1), as PyTorch's nn.Embedding
  Uniform,           ///< uniform in ±0.5/d, as word2vec
  FromTable,         ///< rows of another table, found by label; N(0, 1) where it has none
  PermutedIdentity,  ///< row i has a 1 in column n − 1 − i: [[0, 1], [1, 0]] for two categories
  TruncatedNormal,   ///< standard deviation 0.01, cut at two of them, as fastai
  Xavier,            ///< uniform in ±√(6 / (n + d)): Glorot and Bengio, AISTATS 2010
};

enum class OptimizerKind {
  Sgd,
  Adagrad,
  Adam,        ///< dense: every row of a table has moments and keeps moving
  AdamW,       ///< Adam with weight decay apart from the gradient
  SparseAdam,  ///< lazy Adam for tables (rows of the batch only), Adam for the rest
};

/// How the learning rate goes over a run of T steps; rate(t) for step t, counted from 0.
enum class Schedule {
  Constant,
  Cosine,    ///< r · (1 + cos(π t / T)) / 2, as PyTorch's CosineAnnealingLR to 0, by steps
  OneCycle,  ///< from r/25 up to r over the first 30 %, then down to r/250,000, both by cosine
};

/// What a category that no training row has means when rows are judged or exported.
enum class UnseenRule {
  OwnRow,       ///< its own row, as it started
  MeanOfKnown,  ///< the mean of the rows of categories that were trained
};

/// Names as the command line and files use them: "one-hot", "normal", "adam", …
std::string_view approachName(Approach approach);
std::optional<Approach> approachFromName(std::string_view name);
std::string_view initializationName(Initialization initialization);
std::optional<Initialization> initializationFromName(std::string_view name);
std::string_view optimizerName(OptimizerKind optimizer);
std::optional<OptimizerKind> optimizerFromName(std::string_view name);
std::string_view scheduleName(Schedule schedule);
std::optional<Schedule> scheduleFromName(std::string_view name);
std::string_view unseenRuleName(UnseenRule rule);
std::optional<UnseenRule> unseenRuleFromName(std::string_view name);
std::string_view lossName(LossKind loss);
std::optional<LossKind> lossFromName(std::string_view name);

/// How one categorical column becomes numbers.
struct FeatureRecipe {
  std::string name;            ///< of the column
  std::int64_t dimension = 2;  ///< d ≥ 1; for OneHot and Identity the number of categories is used
  Approach approach = Approach::Random;
  Initialization initialization = Initialization::Normal;
  table::TablePtr pretrained;  ///< for Pretrained and FromTable; its dimension is used then
  bool frozen = false;         ///< the table keeps its numbers

  // The options of PyTorch's nn.Embedding; only for approaches that look rows up in a table.
  std::vector<std::int32_t> frozenRows{};    ///< codes whose rows keep their numbers
  std::optional<std::int64_t> paddingRow{};  ///< gets no gradient; −1 is the last row
  std::optional<double> maxNorm{};  ///< > 0: rows looked up are shortened to it before the product
  double normType = 2;              ///< p of that norm, > 0
  bool scaleGradientByFrequency = false;  ///< divided by how often a category is in the batch

  /// One-hot only: form the b × n matrix and multiply, as a beginner writes it. Same function,
  /// other bits and far slower for large n.
  bool denseOneHot = false;

  UnseenRule unseen = UnseenRule::OwnRow;
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
  double weightDecay = 0;       ///< ≥ 0; added to the gradient (L2), for AdamW apart from it
  Schedule schedule = Schedule::Constant;
  std::optional<double> clipNorm{};  ///< > 0: the gradient of all parameters is shortened to it
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

  /// Nothing: squared error for numbers, softmax cross-entropy for labels.
  std::optional<LossKind> loss{};
  double huberDelta = 1;  ///< > 0, in standard deviations of the target
  double dropout = 0;     ///< in [0, 1): share of hidden units left out of a training step

  /// Early stopping: the run ends after so many epochs without a lower validation loss, and its
  /// parameters are then those of the best epoch. 0: all epochs, last parameters.
  std::int64_t patience = 0;
};

}  // namespace embedscope::training
