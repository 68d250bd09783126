// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/define/feature_edit.h"
#include "ui/document/feature.h"

#include <QWidget>

#include <functional>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;

namespace embedscope::controls {
class Disclosure;
}

namespace embedscope::define {

class PaddingModel;

/// The rarer options of a feature's table, closed at first: padding row, max-norm and its p,
/// gradients scaled by frequency, categories never seen.
class OptionsPanel : public QWidget {
  Q_OBJECT

 public:
  explicit OptionsPanel(QWidget* parent = nullptr);

  void show(const document::FeaturePtr& feature);

 signals:
  /// The user wants the feature so.
  void changeRequested(const embedscope::document::FeaturePtr& feature, const QString& undoText,
                       embedscope::define::EditGroup group);

 private:
  void buildPadding(QFormLayout& form);
  void buildNorm(QFormLayout& form);
  void buildUnseen(QFormLayout& form);
  void buildScale();
  void change(const QString& undoText, EditGroup group,
              const std::function<void(document::Feature&)>& edit);
  void choosePadding(int entry);
  QString summary() const;

  document::FeaturePtr m_feature;
  controls::Disclosure* m_disclosure;
  PaddingModel* m_paddingModel;
  QComboBox* m_padding;
  QDoubleSpinBox* m_maxNorm;
  QDoubleSpinBox* m_normType;
  QCheckBox* m_scale;
  QComboBox* m_unseen;
};

}  // namespace embedscope::define
