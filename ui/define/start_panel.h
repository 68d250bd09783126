// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QLabel;

namespace embedscope::define {

/// How the vectors of one feature start: identity, random, or the rows of an open table.
class StartPanel : public QWidget {
  Q_OBJECT

 public:
  explicit StartPanel(QWidget* parent = nullptr);

  /// @param tables  the open ones.
  void show(const document::Feature& feature, const std::vector<document::TableEntry>& tables);

 signals:
  /// @param source  only with FromTable.
  void startChosen(embedscope::training::Initialization initialization,
                   embedscope::table::TablePtr source);

 private:
  void addTable(const table::TablePtr& table);
  void explain(const document::Feature& feature);

  QComboBox* m_start;
  QLabel* m_hint;
  std::vector<table::TablePtr> m_tables;  ///< of the entries after the fixed ones
};

/// How many categories of the feature its source table knows by label.
std::int64_t knownLabels(const document::Feature& feature);

}  // namespace embedscope::define
