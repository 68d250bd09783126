// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"

#include <QString>
#include <QWidget>

#include <functional>
#include <optional>

class QComboBox;
class QDoubleSpinBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace embedscope::train {

/// How the model is built and trained. Changes go to the document's training setup at once.
class ModelPanel : public QWidget {
  Q_OBJECT

 public:
  explicit ModelPanel(document::Document& document, QWidget* parent = nullptr);

  /// Why what is typed here cannot be used, if it cannot.
  std::optional<QString> problem() const { return m_problem; }

 signals:
  void problemChanged();

 private:
  using Change = std::function<void(document::TrainingSetup&)>;

  void describeWidgets();
  void layOut();
  void addPair(QGridLayout* grid, const QString& leftText, QWidget* left, const QString& rightText,
               QWidget* right);
  void connectWidgets();
  void showSetup();
  void change(const Change& apply);
  void readHidden(const QString& text);
  void setProblem(const std::optional<QString>& problem);

  document::Document& m_document;
  QComboBox* m_approach;
  QLineEdit* m_hidden;
  QLabel* m_hiddenProblem;
  QComboBox* m_optimizer;
  QDoubleSpinBox* m_learningRate;
  QSpinBox* m_batch;
  QSpinBox* m_epochs;
  QSpinBox* m_validation;
  QSpinBox* m_seed;
  std::optional<QString> m_problem;
};

}  // namespace embedscope::train
