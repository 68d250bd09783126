// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"
#include "ui/train/train_mode.h"

#include <QString>
#include <QWidget>

#include <functional>
#include <optional>

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace embedscope::controls {
class Disclosure;
}

namespace embedscope::train {

class MoreOptions;

/// How the model is built and trained. Changes go to the document's training setup at once.
class ModelPanel : public QWidget {
  Q_OBJECT

 public:
  explicit ModelPanel(document::Document& document, QWidget* parent = nullptr);

  /// What a race decides by itself (approach, seed, early stopping) is shown for one run only.
  void setMode(TrainMode mode);

  /// Why what is typed here cannot be used, if it cannot.
  std::optional<QString> problem() const { return m_problem; }

 signals:
  void problemChanged();

 private:
  using Change = std::function<void(document::TrainingSetup&)>;

  void fillChoices();
  void describeWidgets();
  void layOut();
  void connectWidgets();
  void connectNumbers();
  void chooseApproach();
  void showSetup();
  void showApproach();
  void showMore();
  void change(const Change& apply);
  void readHidden(const QString& text);
  void setProblem(const std::optional<QString>& problem);

  document::Document& m_document;
  QWidget* m_approachBox;
  QComboBox* m_approach;
  QLineEdit* m_hidden;
  QLabel* m_hiddenProblem;
  QComboBox* m_optimizer;
  QDoubleSpinBox* m_learningRate;
  QSpinBox* m_batch;
  QSpinBox* m_epochs;
  QSpinBox* m_validation;
  QWidget* m_seedBox;
  QSpinBox* m_seed;
  controls::Disclosure* m_more;
  MoreOptions* m_options;
  std::optional<QString> m_problem;
};

}  // namespace embedscope::train
