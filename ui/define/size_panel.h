// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/advice.h"
#include "ui/define/feature_edit.h"
#include "ui/document/feature.h"

#include <QWidget>

#include <cstdint>
#include <vector>

class QGridLayout;
class QLabel;
class QSpinBox;
class QToolButton;

namespace embedscope::define {

/// The embedding size of one feature, with what every published rule says and the break-even. A
/// click on a rule uses it; rules that make the model larger than one-hot are marked.
class SizePanel : public QWidget {
  Q_OBJECT

 public:
  explicit SizePanel(QWidget* parent = nullptr);

  /// @param advice  about this feature.
  void show(const document::FeaturePtr& feature, const training::Advice& advice);

 signals:
  /// The user wants the feature so.
  void changeRequested(const embedscope::document::FeaturePtr& feature, const QString& undoText,
                       embedscope::define::EditGroup group);

 private:
  struct Rule {
    QLabel* name;
    QLabel* mark;  ///< why the size is questionable, in a few signs
    QToolButton* value;
  };

  void buildRules(QGridLayout& grid);
  void setSize(int dimension);
  void useRule(std::size_t index);
  void showRules();
  void showRule(const Rule& row, const training::SizeRule& rule);
  void showBreakEven();

  document::FeaturePtr m_feature;
  training::Advice m_advice;
  QSpinBox* m_size;
  QLabel* m_breakEven;
  std::vector<Rule> m_rules;
};

}  // namespace embedscope::define
