// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"

#include <QWidget>

class QComboBox;
class QToolButton;

namespace embedscope::controls {
class ElidedLabel;
}

namespace embedscope::explore {

/// Chooses among the open tables, tells the size and the origin of the chosen one, closes it.
class TableChooser : public QWidget {
  Q_OBJECT

 public:
  /// The document must outlive the chooser.
  explicit TableChooser(document::Document& document, QWidget* parent = nullptr);

 private:
  void refreshTables();
  void refreshCurrent();

  document::Document& m_document;
  QComboBox* m_combo;
  QToolButton* m_close;
  controls::ElidedLabel* m_facts;
};

}  // namespace embedscope::explore
