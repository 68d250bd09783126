// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/run_controller.h"

#include "ui/jobs/training_job.h"
#include "ui/train/run_words.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace embedscope::train {

namespace {

std::variant<document::RunPlan, QString> planOf(const document::Document& document) {
  const document::DataEntryPtr& data = document.data();
  return document::planRun(document.trainingSetup(), data ? data->table.get() : nullptr,
                           document.features());
}

/// What manifests call the data: its file, or the name of what was generated.
std::string dataNameOf(const document::DataEntry& data) {
  return data.path.isEmpty() ? data.table->name() : data.path.toStdString();
}

RunDescription describe(const document::Document& document, const document::RunPlan& plan) {
  RunDescription run;
  const document::TrainingSetup& setup = document.trainingSetup();
  run.target = setup.target;
  run.epochs = setup.recipe.epochs;
  const document::DataEntry& data = *document.data();
  const auto target = data.table->findColumn(plan.selection.target);
  const bool isNumber =
      !plan.selection.classify && target &&
      data.columns[static_cast<std::size_t>(*target)].kind == data::ColumnKind::Number;
  run.targetKind = isNumber ? data::TargetKind::Regression : data::TargetKind::Classification;
  for (std::size_t i = 0; i < plan.recipe.features.size(); ++i) {
    const data::DatasetSelection::Categorical& feature = plan.selection.categorical[i];
    run.features.push_back({QString::fromStdString(feature.column),
                            std::make_shared<const table::Vocabulary>(feature.vocabulary),
                            training::isOneHotInput(plan.recipe.features[i])});
  }
  run.oneHot = !run.features.empty() && std::ranges::all_of(run.features, &RunFeature::oneHot);
  return run;
}

}  // namespace

RunController::RunController(document::Document& document, jobs::JobRunner& jobs, QObject* parent)
    : QObject(parent), m_document(document) {
  jobs::listTraining(jobs, m_session);
  connect(&m_session, &jobs::TrainingSession::stateChanged, this, &RunController::stateChanged);
  connect(&m_session, &jobs::TrainingSession::updated, this, &RunController::takeUpdates);
  connect(&m_session, &jobs::TrainingSession::finished, this, &RunController::finish);
}

std::optional<QString> RunController::startProblem() const {
  const auto plan = planOf(m_document);
  const QString* problem = std::get_if<QString>(&plan);
  return problem != nullptr ? std::optional(*problem) : std::nullopt;
}

void RunController::start() {
  begin(jobs::TrainingSession::StartMode::Running);
}

void RunController::step() {
  if (!isActive()) {
    begin(jobs::TrainingSession::StartMode::Paused);
  }
  if (isActive()) {
    m_session.step();
  }
}

void RunController::continueFrom(std::size_t frame) {
  if (frame >= m_film.frames().size()) {
    return;
  }
  jobs::ResumePoint from{.checkpoint = m_film.frames()[frame], .film = m_film};
  from.film.cutAfter(from.checkpoint->step);
  begin(jobs::TrainingSession::StartMode::Paused, std::move(from));
}

void RunController::pauseOrResume() {
  if (state() == jobs::SessionState::Paused) {
    m_session.resume();
  } else if (isActive()) {
    m_session.pause();
  }
}

void RunController::setSlowMotion(std::optional<double> stepsPerSecond) {
  m_session.setSlowMotion(stepsPerSecond);
}

void RunController::begin(jobs::TrainingSession::StartMode mode,
                          std::optional<jobs::ResumePoint> from) {
  auto plan = planOf(m_document);
  auto* ready = std::get_if<document::RunPlan>(&plan);
  if ((isActive() && !from) || ready == nullptr) {
    return;
  }
  m_run = describe(m_document, *ready);
  if (from) {
    m_run.continuedAt = from->checkpoint->step;
  }
  m_film = training::Film(0);
  m_preparation = std::make_shared<Preparation>();
  m_run.id = m_session.start(preparedTask(m_document.data()->table, dataNameOf(*m_document.data()),
                                          std::move(*ready), m_preparation, std::move(from)),
                             mode);
  emit started(m_run);
}

void RunController::takeUpdates() {
  const jobs::TrainingUpdates updates = m_session.takeUpdates();
  if (updates.run == m_run.id) {
    if (updates.startingFilm) {
      m_film = *updates.startingFilm;
    }
    for (const training::CheckpointPtr& frame : updates.frames) {
      m_film.append(frame);
    }
    emit updated(updates);
  }
}

void RunController::finish(const jobs::RunOutcome& outcome) {
  takeUpdates();
  RunEnding ending;
  ending.outcome = outcome;
  ending.missing = m_preparation->missing;
  ending.skippedRows = m_preparation->skippedRows;
  ending.tablesAdded = addTables(outcome);
  emit ended(ending);
}

bool RunController::addTables(const jobs::RunOutcome& outcome) {
  if (!outcome.usable() || outcome.steps == 0 || m_run.oneHot || outcome.tables.empty()) {
    return false;
  }
  const QString source = sourceText(m_run, outcome);
  document::TableId preferred;
  for (std::size_t i = 0; i < outcome.tables.size(); ++i) {
    if (m_run.features[i].oneHot) {
      continue;
    }
    const table::TablePtr& table = outcome.tables[i];
    const document::TableId id = m_document.addTable(table, document::TableEntry::Origin::Trained,
                                                     source, m_preparation->provenance);
    if (!preferred || QString::fromStdString(table->name()) == m_preferred) {
      preferred = id;
    }
  }
  m_document.setCurrentTable(preferred);
  return true;
}

}  // namespace embedscope::train
