// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/background_work.h"
#include "ui/jobs/job_info.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace embedscope::jobs {

class ExternalJob;

/// Runs one-shot jobs in the background and keeps the list of everything that is under way.
///
///     runner.run("Loading " + name, this,
///                [path](const base::TaskContext& context) { return formats::read(path, context);
///                },
///                {.done = [this](formats::ReadResult result) { show(std::move(result)); },
///                 .failed = [this](const base::Error& error) { tell(error); }});
///
/// Every job has a thread of its own, so that none waits for another; its work must own what it
/// uses. Handlers and signals come on the thread of the runner, to which every member belongs. No
/// exception of the work gets further than `failed`. Destruction cancels all jobs, waits for them,
/// and delivers nothing.
class JobRunner : public QObject {
  Q_OBJECT

 public:
  explicit JobRunner(QObject* parent = nullptr);
  ~JobRunner() override;

  /// Starts a job.
  ///
  /// @param title     what the status bar says, e.g. "Loading vectors.bin".
  /// @param context   lives in the runner's thread. When it dies the job is cancelled and no
  ///                  handler is called any more. Null: the runner itself.
  /// @param work      `Result work(const base::TaskContext&)`; Result is movable or void. What it
  ///                  reports becomes the job's progress; it should end soon after a stop request.
  /// @param handlers  see JobHandlers. A cancelled job never delivers a result or an error, even
  ///                  if the work got that far; `cancelled` comes when the work has ended.
  template <typename Work>
  JobId run(QString title, QObject* context, Work work,
            std::type_identity_t<JobHandlers<JobResult<Work>>> handlers = {}) {
    return launch(std::move(title), context,
                  std::make_shared<TypedWork<Work>>(std::move(work), std::move(handlers)));
  }

  /// Lists something that runs elsewhere, e.g. a training; it stays listed while the returned
  /// object lives (which must not outlive the runner's thread; the runner may go first).
  ///
  /// @param cancel  called, on this thread, when the user cancels; empty: cannot be cancelled.
  std::unique_ptr<ExternalJob> addExternal(QString title, std::function<void()> cancel);

  /// Everything under way, oldest first.
  std::vector<JobInfo> jobs() const;

  /// Asks a job to stop; unknown ids (it may just have ended) are ignored.
  void cancel(JobId id);
  void cancelAll();

 signals:
  void jobStarted(const embedscope::jobs::JobInfo& job);

  /// Progress, time left, title or cancelling changed; at most about 25 times a second per job.
  void jobChanged(const embedscope::jobs::JobInfo& job);

  /// It is off the list. Comes before the job's handler.
  void jobFinished(embedscope::jobs::JobId id);

 private:
  friend class ExternalJob;
  class Entry;
  enum class Origin { Runner, Elsewhere };

  JobId launch(QString title, QObject* context, std::shared_ptr<BackgroundWork> work);
  JobId addEntry(Origin origin, QString title, std::function<void()> cancel);
  Entry* find(JobId id);
  void remove(JobId id);
  void progressed(JobId id, double fraction);
  void ended(JobId id, const std::shared_ptr<BackgroundWork>& work,
             const QPointer<QObject>& context);

  std::vector<std::unique_ptr<Entry>> m_entries;
  JobId m_lastId;
};

/// A line in the list of jobs for something the runner does not run itself.
class ExternalJob {
 public:
  /// Takes the line off the list.
  ~ExternalJob();
  ExternalJob(const ExternalJob&) = delete;
  ExternalJob& operator=(const ExternalJob&) = delete;

  JobId id() const { return m_id; }

  void setTitle(QString title);

  /// @param fraction     in [0, 1].
  /// @param secondsLeft  nothing: not known.
  void setProgress(double fraction, std::optional<double> secondsLeft);

 private:
  friend class JobRunner;
  ExternalJob(JobRunner& runner, JobId id);

  QPointer<JobRunner> m_runner;
  JobId m_id;
};

}  // namespace embedscope::jobs
