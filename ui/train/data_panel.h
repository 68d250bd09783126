// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;

namespace embedscope::controls {
class ElidedLabel;
}  // namespace embedscope::controls

namespace embedscope::train {

/// What is trained on: the data, where to get other data, and the column to predict.
class DataPanel : public QWidget {
  Q_OBJECT

 public:
  explicit DataPanel(document::Document& document, QWidget* parent = nullptr);

 signals:
  void openRequested();
  void generateRequested();

 private:
  void buildButtons();
  void buildTarget();
  void showData();
  void showTarget();
  void chooseTarget(int index);

  document::Document& m_document;
  controls::ElidedLabel* m_name;
  QLabel* m_size;
  QPushButton* m_open;
  QPushButton* m_generate;
  QComboBox* m_target;
  QLabel* m_targetKind;
};

}  // namespace embedscope::train
