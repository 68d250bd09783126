// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/questions.h"
#include "ui/jobs/latest_job.h"

#include <QString>
#include <QWidget>

class QCheckBox;
class QFormLayout;
class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;
class QTreeWidget;

namespace embedscope::controls {
class ElidedLabel;
}

namespace embedscope::explore {

/// Measures a table by a file of questions, as `embedscope-cli evaluate` does: the share of
/// analogies it answers, or how its cosines follow what people find similar.
class EvaluationPanel : public QWidget {
  Q_OBJECT

 public:
  /// The runner must outlive the panel.
  explicit EvaluationPanel(jobs::JobRunner& runner, QWidget* parent = nullptr);

  /// The table that is asked; null: none. What is known or under way of another one is dropped; the
  /// file stays, so that tables can be compared.
  void setTable(const table::TablePtr& table);

  /// Asks the questions of a file.
  void open(const QString& path);

 private:
  void buildOptions(QFormLayout& form);
  void buildResults();
  void askFile();
  void press();
  void start();
  void setRunning(bool running);
  void showAnswers(const evaluation::Answers& answers);
  void clear();
  void say(const QString& words);
  void copy();

  table::TablePtr m_table;
  QString m_path;
  QPushButton* m_choose;
  controls::ElidedLabel* m_file;
  QSpinBox* m_first;
  QCheckBox* m_case;
  QPushButton* m_button;
  QProgressBar* m_progress;
  QLabel* m_words;
  QTreeWidget* m_list;
  QPushButton* m_copy;
  QString m_text;  ///< the answers as tab-separated lines
  jobs::LatestJob m_job;
};

}  // namespace embedscope::explore
