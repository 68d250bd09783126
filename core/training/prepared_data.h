// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/training/batch.h"
#include "core/training/row_split.h"
#include "core/training/standardization.h"

#include <span>
#include <vector>

namespace embedscope::training {

/// A dataset as a model takes it: rows split, numbers standardized by the training rows.
class PreparedData {
 public:
  /// @param share  of validation rows, in [0, 1).
  PreparedData(data::DatasetPtr dataset, double share, std::uint64_t seed);

  const data::Dataset& dataset() const { return *m_dataset; }

  const RowSplit& split() const { return m_split; }

  bool isRegression() const { return m_dataset->target.kind == data::TargetKind::Regression; }

  /// Of the target, for a regression.
  const Standardization& targetScale() const { return m_targetScale; }

  /// Copies these rows into the batch, which has room for them.
  void fill(std::span<const std::int64_t> rows, Batch<float>& batch) const;

 private:
  void standardizeNumbers();
  void standardizeTarget();

  data::DatasetPtr m_dataset;
  RowSplit m_split;
  Matrix<float> m_numeric;       ///< rows × m
  std::vector<float> m_targets;  ///< regression: one for each row
  Standardization m_targetScale;
};

}  // namespace embedscope::training
