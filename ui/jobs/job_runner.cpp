// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/job_runner.h"

#include "ui/jobs/job_entry.h"

#include <QFutureWatcher>
#include <QPromise>

#include <algorithm>
#include <stop_token>
#include <thread>

namespace embedscope::jobs {

namespace {

constexpr int kProgressSteps = 1000;

/// The worker's side of a job. Qt passes progress on at most 25 times a second.
void runWork(QPromise<void> promise, const std::shared_ptr<BackgroundWork>& work,
             const std::stop_token& stop) {
  promise.start();
  promise.setProgressRange(0, kProgressSteps);
  work->run(base::TaskContext(stop, [&promise](double fraction) {
    promise.setProgressValue(static_cast<int>(fraction * kProgressSteps));
  }));
  promise.finish();
}

}  // namespace

JobRunner::JobRunner(QObject* parent) : QObject(parent) {}

JobRunner::~JobRunner() {
  // Nobody is told any more: the watchers that would are children and go with this object.
  blockSignals(true);
  for (const auto& entry : m_entries) {
    if (entry->origin() == Origin::Runner) {
      entry->cancel();
    }
  }
  m_entries.clear();  // waits
}

JobId JobRunner::launch(QString title, QObject* context, std::shared_ptr<BackgroundWork> work) {
  std::stop_source stop;
  const JobId id =
      addEntry(Origin::Runner, std::move(title), [stop]() mutable { stop.request_stop(); });
  const QPointer<QObject> receiver(context ? context : this);

  auto* watcher = new QFutureWatcher<void>(this);
  connect(watcher, &QFutureWatcherBase::progressValueChanged, this,
          [this, id](int value) { progressed(id, value / double{kProgressSteps}); });
  connect(watcher, &QFutureWatcherBase::finished, this, [this, id, work, receiver, watcher] {
    watcher->deleteLater();
    ended(id, work, receiver);
  });
  if (receiver != this) {
    connect(receiver, &QObject::destroyed, watcher, [this, id] { cancel(id); });
  }
  QPromise<void> promise;
  watcher->setFuture(promise.future());
  find(id)->holdThread(
      std::jthread(runWork, std::move(promise), std::move(work), stop.get_token()));
  return id;
}

void JobRunner::progressed(JobId id, double fraction) {
  if (Entry* entry = find(id)) {
    entry->progressed(fraction);
    emit jobChanged(entry->info());
  }
}

void JobRunner::ended(JobId id, const std::shared_ptr<BackgroundWork>& work,
                      const QPointer<QObject>& context) {
  const Entry* entry = find(id);
  const bool cancelled = entry && entry->info().cancelling;
  remove(id);
  work->deliver(!context ? JobFate::Unheard : cancelled ? JobFate::Cancelled : JobFate::Told);
}

std::unique_ptr<ExternalJob> JobRunner::addExternal(QString title, std::function<void()> cancel) {
  const JobId id = addEntry(Origin::Elsewhere, std::move(title), std::move(cancel));
  return std::unique_ptr<ExternalJob>(new ExternalJob(*this, id));
}

std::vector<JobInfo> JobRunner::jobs() const {
  std::vector<JobInfo> infos;
  infos.reserve(m_entries.size());
  for (const auto& entry : m_entries) {
    infos.push_back(entry->info());
  }
  return infos;
}

void JobRunner::cancel(JobId id) {
  Entry* entry = find(id);
  if (entry && entry->cancel()) {
    // The job's own cancel function may have taken it off the list already.
    if (const Entry* still = find(id)) {
      emit jobChanged(still->info());
    }
  }
}

void JobRunner::cancelAll() {
  for (const JobInfo& job : jobs()) {
    cancel(job.id);
  }
}

JobId JobRunner::addEntry(Origin origin, QString title, std::function<void()> cancel) {
  ++m_lastId.value;
  m_entries.push_back(
      std::make_unique<Entry>(m_lastId, origin, std::move(title), std::move(cancel)));
  const JobInfo info = m_entries.back()->info();
  emit jobStarted(info);
  return info.id;
}

JobRunner::Entry* JobRunner::find(JobId id) {
  const auto found = std::ranges::find(m_entries, id, [](const auto& e) { return e->info().id; });
  return found == m_entries.end() ? nullptr : found->get();
}

void JobRunner::remove(JobId id) {
  if (std::erase_if(m_entries, [id](const auto& entry) { return entry->info().id == id; }) > 0) {
    emit jobFinished(id);
  }
}

ExternalJob::ExternalJob(JobRunner& runner, JobId id) : m_runner(&runner), m_id(id) {}

ExternalJob::~ExternalJob() {
  if (m_runner) {
    m_runner->remove(m_id);
  }
}

void ExternalJob::setTitle(QString title) {
  if (JobRunner::Entry* entry = m_runner ? m_runner->find(m_id) : nullptr) {
    entry->info().title = std::move(title);
    emit m_runner->jobChanged(entry->info());
  }
}

void ExternalJob::setProgress(double fraction, std::optional<double> secondsLeft) {
  if (JobRunner::Entry* entry = m_runner ? m_runner->find(m_id) : nullptr) {
    entry->info().fraction = fraction;
    entry->info().secondsLeft = secondsLeft;
    emit m_runner->jobChanged(entry->info());
  }
}

}  // namespace embedscope::jobs
