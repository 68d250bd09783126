// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"
#include "ui/jobs/job_runner.h"
#include "ui/jobs/training_session.h"
#include "ui/train/run_description.h"
#include "ui/train/run_preparation.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace embedscope::train {

/// How a run ended, and what may be done about it.
struct RunEnding {
  jobs::RunOutcome outcome;
  std::vector<MissingLabels> missing;  ///< Failed because features lack these labels
  std::int64_t skippedRows = 0;
  bool tablesAdded = false;  ///< the document holds the trained tables now
};

/// Owns the training session: turns the document's setup into runs, and what they leave into tables
/// of the document. Knows no widgets. Every member belongs to the window's thread.
class RunController : public QObject {
  Q_OBJECT

 public:
  RunController(document::Document& document, jobs::JobRunner& jobs, QObject* parent = nullptr);

  /// Why no run can start, as a sentence that says what to do; nothing when one can.
  std::optional<QString> startProblem() const;

  /// Begins a run, unless one is under way or startProblem() says why not.
  void start();

  /// Takes one step and holds; begins a run with it when there is none.
  void step();

  /// Begins a run that goes on from a frame of the film, with the setup as it is now. Holds at
  /// once, so that a person sees where it stands. A paused run ends for it.
  void continueFrom(std::size_t frame);

  void pauseOrResume();

  void stop() { m_session.stop(); }

  /// At most so many steps a second; nothing: full speed.
  void setSlowMotion(std::optional<double> stepsPerSecond);

  jobs::SessionState state() const { return m_session.state(); }

  bool isActive() const { return m_session.isActive(); }

  const jobs::TrainingProgress& progress() const { return m_session.progress(); }

  /// The run under way, or the last one.
  const RunDescription& run() const { return m_run; }

  /// The film of that run, as far as it was told about.
  const training::Film& film() const { return m_film; }

  /// The feature whose table becomes the current one when a run ends.
  void setPreferredFeature(const QString& name) { m_preferred = name; }

 signals:
  void started(const embedscope::train::RunDescription& run);
  void stateChanged();
  void updated(const embedscope::jobs::TrainingUpdates& updates);
  void ended(const embedscope::train::RunEnding& ending);

 private:
  void begin(jobs::TrainingSession::StartMode mode, std::optional<jobs::ResumePoint> from = {});
  void takeUpdates();
  void finish(const jobs::RunOutcome& outcome);
  bool addTables(const jobs::RunOutcome& outcome);

  document::Document& m_document;
  jobs::TrainingSession m_session;
  std::shared_ptr<Preparation> m_preparation;
  RunDescription m_run;
  training::Film m_film{0};
  QString m_preferred;
};

}  // namespace embedscope::train
