// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"
#include "ui/jobs/job_runner.h"
#include "ui/jobs/race_session.h"
#include "ui/train/missing_labels.h"

#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace embedscope::train {

/// As training::measureCrossover. Called on a worker thread.
using CrossoverFunction = std::function<std::optional<training::CrossoverResult>(
    const training::CrossoverRecipe& recipe, const base::TaskContext& context,
    const std::function<void(const training::CrossoverPoint& point)>& listener)>;

/// How a measurement ended, and what may be done about it.
struct CrossoverEnding {
  jobs::CrossoverSession::Outcome::Kind kind = jobs::CrossoverSession::Outcome::Kind::Cancelled;
  QString sentence;                    ///< Failed: why
  std::vector<MissingLabels> missing;  ///< Failed because features lack these labels
  double seconds = 0;
};

/// Owns the crossover session: turns the document's setups into measurements and collects their
/// points. Knows no widgets. Every member belongs to the window's thread.
class CrossoverController : public QObject {
  Q_OBJECT

 public:
  /// @param measure  what measures; tests give one of their own.
  CrossoverController(document::Document& document, jobs::JobRunner& jobs,
                      CrossoverFunction measure = training::measureCrossover,
                      QObject* parent = nullptr);

  /// Why nothing can be measured, as a sentence that says what to do; nothing when it can.
  std::optional<QString> startProblem() const;

  /// "5 values × 2 approaches × 5 seeds: 50 runs", of what start() would begin.
  QString planText() const;

  /// Begins a measurement, unless one is under way or startProblem() says why not.
  void start();

  void cancel() { m_session.cancel(); }

  bool isActive() const { return m_session.isActive(); }

  /// "2 of 5 points · 38 s left"
  QString progressText() const;

  /// Of the measurement under way, or the last one.
  const training::CrossoverRecipe& recipe() const { return m_recipe; }

  /// "rmse" or "accuracy".
  const QString& metricName() const { return m_metricName; }

  const std::vector<training::CrossoverPoint>& points() const { return m_points; }

  /// Nothing before the end.
  const training::CrossoverResult* result() const;

 signals:
  void started();
  void stateChanged();
  void updated();
  void ended(const embedscope::train::CrossoverEnding& ending);

 private:
  std::variant<document::CrossoverPlan, QString> plan() const;
  void takePoints();
  void finish();

  document::Document& m_document;
  CrossoverFunction m_measure;
  std::shared_ptr<std::vector<MissingLabels>> m_missing;  ///< written by the worker before its end
  training::CrossoverRecipe m_recipe;
  QString m_metricName;
  std::vector<training::CrossoverPoint> m_points;
  jobs::CrossoverSession m_session;
};

}  // namespace embedscope::train
