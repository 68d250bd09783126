// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/embedding_table.h"
#include "core/training/embedding_bag_layer.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace embedscope::explain {

using training::BagMode;

struct BagOptions {
  BagMode mode = BagMode::Mean;
  std::vector<float> weights;              ///< one for each index, or none; BagMode::Sum only
  std::optional<std::int64_t> paddingRow;  ///< this row is left out: neither added nor counted
};

/// The lookup of several categories at once, reduced to one row, taken apart into steps; and the
/// product multi-hot × table that it stands for. Semantics of PyTorch's nn.EmbeddingBag: an empty
/// bag and one of padding alone give zeros. All arithmetic is float32.
///
/// The multi-hot row holds, for each row of the table, the sum of its weights, for a mean how often
/// it is in the bag divided by `counted()`. So multi-hot × table is the result on paper. In float32
/// it need not have the same bits: it adds in the order of the table instead of that of the bag, it
/// multiplies repeated rows instead of adding them again, it divides before adding, and it meets
/// every row, where NaN and infinity times zero are NaN. Both ways give the same bits in every run.
///
/// Construction costs O(k·d + k·log k) for k indices; multiplying out is O(n·d), done once by the
/// first call that needs it and shared by copies. Threads: concurrent calls are safe.
class BagProduct {
 public:
  /// What one index does to the numbers so far.
  struct Step {
    std::int64_t row = 0;
    float weight = 1;            ///< as given; 1 where there are none
    bool leftOut = false;        ///< the row is the padding row
    std::vector<float> product;  ///< d, weight × row; empty when left out
    /// d, after this step, from zeros on: the sum (for a mean as yet undivided), or the largest
    /// numbers so far.
    std::vector<float> partial;
  };

  /// A place of the multi-hot row and what stands there.
  struct Coefficient {
    std::int64_t row = 0;
    float coefficient = 0;

    bool operator==(const Coefficient&) const = default;
  };

  /// @param indices  the bag, k ≥ 0 rows, each in [0, table->rowCount()), in any order; rows may
  ///                 repeat.
  /// @throws Error InvalidArgument: an index or the padding row is outside the table; weights of
  ///         another count than the indices, or with a mode other than BagMode::Sum.
  BagProduct(table::TablePtr table, std::vector<std::int64_t> indices, BagOptions options = {});

  const table::EmbeddingTable& table() const { return *m_table; }

  const std::vector<std::int64_t>& indices() const { return m_indices; }

  const BagOptions& options() const { return m_options; }

  /// How many indices are not padding; a mean divides by it. 0 ≤ counted() ≤ indices().size().
  std::int64_t counted() const { return m_counted; }

  /// One step for each index, in the order given. The last `partial` is the result, for a mean
  /// before it is divided by counted(). A column of a maximum keeps a NaN of the first row, and
  /// passes over NaN in later rows, as PyTorch does. Cost and memory O(k·d) for each call.
  std::vector<Step> steps() const;

  /// d numbers: the rows of the bag, reduced in the order given, as a lookup does it.
  const std::vector<float>& result() const { return m_result; }

  /// The places of the multi-hot row that rows of the bag stand for, ascending by row, each once,
  /// without the padding row; all others are 0. Weights of repeated rows are added up in the order
  /// of the bag, and may add up to 0. For BagMode::Max each is 1: which rows take part.
  const std::vector<Coefficient>& multiHot() const { return m_multiHot; }

  /// d numbers: multi-hot × table, with the multiplications and additions of all n rows in order,
  /// starting from +0. Nothing for BagMode::Max: a maximum is not linear in the rows, so no matrix
  /// product gives it. Cost O(n·d) at the first call.
  const std::optional<std::vector<float>>& product() const;

  /// The largest |product − result| of a column; equal infinities, and NaN in both, do not differ.
  /// NaN when a column is NaN in one of them alone. Nothing for BagMode::Max. Cost as product().
  std::optional<float> largestDifference() const;

  /// Whether product() and result() agree in every bit; false for BagMode::Max. Cost as product().
  bool bitEqual() const;

  /// Of the dense product: n·d; 0 for BagMode::Max.
  std::int64_t multiplications() const;

  /// Numbers that the lookup takes from the table: counted()·d.
  std::int64_t copies() const { return m_counted * m_table->dimension(); }

 private:
  struct Computed;

  void check() const;

  bool isPadding(std::int64_t row) const { return row == m_options.paddingRow; }

  float weight(std::size_t place) const;
  std::vector<float> weightedRow(std::size_t place) const;
  void reduce(const std::vector<float>& row, bool isFirst, std::vector<float>& partial) const;
  std::vector<float> reducedRows() const;
  std::vector<Coefficient> coefficients() const;
  std::vector<float> denseProduct() const;

  table::TablePtr m_table;
  std::vector<std::int64_t> m_indices;
  BagOptions m_options;
  std::int64_t m_counted = 0;
  std::vector<float> m_result;
  std::vector<Coefficient> m_multiHot;
  std::shared_ptr<Computed> m_computed;
};

}  // namespace embedscope::explain
