// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"

#include <QString>
#include <QWidget>

class QTreeWidget;
class QTreeWidgetItem;

namespace embedscope::train {

/// The columns to learn from: labels (and whole numbers) as categories, numbers as numbers. A
/// column takes part in one way at most.
///
/// Ticks go to the document's training setup at once; what the document says is shown again.
class InputList : public QWidget {
  Q_OBJECT

 public:
  explicit InputList(document::Document& document, QWidget* parent = nullptr);

 private:
  void refresh();
  void rebuild();
  void addColumns(QTreeWidgetItem* group, bool categorical);
  int rowHeight() const;
  void updateItems();
  void changed(QTreeWidgetItem* item);
  QString sizeText(const QString& column, std::int64_t distinct) const;

  document::Document& m_document;
  QTreeWidget* m_tree;
  QTreeWidgetItem* m_categories = nullptr;
  QTreeWidgetItem* m_numbers = nullptr;
  document::DataEntryPtr m_shownData;
  QString m_shownTarget;
};

}  // namespace embedscope::train
