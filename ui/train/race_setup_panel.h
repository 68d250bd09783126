// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"

#include <QString>
#include <QWidget>

#include <functional>
#include <optional>

class QCheckBox;
class QComboBox;
class QGridLayout;
class QSpinBox;

namespace embedscope::train {

class FeatureMenu;
class NumberListEdit;

/// Which approaches race, how often, and when a run stops. Changes go to the document's race setup
/// at once.
class RaceSetupPanel : public QWidget {
  Q_OBJECT

 public:
  explicit RaceSetupPanel(document::Document& document, QWidget* parent = nullptr);

  /// Why what is typed here cannot be used, if it cannot.
  std::optional<QString> problem() const;

 signals:
  void problemChanged();

 private:
  using Change = std::function<void(document::RaceSetup&)>;

  void describeWidgets();
  QGridLayout* layOutApproaches();
  QGridLayout* layOutRuns();
  void connectWidgets();
  void connectTick(QCheckBox* tick, bool document::RaceSetup::* member);
  void showTables();
  void showSetup();
  void change(const Change& apply);

  document::Document& m_document;
  FeatureMenu* m_features;
  QCheckBox* m_oneHot;
  QCheckBox* m_identity;
  QCheckBox* m_identityFrozen;
  QCheckBox* m_random;
  NumberListEdit* m_sizes;
  QComboBox* m_table;
  QCheckBox* m_pretrainedFrozen;
  QCheckBox* m_pretrainedTuned;
  QSpinBox* m_seeds;
  QSpinBox* m_patience;
};

}  // namespace embedscope::train
