// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/table_io.h"

#include <QString>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QPlainTextEdit;
class QSpinBox;

namespace embedscope::files {

/// Which rows of a file to read, and how: formats::ReadOptions as controls.
class ReadOptionsForm : public QWidget {
  Q_OBJECT

 public:
  explicit ReadOptionsForm(QWidget* parent = nullptr);

  formats::ReadOptions options() const;

  /// Offers what the file has to offer: its arrays, its lines. What was chosen stays.
  void follow(const formats::Preview& preview);

  void setSkipsBadLines(bool skips);

 signals:
  void changed();

 private:
  void addControls();
  void chooseLabelFile();
  void fillFromFile();
  QString askForFile(const QString& title);

  QComboBox* m_format;
  QComboBox* m_tensor;
  QComboBox* m_labels;
  QCheckBox* m_limited;
  QSpinBox* m_limit;
  QSpinBox* m_every;
  QPlainTextEdit* m_only;
  QCheckBox* m_strip;
  QCheckBox* m_lowerCase;
  QComboBox* m_duplicates;
  QCheckBox* m_skipBadLines;
};

}  // namespace embedscope::files
