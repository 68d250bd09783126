// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"
#include "ui/jobs/job_runner.h"
#include "ui/jobs/race_session.h"
#include "ui/train/missing_labels.h"
#include "ui/train/race_board.h"

#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace embedscope::train {

/// As training::runRace. Called on a worker thread.
using RaceFunction = std::function<std::optional<training::RaceResult>(
    const data::DatasetPtr& dataset, const training::RaceRecipe& recipe,
    const base::TaskContext& context, const training::RaceListener& listener)>;

/// How a race ended, and what may be done about it.
struct RaceEnding {
  jobs::RaceSession::Outcome::Kind kind = jobs::RaceSession::Outcome::Kind::Cancelled;
  QString sentence;                    ///< Failed: why
  std::vector<MissingLabels> missing;  ///< Failed because features lack these labels
  double seconds = 0;
};

/// Owns the race session: turns the document's setups into races, and what they tell into a board.
/// Knows no widgets. Every member belongs to the window's thread.
class RaceController : public QObject {
  Q_OBJECT

 public:
  /// @param race  what races; tests give one of their own.
  RaceController(document::Document& document, jobs::JobRunner& jobs,
                 RaceFunction race = training::runRace, QObject* parent = nullptr);

  /// Why no race can start, as a sentence that says what to do; nothing when one can.
  std::optional<QString> startProblem() const;

  /// "6 approaches × 5 seeds: 30 runs", of the race that start() would begin.
  QString planText() const;

  /// Begins a race, unless one is under way or startProblem() says why not.
  void start();

  void cancel() { m_session.cancel(); }

  bool isActive() const { return m_session.isActive(); }

  /// "12 of 30 runs · 38 s left"
  QString progressText() const;

  /// Of the race under way, or the last one.
  const RaceBoard& board() const { return m_board; }

  const training::RaceRecipe& recipe() const { return m_recipe; }

  /// "rmse" or "accuracy", from the kind of the target.
  const QString& metricName() const { return m_metricName; }

  const QString& target() const { return m_target; }

  /// Nothing before the end.
  const training::RaceResult* result() const;

  /// Puts a contestant into the setup of a single run, with the first seed of the race.
  void takeContestant(std::size_t contestant);

 signals:
  void started();
  void stateChanged();
  void updated(const std::vector<embedscope::jobs::RaceMessage>& messages);
  void ended(const embedscope::train::RaceEnding& ending);

 private:
  std::variant<document::RacePlan, QString> plan() const;
  void takeMessages();
  void finish();

  document::Document& m_document;
  RaceFunction m_race;
  std::shared_ptr<std::vector<MissingLabels>> m_missing;  ///< written by the worker before its end
  training::RaceRecipe m_recipe;
  QString m_metricName;
  QString m_target;
  RaceBoard m_board;
  jobs::RaceSession m_session;
};

}  // namespace embedscope::train
