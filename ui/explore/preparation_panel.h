// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/projection/preparation.h"

#include <QWidget>

class QCheckBox;
class QSpinBox;

namespace embedscope::explore {

class FoldingSection;

/// Chooses what is done to the rows of a table before they are projected: centred, without their
/// first principal components, of length 1. Folded away at first, with the choice in words.
class PreparationPanel : public QWidget {
  Q_OBJECT

 public:
  explicit PreparationPanel(QWidget* parent = nullptr);

  /// Shows a choice. @param dimension  d of the table, ≥ 1; fewer components can be removed.
  void setPreparation(const projection::Preparation& preparation, Eigen::Index dimension);

 signals:
  /// Changed by hand.
  void preparationChosen(const embedscope::projection::Preparation& preparation);

 private:
  void describeControls();
  QWidget* layOutControls();
  void showChoice();
  void choose(const projection::Preparation& preparation);

  projection::Preparation m_preparation;
  QCheckBox* m_centre;
  QCheckBox* m_unit;
  QSpinBox* m_removed;
  FoldingSection* m_section;
};

}  // namespace embedscope::explore
