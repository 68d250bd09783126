// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"

#include <QString>
#include <QWidget>

#include <functional>
#include <optional>

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QSpinBox;

namespace embedscope::controls {
class HintLabel;
}

namespace embedscope::train {

class FeatureMenu;
class NumberListEdit;

/// Along which quantity a crossover is measured, at which values, and on which data. Changes go to
/// the document's crossover setup at once.
class CrossoverSetupPanel : public QWidget {
  Q_OBJECT

 public:
  explicit CrossoverSetupPanel(document::Document& document, QWidget* parent = nullptr);

  /// Why what is typed here cannot be used, if it cannot.
  std::optional<QString> problem() const;

 signals:
  void problemChanged();

 private:
  using Change = std::function<void(document::CrossoverSetup&)>;

  void fillChoices();
  void describeWidgets();
  void layOut();
  void connectWidgets();
  void connectNumber(QSpinBox* box, std::int64_t document::CrossoverSetup::* member);
  void showSetup();
  void change(const Change& apply);

  document::Document& m_document;
  QComboBox* m_axis;
  controls::HintLabel* m_explanation;
  NumberListEdit* m_values;
  QFormLayout* m_form;
  QComboBox* m_baseline;
  QSpinBox* m_dimension;
  FeatureMenu* m_features;
  QSpinBox* m_categories;
  QSpinBox* m_rows;
  QSpinBox* m_rank;
  QDoubleSpinBox* m_noise;
  QSpinBox* m_seeds;
  QSpinBox* m_patience;
};

}  // namespace embedscope::train
