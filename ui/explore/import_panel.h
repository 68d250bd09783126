// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/explore/coordinate_import.h"

#include <QWidget>

class QMenu;
class QPushButton;

namespace embedscope::controls {
class ElidedLabel;
}

namespace embedscope::explore {

/// Imports coordinates for the current table, from a file or from another open table of two or
/// three dimensions, and tells how far that is.
class ImportPanel : public QWidget {
  Q_OBJECT

 public:
  /// Both must outlive the panel.
  ImportPanel(document::Document& document, CoordinateImporter& importer,
              QWidget* parent = nullptr);

  /// How many coordinates the rows of the current table have; 0: none are imported.
  Eigen::Index dims() const;

 private:
  void askForFile();
  void fillTables();
  void showState();

  document::Document& m_document;
  CoordinateImporter& m_importer;
  QPushButton* m_file;
  QPushButton* m_table;
  QPushButton* m_cancel;
  QMenu* m_tables;
  controls::ElidedLabel* m_words;
};

}  // namespace embedscope::explore
