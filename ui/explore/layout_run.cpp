// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/umap_run.h"

#include "core/base/error.h"

#include <chrono>
#include <mutex>
#include <utility>

namespace embedscope::explore {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kLookMs = 40;
constexpr double kBegun = 0.4;        // of the progress; neighbors and the start
constexpr double kLaidOut = 0.95;     // what is left is measuring
constexpr double kPublishing = 0.04;  // seconds between points that are handed out

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace

/// What the window and the thread that works share. The layout belongs to the thread while a job
/// runs; what is handed out lies behind the mutex.
struct UmapRun::Work {
  table::TablePtr table;
  projection::UmapOptions options;
  std::optional<projection::Umap> umap;

  std::mutex mutex;
  Points points;
  std::int64_t epoch = 0;
  std::int64_t epochs = 0;
  double seconds = 0;

  /// @return false when stopped.
  bool layOut(const base::TaskContext& context);
  std::optional<projection::Faithfulness> measure(const base::TaskContext& context) const;

 private:
  void publish();
};

void UmapRun::Work::publish() {
  auto copy = std::make_shared<const base::RowMatrix>(umap->points());
  const std::lock_guard lock(mutex);
  points = std::move(copy);
  epoch = umap->epoch();
  epochs = umap->epochs();
}

bool UmapRun::Work::layOut(const base::TaskContext& context) {
  const Clock::time_point start = Clock::now();
  const auto count = [&] {
    const std::lock_guard lock(mutex);
    seconds += secondsSince(start);
  };
  if (!umap) {
    umap = projection::Umap::begin(table->values(), options, context.part(0, kBegun));
    if (!umap) {
      count();
      return false;
    }
    publish();
  }
  const base::TaskContext stoppable(context.stopToken(), {});
  const base::TaskContext progress = context.part(kBegun, kLaidOut);
  Clock::time_point published = Clock::now();
  while (!umap->isDone() && umap->advance(1, stoppable)) {
    progress.report(static_cast<double>(umap->epoch()) / static_cast<double>(umap->epochs()));
    if (secondsSince(published) >= kPublishing) {
      publish();
      published = Clock::now();
    }
  }
  publish();
  count();
  return umap->isDone();
}

std::optional<projection::Faithfulness> UmapRun::Work::measure(
    const base::TaskContext& context) const {
  projection::FaithfulnessOptions measuring;
  measuring.metric = options.metric;
  measuring.seed = options.seed;
  return projection::faithfulness(table->values(), umap->points(), measuring,
                                  context.part(kLaidOut, 1));
}

UmapRun::UmapRun(jobs::JobRunner& runner, QObject* parent) : QObject(parent), m_job(runner, this) {
  m_look.setInterval(kLookMs);
  connect(&m_look, &QTimer::timeout, this, &UmapRun::takePoints);
}

UmapRun::~UmapRun() = default;

void UmapRun::start(const table::TablePtr& table, const projection::UmapOptions& options) {
  clear();
  m_work = std::make_shared<Work>();
  m_work->table = table;
  m_work->options = options;
  run();
}

void UmapRun::pause() {
  if (m_state == State::Running) {
    m_job.cancel();
  }
}

void UmapRun::resume() {
  if (m_state == State::Paused) {
    run();
  }
}

void UmapRun::clear() {
  m_job.drop();
  m_look.stop();
  m_work = nullptr;
  m_points = nullptr;
  m_epoch = 0;
  m_epochs = 0;
  m_faithfulness.reset();
  m_state = State::Idle;
}

const projection::UmapOptions& UmapRun::options() const {
  static const projection::UmapOptions kUsual;
  return m_work ? m_work->options : kUsual;
}

double UmapRun::seconds() const {
  if (!m_work) {
    return 0;
  }
  const std::lock_guard lock(m_work->mutex);
  return m_work->seconds;
}

/// The work goes on; the thread alone touches the layout until the job has ended.
void UmapRun::run() {
  m_look.start();
  using Measured = std::optional<projection::Faithfulness>;
  m_job.start(tr("UMAP of “%1”").arg(QString::fromStdString(m_work->table->name())),
              [work = m_work](const base::TaskContext& context) {
                return work->layOut(context) ? work->measure(context) : Measured();
              },
              {.done =
                   [this](Measured measured) {
                     m_faithfulness = std::move(measured);
                     takePoints();
                     become(State::Done);
                   },
               .failed =
                   [this](const base::Error& error) {
                     clear();
                     emit stateChanged();
                     emit failed(QString::fromStdString(error.sentence()));
                   },
               .cancelled =
                   [this] {
                     takePoints();
                     become(State::Paused);
                   }});
  become(State::Running);
}

void UmapRun::become(State state) {
  m_state = state;
  if (state != State::Running) {
    m_look.stop();
  }
  emit stateChanged();
}

void UmapRun::takePoints() {
  {
    const std::lock_guard lock(m_work->mutex);
    if (m_work->points == m_points) {
      return;
    }
    m_points = m_work->points;
    m_epoch = m_work->epoch;
    m_epochs = m_work->epochs;
  }
  emit pointsMoved();
}

}  // namespace embedscope::explore
