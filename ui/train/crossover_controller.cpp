// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/crossover_controller.h"

#include "ui/jobs/live_job.h"
#include "ui/train/race_words.h"
#include "ui/train/run_words.h"

#include <cmath>
#include <iterator>
#include <utility>

namespace embedscope::train {

CrossoverController::CrossoverController(document::Document& document, jobs::JobRunner& jobs,
                                         CrossoverFunction measure, QObject* parent)
    : QObject(parent), m_document(document), m_measure(std::move(measure)) {
  jobs::listSession(jobs, m_session);
  connect(&m_session, &jobs::LiveSession::activeChanged, this, &CrossoverController::stateChanged);
  connect(&m_session, &jobs::LiveSession::updated, this, &CrossoverController::takePoints);
  connect(&m_session, &jobs::LiveSession::finished, this, &CrossoverController::finish);
}

std::variant<document::CrossoverPlan, QString> CrossoverController::plan() const {
  const document::DataEntryPtr& data = m_document.data();
  return document::planCrossover(m_document.trainingSetup(), m_document.crossoverSetup(),
                                 data ? data->table.get() : nullptr, m_document.features());
}

std::optional<QString> CrossoverController::startProblem() const {
  const auto result = plan();
  const QString* problem = std::get_if<QString>(&result);
  return problem != nullptr ? std::optional(*problem) : std::nullopt;
}

QString CrossoverController::planText() const {
  const document::CrossoverSetup& setup = m_document.crossoverSetup();
  const auto values = static_cast<std::int64_t>(setup.values().size());
  return tr("Ready to measure at %1 values × 2 approaches × %2 seeds: %3 runs.")
      .arg(values)
      .arg(setup.seeds)
      .arg(2 * values * setup.seeds);
}

void CrossoverController::start() {
  auto planned = plan();
  auto* ready = std::get_if<document::CrossoverPlan>(&planned);
  if (isActive() || ready == nullptr) {
    return;
  }
  m_recipe = ready->recipe;
  m_points.clear();
  m_missing = std::make_shared<std::vector<MissingLabels>>();
  const data::DataTablePtr table =
      m_document.crossoverSetup().needsData() ? m_document.data()->table : nullptr;
  m_metricName = table ? metricNameOf(*m_document.data(), ready->selection)
                       : QStringLiteral("rmse");  // generated data is a regression
  const auto number = static_cast<qulonglong>(m_session.runId().value + 1);
  m_session.start(
      tr("crossover %1").arg(number),
      [table, plan = std::move(*ready), measure = m_measure, missing = m_missing](
          const base::TaskContext& context, const jobs::CrossoverSession::Tell& tell) mutable {
        if (table) {
          plan.recipe.dataset = datasetOrMissing(*table, plan.selection, *missing);
        }
        return measure(plan.recipe, context, tell);
      });
  emit started();
}

QString CrossoverController::progressText() const {
  if (m_session.isCancelling()) {
    return tr("cancelling…");
  }
  QString text = tr("%1 of %2 points").arg(m_points.size()).arg(m_recipe.values.size());
  if (const auto left = m_session.secondsLeft()) {
    text += tr(" · %1 left").arg(durationText(std::ceil(*left)));
  }
  return text;
}

const training::CrossoverResult* CrossoverController::result() const {
  const auto& outcome = m_session.outcome();
  return outcome && outcome->result ? &*outcome->result : nullptr;
}

void CrossoverController::takePoints() {
  std::vector<training::CrossoverPoint> points = m_session.takeMessages();
  m_points.insert(m_points.end(), std::make_move_iterator(points.begin()),
                  std::make_move_iterator(points.end()));
  m_session.setTitle(tr("crossover %1 · %2 of %3 points")
                         .arg(static_cast<qulonglong>(m_session.runId().value))
                         .arg(m_points.size())
                         .arg(m_recipe.values.size()));
  emit updated();
}

void CrossoverController::finish() {
  takePoints();
  CrossoverEnding ending;
  ending.kind = m_session.outcome()->kind;
  ending.sentence = QString::fromStdString(m_session.outcome()->sentence);
  ending.seconds = m_session.outcome()->seconds;
  ending.missing = *m_missing;
  emit ended(ending);
}

}  // namespace embedscope::train
