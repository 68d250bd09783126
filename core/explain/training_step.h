// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/table/embedding_table.h"
#include "core/training/lookup_options.h"
#include "core/training/recipe.h"

#include <cstdint>
#include <span>
#include <vector>

namespace embedscope::explain {

/// Most numbers of a table (n · d), and of the looked-up rows (b · d), that a TrainingStep takes:
/// it copies them several times.
inline constexpr std::int64_t kMostTrainedNumbers = 16'777'216;

/// What one step trains on. A plain value.
struct TrainingStepSetup {
  table::TablePtr table;            ///< n × d, as it stands before everything
  std::vector<std::int32_t> batch;  ///< b ≥ 1 rows, one for each example; may repeat
  std::vector<float> targets;       ///< b numbers
  std::vector<float> headWeights;   ///< d numbers of the linear layer behind the lookup
  float headBias = 0;

  /// Moves the table and the head. Its schedule is not used: the learning rate is that of the step.
  training::OptimizerRecipe optimizer;

  training::LookupOptions lookup;  ///< padding, max-norm, scaling by frequency, frozen rows
  bool frozen = false;             ///< the whole table keeps its numbers; max-norm still shortens

  /// Rows of steps that the same model and optimizer take before this one, each a batch of one with
  /// the target `earlierTarget`, so that there is momentum.
  std::vector<std::int32_t> earlier;

  float earlierTarget = 1;
};

/// How a row came to change, or why it did not.
enum class RowFate {
  Untouched,  ///< not in the batch, and did not move
  Learned,    ///< in the batch, with a gradient (which may be zero)
  Carried,    ///< not in the batch; moved by momentum or moments of earlier steps
  Decayed,    ///< not in the batch; moved by weight decay alone
  Padding,    ///< in the batch, but no gradient as padding; weight decay may still move it
  Frozen,     ///< it or the whole table keeps its numbers, in the batch or not
};

/// The gradient of the loss at one row of the table.
struct RowGradient {
  std::int64_t row = 0;
  std::vector<std::int32_t> examples;  ///< places in the batch that look it up, ascending
  base::RowMatrix contributions;       ///< what each of them adds; frequency × d
  std::vector<float> gradient;         ///< d numbers: their sum, as the engine has it

  /// How often the batch looks the row up.
  std::int64_t frequency() const { return static_cast<std::int64_t>(examples.size()); }
};

/// One row on its way through the step; d numbers each.
struct RowChange {
  RowFate fate = RowFate::Untouched;
  bool shortened = false;         ///< by max-norm
  std::vector<float> before;      ///< after the earlier steps, before this one
  std::vector<float> afterNorm;   ///< as the step looks it up
  std::vector<float> after;       ///< the step
  std::vector<float> difference;  ///< after − before
};

/// The linear layer behind the lookup; it trains in this step and in the earlier ones.
struct HeadChange {
  std::vector<float> weightsBefore;  ///< d, after the earlier steps
  std::vector<float> weightGradient;
  std::vector<float> weightsAfter;
  float biasBefore = 0;
  float biasGradient = 0;
  float biasAfter = 0;
};

/// One training step of an embedding, taken apart: max-norm, lookup, linear layer, mean squared
/// error, the way back, and the optimizer's update. Every number comes from the engine that trains
/// (training::Model and training::makeOptimizer), in float32.
///
/// There are three tables: start() is that of the setup; before() has taken the earlier steps (the
/// same numbers without any); after() has taken this step as well. Gradients are at before(), with
/// the rows of the batch shortened where there is a max-norm.
///
/// Construction does the work: O(n·d) for each step with an optimizer that moves every row
/// (momentum, moments, weight decay), O(b·d) for each with one that does not, and O(n·d) once.
/// Memory: two tables, and up to three more during construction. Deterministic. Threads: concurrent
/// calls are safe.
class TrainingStep {
 public:
  /// @throws base::Error InvalidArgument: a table without rows or columns, or of more than
  ///         kMostTrainedNumbers numbers; an empty batch; rows outside the table; targets or head
  ///         weights that do not match; options of optimizer or lookup that do not fit, such as a
  ///         learning rate that is not above 0 or sparse-adam with weight decay.
  explicit TrainingStep(const TrainingStepSetup& setup);

  const TrainingStepSetup& setup() const { return m_setup; }

  /// n.
  Eigen::Index rowCount() const { return m_before.rows(); }

  /// d.
  Eigen::Index dimension() const { return m_before.cols(); }

  /// b × d, the rows of the batch after max-norm, in its order.
  const base::RowMatrix& lookups() const { return m_lookups; }

  /// b numbers y = lookup · weights + bias.
  const std::vector<float>& outputs() const { return m_outputs; }

  /// b numbers: outputs − targets.
  const std::vector<float>& errors() const { return m_errors; }

  /// The mean of the squared errors.
  double loss() const { return m_loss; }

  /// dL/dy, b numbers.
  const std::vector<float>& outputGradients() const { return m_outputGradients; }

  /// dL/dx at the looked-up rows, b × d. With a frozen table, too, where nothing takes it up.
  const base::RowMatrix& lookupGradients() const { return m_lookupGradients; }

  /// The gradient of the table: the rows that have one, ascending. None for padding, frozen rows
  /// and frozen tables. Before any clipping.
  const std::vector<RowGradient>& gradient() const { return m_gradient; }

  /// The entry of gradient() for a row; null where it is zero. O(log b).
  const RowGradient* gradientOf(std::int64_t row) const;

  /// The same as n × d, zeros where a row has none. O(n·d).
  base::RowMatrix denseGradient() const;

  /// One-hotᵀ (n × b) times lookupGradients() (b × d), really multiplied: n × d. O(b·n·d).
  base::RowMatrix outerProduct() const;

  /// The largest absolute difference between outerProduct() and denseGradient(): rounding at most,
  /// or more where rows are scaled by frequency, padding or frozen, of which the product knows
  /// nothing. NaN when the product holds NaN. O(b·n·d) in O(d) rows of memory.
  double outerProductDifference() const;

  /// The euclidean norm of all gradients together, when the optimizer's recipe clips; 0 otherwise.
  double clippedNorm() const { return m_clippedNorm; }

  /// n × d, the table of the setup.
  table::EmbeddingTable::View start() const { return m_setup.table->values(); }

  /// n × d, after the earlier steps.
  const base::RowMatrix& before() const { return m_before; }

  /// n × d, after this step.
  const base::RowMatrix& after() const { return m_after; }

  /// A row of before(), shortened by max-norm where the batch looks it up; d numbers.
  /// @throws base::Error InvalidArgument: no such row.
  std::span<const float> shortenedRow(std::int64_t row) const;

  /// Cost O(d + log b). @throws base::Error InvalidArgument: no such row.
  RowChange change(std::int64_t row) const;

  /// The same fate alone.
  RowFate fate(std::int64_t row) const;

  /// Rows whose numbers after() are not those before(), max-norm included, ascending. Scans both
  /// tables: O(n·d).
  std::vector<std::int64_t> changedRows() const;

  const HeadChange& head() const { return m_head; }

 private:
  class Engine;

  void takeEarlierSteps(Engine& engine);
  void takeStep(Engine& engine);
  void keepGradient(const Engine& engine);
  void checkRow(std::int64_t row) const;
  std::span<const float> rowBefore(std::int64_t row) const;
  std::span<const float> rowAfter(std::int64_t row) const;
  base::RowMatrix outerProductRows(Eigen::Index first, Eigen::Index count) const;
  template <typename Visit>
  void forEachOuterBlock(const Visit& visit) const;

  TrainingStepSetup m_setup;
  base::RowMatrix m_before;
  base::RowMatrix m_after;
  base::RowMatrix m_lookups;
  std::vector<float> m_outputs;
  std::vector<float> m_errors;
  std::vector<float> m_outputGradients;
  base::RowMatrix m_lookupGradients;
  std::vector<RowGradient> m_gradient;
  std::vector<std::int32_t> m_batchRows;   ///< each once, ascending
  std::vector<std::int32_t> m_frozenRows;  ///< ascending
  std::vector<std::int32_t> m_carried;  ///< with a gradient that the optimizer remembers; ascending
  base::RowMatrix m_shortened;          ///< of m_batchRows; empty without max-norm
  HeadChange m_head;
  double m_loss = 0;
  double m_clippedNorm = 0;
};

}  // namespace embedscope::explain
