// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/define/feature_edit.h"
#include "ui/document/document.h"

#include <QWidget>

#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;

namespace embedscope::define {

/// How the vectors of one feature start, and whether they may change: identity, random, or the rows
/// of an open table; each with a line on what it is and how long its vectors are.
class StartPanel : public QWidget {
  Q_OBJECT

 public:
  explicit StartPanel(QWidget* parent = nullptr);

  /// @param tables  the open ones.
  void show(const document::FeaturePtr& feature, const std::vector<document::TableEntry>& tables);

 signals:
  /// The user wants the feature so.
  void changeRequested(const embedscope::document::FeaturePtr& feature, const QString& undoText,
                       embedscope::define::EditGroup group);

 private:
  void addFixedEntries();
  void addTables(const std::vector<document::TableEntry>& tables);
  void addTable(const table::TablePtr& table);
  int entryOf(const document::Feature& feature) const;
  void choose(int entry);
  void setFrozen(bool frozen);

  document::FeaturePtr m_feature;
  QComboBox* m_start;
  QCheckBox* m_frozen;
  QLabel* m_hint;
  std::vector<table::TablePtr> m_tables;  ///< of the entries after the fixed ones
};

}  // namespace embedscope::define
