// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/generated.h"

#include <QString>
#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QSpinBox;

namespace embedscope::train {

/// Asks, in place, for data whose structure is known.
class GenerateForm : public QWidget {
  Q_OBJECT

 public:
  explicit GenerateForm(QWidget* parent = nullptr);

  data::GeneratedSpec spec() const;

  /// What is chosen, for the title of a job: "Months on a circle".
  QString title() const;

  /// Name of the target column of what is chosen.
  QString target() const;

 signals:
  void generateRequested();
  void cancelled();

 private:
  void buildFields();
  void buildButtons();
  void kindChanged();
  const data::GeneratedInfo& info() const;

  QComboBox* m_kind;
  QLabel* m_description;
  QFormLayout* m_form;
  QSpinBox* m_categories;
  QSpinBox* m_items;
  QSpinBox* m_rows;
  QSpinBox* m_rank;
  QDoubleSpinBox* m_noise;
  QSpinBox* m_seed;
};

}  // namespace embedscope::train
