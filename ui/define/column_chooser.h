// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QTreeWidget;

namespace embedscope::define {

/// Stands in place of the categories while a column is being chosen: every column with its kind,
/// distinct values and missing cells.
class ColumnChooser : public QWidget {
  Q_OBJECT

 public:
  explicit ColumnChooser(QWidget* parent = nullptr);

  /// @param target  name of the feature that a column may be added to; empty: only a new feature.
  void show(const document::DataEntryPtr& entry, const QString& target);

  const document::DataEntryPtr& data() const { return m_data; }

 signals:
  void newFeatureChosen(int column);
  void addToFeatureChosen(int column);
  void otherFileRequested();
  void cancelled();

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void buildColumns();
  int chosenColumn() const;

  document::DataEntryPtr m_data;
  QLabel* m_title;
  QTreeWidget* m_columns;
  QPushButton* m_new;
  QPushButton* m_add;
};

}  // namespace embedscope::define
