// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/job_runner.h"

#include <QWidget>

#include <vector>

class QLabel;
class QProgressBar;
class QPushButton;

namespace embedscope::window {

/// What the status bar shows of the work in the background: the newest job's title, progress, time
/// left and Cancel, and how many others there are. A job is shown once it has run for
/// `kPatienceMs`, so that short ones do not flicker.
class JobStatus : public QWidget {
  Q_OBJECT

 public:
  static constexpr int kPatienceMs = 200;

  explicit JobStatus(jobs::JobRunner& runner, QWidget* parent = nullptr);

  /// A line to show while no work is shown, such as what a file holds and costs.
  void announce(const QString& text);

 private:
  std::vector<jobs::JobInfo> shownJobs() const;
  void refresh();

  jobs::JobRunner& m_runner;
  QString m_announcement;
  QLabel* m_title;
  QProgressBar* m_bar;
  QLabel* m_left;
  QPushButton* m_cancel;
  std::vector<jobs::JobId> m_patient;  // running, but not long enough to be shown
};

/// "38 s left", "4 min left", "1 h 20 min left".
QString timeLeftText(double seconds);

}  // namespace embedscope::window
