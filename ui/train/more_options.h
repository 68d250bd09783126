// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"

#include <QWidget>

#include <functional>

class QComboBox;
class QDoubleSpinBox;
class QGridLayout;
class QSpinBox;

namespace embedscope::train {

/// The options of a recipe that most runs leave alone. Changes go to the document's training setup
/// at once.
class MoreOptions : public QWidget {
  Q_OBJECT

 public:
  explicit MoreOptions(document::Document& document, QWidget* parent = nullptr);

  /// Early stopping belongs to the race where there is one.
  void setPatienceVisible(bool visible);

  /// How many options differ from the usual.
  int changedCount() const;

 signals:
  void changedCountChanged();

 private:
  using Change = std::function<void(training::TrainingRecipe&)>;

  void fillChoices();
  void describeWidgets();
  void layOut();
  void connectWidgets();
  void showSetup();
  void change(const Change& apply);

  document::Document& m_document;
  QComboBox* m_schedule;
  QDoubleSpinBox* m_weightDecay;
  QDoubleSpinBox* m_momentum;
  QDoubleSpinBox* m_clipNorm;
  QComboBox* m_loss;
  QDoubleSpinBox* m_huberDelta;
  QDoubleSpinBox* m_dropout;
  QSpinBox* m_patience;
  QWidget* m_patienceBox;
};

}  // namespace embedscope::train
