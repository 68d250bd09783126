// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/race_controller.h"

#include "ui/document/table_text.h"
#include "ui/jobs/live_job.h"
#include "ui/plots/curves.h"
#include "ui/train/race_words.h"
#include "ui/train/run_words.h"

#include <cmath>
#include <utility>
#include <variant>

namespace embedscope::train {

namespace {

QString countText(std::size_t count) {
  return document::groupedText(static_cast<std::int64_t>(count));
}

}  // namespace

RaceController::RaceController(document::Document& document, jobs::JobRunner& jobs,
                               RaceFunction race, QObject* parent)
    : QObject(parent), m_document(document), m_race(std::move(race)) {
  jobs::listSession(jobs, m_session);
  connect(&m_session, &jobs::LiveSession::activeChanged, this, &RaceController::stateChanged);
  connect(&m_session, &jobs::LiveSession::updated, this, &RaceController::takeMessages);
  connect(&m_session, &jobs::LiveSession::finished, this, &RaceController::finish);
}

std::variant<document::RacePlan, QString> RaceController::plan() const {
  const document::DataEntryPtr& data = m_document.data();
  return document::planRace(m_document.trainingSetup(), m_document.raceSetup(),
                            data ? data->table.get() : nullptr, m_document.features(),
                            static_cast<std::size_t>(plots::CurveStyle::distinctCount()));
}

std::optional<QString> RaceController::startProblem() const {
  const auto result = plan();
  const QString* problem = std::get_if<QString>(&result);
  return problem != nullptr ? std::optional(*problem) : std::nullopt;
}

QString RaceController::planText() const {
  const std::size_t contestants = document::contestantsOf(m_document.raceSetup()).size();
  const auto seeds = static_cast<std::size_t>(m_document.raceSetup().seeds);
  const QString approaches =
      contestants == 1 ? tr("1 approach") : tr("%1 approaches").arg(countText(contestants));
  return seeds == 1 ? tr("Ready to race %1 with one seed.").arg(approaches)
                    : tr("Ready to race %1 × %2 seeds: %3 runs.")
                          .arg(approaches, countText(seeds), countText(contestants * seeds));
}

void RaceController::start() {
  auto planned = plan();
  auto* ready = std::get_if<document::RacePlan>(&planned);
  if (isActive() || ready == nullptr) {
    return;
  }
  m_recipe = ready->recipe;
  m_target = QString::fromStdString(ready->selection.target);
  m_metricName = metricNameOf(*m_document.data(), ready->selection);
  m_board = RaceBoard(m_recipe.contestants, m_recipe.seeds.size());
  m_missing = std::make_shared<std::vector<MissingLabels>>();
  const auto number = static_cast<qulonglong>(m_session.runId().value + 1);
  m_session.start(
      tr("race %1").arg(number),
      jobs::raceWork([table = m_document.data()->table, plan = std::move(*ready), race = m_race,
                      missing = m_missing](const base::TaskContext& context,
                                           const training::RaceListener& listener) {
        const data::DatasetPtr dataset = datasetOrMissing(*table, plan.selection, *missing);
        return race(dataset, plan.recipe, context, listener);
      }));
  emit started();
}

QString RaceController::progressText() const {
  if (m_session.isCancelling()) {
    return tr("cancelling…");
  }
  QString text =
      tr("%1 of %2 runs").arg(countText(m_board.endedCount()), countText(m_board.runCount()));
  if (const auto left = m_session.secondsLeft()) {
    text += tr(" · %1 left").arg(durationText(std::ceil(*left)));
  }
  return text;
}

const training::RaceResult* RaceController::result() const {
  const auto& outcome = m_session.outcome();
  return outcome && outcome->result ? &*outcome->result : nullptr;
}

void RaceController::takeMessages() {
  const std::vector<jobs::RaceMessage> messages = m_session.takeMessages();
  for (const jobs::RaceMessage& message : messages) {
    m_board.add(message);
  }
  m_session.setTitle(tr("race %1 · %2 of %3 runs")
                         .arg(static_cast<qulonglong>(m_session.runId().value))
                         .arg(countText(m_board.endedCount()), countText(m_board.runCount())));
  emit updated(messages);
}

void RaceController::finish() {
  takeMessages();
  RaceEnding ending;
  ending.kind = m_session.outcome()->kind;
  ending.sentence = QString::fromStdString(m_session.outcome()->sentence);
  ending.seconds = m_session.outcome()->seconds;
  ending.missing = *m_missing;
  emit ended(ending);
}

void RaceController::takeContestant(std::size_t contestant) {
  if (contestant >= m_recipe.contestants.size()) {
    return;
  }
  document::ChosenContestant chosen;
  for (const std::string& feature : m_recipe.features) {
    chosen.features += QString::fromStdString(feature);
  }
  chosen.contestant = m_recipe.contestants[contestant];
  document::TrainingSetup setup = m_document.trainingSetup();
  setup.contestant = std::move(chosen);
  setup.recipe.seed = m_recipe.seeds.front();
  setup.recipe.patience = m_recipe.base.patience;
  m_document.setTrainingSetup(std::move(setup));
}

}  // namespace embedscope::train
