// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/job_status.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTimer>

#include <algorithm>
#include <cmath>

namespace embedscope::window {

namespace {

constexpr int kBarWidth = 160;
constexpr int kBarSteps = 1000;
constexpr int kTimeWidth = 96;

}  // namespace

QString timeLeftText(double seconds) {
  const auto whole = static_cast<qint64>(std::ceil(seconds));
  if (whole < 60) {
    return QCoreApplication::translate("JobStatus", "%1 s left").arg(whole);
  }
  const qint64 minutes = (whole + 59) / 60;
  if (minutes < 60) {
    return QCoreApplication::translate("JobStatus", "%1 min left").arg(minutes);
  }
  return QCoreApplication::translate("JobStatus", "%1 h %2 min left")
      .arg(minutes / 60)
      .arg(minutes % 60);
}

JobStatus::JobStatus(jobs::JobRunner& runner, QWidget* parent)
    : QWidget(parent),
      m_runner(runner),
      m_title(new QLabel(this)),
      m_bar(new QProgressBar(this)),
      m_left(new QLabel(this)),
      m_cancel(new QPushButton(tr("Cancel"), this)) {
  m_title->setObjectName(QStringLiteral("statusText"));
  setObjectName(QStringLiteral("jobStatus"));
  setAccessibleName(tr("Background work"));
  m_bar->setRange(0, kBarSteps);
  m_bar->setFixedWidth(kBarWidth);
  m_bar->setTextVisible(false);
  m_bar->setMaximumHeight(10);
  m_left->setFixedWidth(kTimeWidth);
  m_cancel->setObjectName(QStringLiteral("cancelJob"));
  m_cancel->setToolTip(tr("Stop this work; what was open stays as it was"));
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(8, 0, 8, 0);
  layout->setSpacing(8);
  layout->addWidget(m_title, 1);
  layout->addWidget(m_bar);
  layout->addWidget(m_left);
  layout->addWidget(m_cancel);
  connect(&runner, &jobs::JobRunner::jobStarted, this, [this](const jobs::JobInfo& job) {
    m_patient.push_back(job.id);
    QTimer::singleShot(kPatienceMs, this, [this, id = job.id] {
      std::erase(m_patient, id);
      refresh();
    });
  });
  connect(&runner, &jobs::JobRunner::jobChanged, this, &JobStatus::refresh);
  connect(&runner, &jobs::JobRunner::jobFinished, this, &JobStatus::refresh);
  connect(m_cancel, &QPushButton::clicked, this, [this] {
    const std::vector<jobs::JobInfo> shown = shownJobs();
    if (!shown.empty()) {
      m_runner.cancel(shown.back().id);
    }
  });
  refresh();
}

void JobStatus::announce(const QString& text) {
  m_announcement = text;
  refresh();
}

std::vector<jobs::JobInfo> JobStatus::shownJobs() const {
  std::vector<jobs::JobInfo> shown = m_runner.jobs();
  std::erase_if(shown, [this](const jobs::JobInfo& job) {
    return std::find(m_patient.begin(), m_patient.end(), job.id) != m_patient.end();
  });
  return shown;
}

void JobStatus::refresh() {
  const std::vector<jobs::JobInfo> all = shownJobs();
  const bool busy = !all.empty();
  m_bar->setVisible(busy);
  m_left->setVisible(busy);
  m_cancel->setVisible(busy);
  if (!busy) {
    m_title->setText(m_announcement);
    return;
  }
  const jobs::JobInfo& job = all.back();
  m_title->setText(all.size() == 1 ? job.title
                                   : tr("%1   (+%2 more)").arg(job.title).arg(all.size() - 1));
  m_bar->setValue(static_cast<int>(job.fraction * kBarSteps));
  m_left->setText(job.secondsLeft ? timeLeftText(*job.secondsLeft) : QString());
  m_cancel->setEnabled(job.cancellable && !job.cancelling);
  m_cancel->setText(job.cancelling ? tr("Cancelling…") : tr("Cancel"));
}

}  // namespace embedscope::window
