// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"
#include "ui/jobs/latest_job.h"

#include <QString>
#include <QWidget>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace embedscope::explore {

/// Writes a value into a metadata column of the selected rows, undoably, and saves labels and
/// metadata as a file.
class TagPanel : public QWidget {
  Q_OBJECT

 public:
  /// Both must outlive the panel.
  TagPanel(document::Document& document, jobs::JobRunner& runner, QWidget* parent = nullptr);

 signals:
  /// The column is there, or has other values: it is worth looking at.
  void tagged(const QString& column);

  /// Something to be told in place.
  void saved(const QString& sentence);
  void failed(const QString& sentence);

 private:
  void buildLayout();
  void showColumns();
  void showCount();
  void tag();
  void askSave();
  void save(const QString& path);

  document::Document& m_document;
  QComboBox* m_column;
  QLineEdit* m_value;
  QPushButton* m_tag;
  QPushButton* m_save;
  jobs::LatestJob m_tagging;
  jobs::LatestJob m_saving;
};

}  // namespace embedscope::explore
