// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/layout_run.h"

#include "core/base/error.h"
#include "core/table/column_categories.h"

#include <chrono>
#include <mutex>
#include <utility>

namespace embedscope::explore {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kLookMs = 40;
constexpr double kBegun = 0.4;        // of the progress; neighbors and the start
constexpr double kPrepared = 0.1;     // of beginning
constexpr double kLaidOut = 0.95;     // what is left is measuring
constexpr double kPublishing = 0.04;  // seconds between points that are handed out

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace

QString layoutName(const projection::LayoutOptions& options) {
  return std::holds_alternative<projection::UmapOptions>(options) ? QStringLiteral("UMAP")
                                                                  : QStringLiteral("t-SNE");
}

/// What the window and the thread that works share. The layout belongs to the thread while a job
/// runs; what is handed out lies behind the mutex.
struct LayoutRun::Work {
  table::TablePtr table;
  projection::LayoutOptions options;
  projection::Preparation preparation;
  QString supervisor;
  std::optional<projection::Layout> layout;

  std::mutex mutex;
  Points points;
  std::int64_t step = 0;
  std::int64_t steps = 0;
  double seconds = 0;

  /// @return false when stopped.
  bool layOut(const base::TaskContext& context);
  /// Nothing when stopped.
  std::optional<Measures> measure(const base::TaskContext& context) const;

 private:
  void begin(const base::TaskContext& context);
  std::optional<projection::LayoutOptions> supervisedOptions(
      const base::TaskContext& context) const;
  void publish();
};

void LayoutRun::Work::publish() {
  auto copy = std::make_shared<const base::RowMatrix>(layout->points());
  const std::lock_guard lock(mutex);
  points = std::move(copy);
  step = layout->step();
  steps = layout->steps();
}

/// Without a layout when stopped.
void LayoutRun::Work::begin(const base::TaskContext& context) {
  const double prepared = preparation.isNone() ? 0 : kPrepared;
  const auto chosen = supervisedOptions(context);
  const auto rows =
      projection::PreparedRows::of(table->values(), preparation, context.part(0, prepared));
  if (chosen && rows) {
    layout = projection::Layout::begin(rows->values(), *chosen, context.part(prepared, 1));
  }
}

/// With the categories of the column that supervises; nothing when stopped.
std::optional<projection::LayoutOptions> LayoutRun::Work::supervisedOptions(
    const base::TaskContext& context) const {
  projection::LayoutOptions chosen = options;
  auto* umap = std::get_if<projection::UmapOptions>(&chosen);
  if (umap == nullptr || supervisor.isEmpty()) {
    return chosen;
  }
  const table::MetadataColumn* column = table->metadata().find(supervisor.toStdString());
  if (column == nullptr) {
    throw base::Error(base::ErrorCode::InvalidArgument,
                      "the table has no column \"" + supervisor.toStdString() + "\" any more");
  }
  auto categories = table::columnCategories(*column, context);
  if (!categories) {
    return {};
  }
  umap->categories = std::move(categories->ofRows);
  return chosen;
}

bool LayoutRun::Work::layOut(const base::TaskContext& context) {
  const Clock::time_point start = Clock::now();
  const auto count = [&] {
    const std::lock_guard lock(mutex);
    seconds += secondsSince(start);
  };
  if (!layout) {
    begin(context.part(0, kBegun));
    if (!layout) {
      count();
      return false;
    }
    publish();
  }
  const base::TaskContext stoppable(context.stopToken(), {});
  const base::TaskContext progress = context.part(kBegun, kLaidOut);
  Clock::time_point published = Clock::now();
  while (!layout->isDone() && layout->advance(1, stoppable)) {
    progress.report(static_cast<double>(layout->step()) / static_cast<double>(layout->steps()));
    if (secondsSince(published) >= kPublishing) {
      publish();
      published = Clock::now();
    }
  }
  publish();
  count();
  return layout->isDone();
}

std::optional<LayoutRun::Measures> LayoutRun::Work::measure(
    const base::TaskContext& context) const {
  projection::FaithfulnessOptions measuring;
  measuring.metric = projection::layoutMetric(options);
  measuring.seed = projection::layoutSeed(options);
  Measures measures;
  measures.divergence = layout->divergence(base::TaskContext(context.stopToken(), {}));
  measures.faithfulness = projection::faithfulness(table->values(), layout->points(), measuring,
                                                   context.part(kLaidOut, 1));
  return measures.faithfulness ? std::optional(std::move(measures)) : std::nullopt;
}

LayoutRun::LayoutRun(jobs::JobRunner& runner, QObject* parent)
    : QObject(parent), m_job(runner, this) {
  m_look.setInterval(kLookMs);
  connect(&m_look, &QTimer::timeout, this, &LayoutRun::takePoints);
}

LayoutRun::~LayoutRun() = default;

void LayoutRun::start(const table::TablePtr& table, const projection::LayoutOptions& options,
                      const projection::Preparation& preparation, const QString& supervisor) {
  clear();
  m_work = std::make_shared<Work>();
  m_work->table = table;
  m_work->options = options;
  m_work->preparation = preparation;
  m_work->supervisor = supervisor;
  run();
}

void LayoutRun::pause() {
  if (m_state == State::Running) {
    m_job.cancel();
  }
}

void LayoutRun::resume() {
  if (m_state == State::Paused) {
    run();
  }
}

void LayoutRun::clear() {
  m_job.drop();
  m_look.stop();
  m_work = nullptr;
  forgetPoints();
  m_state = State::Idle;
}

void LayoutRun::forgetPoints() {
  m_points = nullptr;
  m_step = 0;
  m_steps = 0;
  m_faithfulness.reset();
  m_divergence.reset();
}

const projection::LayoutOptions& LayoutRun::options() const {
  static const projection::LayoutOptions kUsual;
  return m_work ? m_work->options : kUsual;
}

projection::Preparation LayoutRun::preparation() const {
  return m_work ? m_work->preparation : projection::Preparation();
}

QString LayoutRun::supervisor() const {
  return m_work ? m_work->supervisor : QString();
}

double LayoutRun::seconds() const {
  if (!m_work) {
    return 0;
  }
  const std::lock_guard lock(m_work->mutex);
  return m_work->seconds;
}

/// The work goes on; the thread alone touches the layout until the job has ended.
void LayoutRun::run() {
  m_look.start();
  using Measured = std::optional<Measures>;
  m_job.start(tr("%1 of “%2”")
                  .arg(layoutName(m_work->options), QString::fromStdString(m_work->table->name())),
              [work = m_work](const base::TaskContext& context) {
                return work->layOut(context) ? work->measure(context) : Measured();
              },
              {.done =
                   [this](Measured measured) {
                     if (measured) {
                       m_faithfulness = std::move(measured->faithfulness);
                       m_divergence = measured->divergence;
                     }
                     takePoints();
                     become(State::Done);
                   },
               .failed =
                   [this](const base::Error& error) {
                     m_work->layout.reset();
                     forgetPoints();
                     become(State::Idle);  // still the run of these options
                     emit failed(QString::fromStdString(error.sentence()));
                   },
               .cancelled =
                   [this] {
                     takePoints();
                     become(State::Paused);
                   }});
  become(State::Running);
}

void LayoutRun::become(State state) {
  m_state = state;
  if (state != State::Running) {
    m_look.stop();
  }
  emit stateChanged();
}

void LayoutRun::takePoints() {
  {
    const std::lock_guard lock(m_work->mutex);
    if (m_work->points == m_points) {
      return;
    }
    m_points = m_work->points;
    m_step = m_work->step;
    m_steps = m_work->steps;
  }
  emit pointsMoved();
}

}  // namespace embedscope::explore
