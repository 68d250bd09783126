// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/explain/training_step.h"
#include "core/table/embedding_table.h"

#include <QWidget>

#include <cstdint>
#include <optional>
#include <vector>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLineEdit;

namespace embedscope::product {

class RowList;

/// The batch, the optimizer and the options of one training step.
class TrainingForm : public QWidget {
  Q_OBJECT

 public:
  explicit TrainingForm(QWidget* parent = nullptr);

  /// Another table; the batch starts with one category.
  void setTable(const table::TablePtr& table, std::int64_t row);

  /// The category chosen on the page, which the list of the batch offers to add.
  void setRow(std::int64_t row);

  const std::vector<std::int64_t>& batch() const;

  /// As typed; 1 for each example where the numbers do not fit the batch.
  std::vector<float> targets() const;

  training::OptimizerRecipe optimizer() const;
  training::LookupOptions lookup() const;  ///< with the padding row as a row of the whole table
  bool isFrozen() const;

  /// Whether a step on another category goes before this one.
  bool hasEarlierStep() const;

 signals:
  void changed();

 private:
  void buildOptimizer();
  void buildOptions();
  void layOut();
  void listPadding();
  void followOptimizer();

  table::TablePtr m_table;
  RowList* m_rows;
  QLineEdit* m_targets;
  QComboBox* m_optimizer;
  QDoubleSpinBox* m_rate;
  QDoubleSpinBox* m_momentum;
  QDoubleSpinBox* m_decay;
  QCheckBox* m_earlier;
  QCheckBox* m_frozen;
  QComboBox* m_padding;
  QDoubleSpinBox* m_maxNorm;
  QCheckBox* m_byFrequency;
};

}  // namespace embedscope::product
