// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/race_view.h"

#include "ui/controls/message_bar.h"
#include "ui/train/missing_offer.h"
#include "ui/train/race_curves.h"
#include "ui/train/race_table.h"
#include "ui/train/run_words.h"
#include "ui/train/session_controls.h"
#include "ui/train/verdict_label.h"

#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace embedscope::train {

namespace {

constexpr int kMargin = 16;
using controls::MessageBar;

}  // namespace

RaceView::RaceView(document::Document& document, jobs::JobRunner& jobs, RaceFunction race,
                   QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_race(new RaceController(document, jobs, std::move(race), this)),
      m_message(new MessageBar(this)),
      m_controls(new SessionControls(QStringLiteral("Race"), tr("Start race"),
                                     tr("Let the ticked approaches compete"), this)),
      m_verdict(new VerdictLabel("raceVerdict", tr("Verdict of the race"), this)),
      m_splitter(new QSplitter(Qt::Vertical, this)),
      m_curves(new RaceCurves(this)),
      m_table(new RaceTable(this)) {
  setObjectName(QStringLiteral("raceView"));
  layOut();
  connectRace();
  for (const auto signal :
       {&document::Document::dataChanged, &document::Document::trainingSetupChanged,
        &document::Document::raceSetupChanged, &document::Document::featuresChanged}) {
    connect(&document, signal, this, &RaceView::showState);
  }
  connect(&document, &document::Document::featureChanged, this, &RaceView::showState);
  connect(&document, &document::Document::dataChanged, this, [this] {
    if (!m_race->isActive()) {
      m_message->clear();
      m_verdict->setVerdict({});
      m_curves->clear();
      m_table->clear();
    }
  });
  showState();
}

void RaceView::layOut() {
  m_splitter->setObjectName(QStringLiteral("racePlots"));
  m_splitter->setChildrenCollapsible(false);
  m_splitter->setHandleWidth(kMargin);
  m_splitter->addWidget(m_curves);
  m_splitter->addWidget(m_table);
  m_splitter->setStretchFactor(0, 3);
  m_splitter->setStretchFactor(1, 2);
  auto* content = new QVBoxLayout;
  content->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
  content->setSpacing(kMargin);
  content->addWidget(m_controls);
  content->addWidget(m_verdict);
  content->addWidget(m_splitter, 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  m_message->setObjectName(QStringLiteral("raceMessages"));
  layout->addWidget(m_message);
  layout->addLayout(content, 1);
}

void RaceView::connectRace() {
  connect(m_controls, &SessionControls::startRequested, m_race, &RaceController::start);
  connect(m_controls, &SessionControls::cancelRequested, m_race, &RaceController::cancel);
  connect(m_race, &RaceController::started, this, &RaceView::begin);
  connect(m_race, &RaceController::stateChanged, this, &RaceView::showState);
  connect(m_race, &RaceController::updated, this,
          [this](const std::vector<jobs::RaceMessage>& messages) {
            m_curves->append(messages);
            m_table->update(m_race->board());
            showState();
          });
  connect(m_race, &RaceController::ended, this, &RaceView::tellEnding);
  connect(m_splitter, &QSplitter::splitterMoved, this, [this] { m_arranged = true; });
  connect(m_table, &RaceTable::chosenChanged, m_curves, &RaceCurves::highlight);
  connect(m_table, &RaceTable::trainRequested, this, &RaceView::take);
}

void RaceView::setPanelProblem(const std::optional<QString>& problem) {
  m_panelProblem = problem;
  showState();
}

void RaceView::showState() {
  if (m_race->isActive()) {
    m_controls->setState(true, false, m_race->progressText());
    return;
  }
  const std::optional<QString> problem = m_panelProblem ? m_panelProblem : m_race->startProblem();
  m_controls->setState(false, !problem, problem.value_or(m_race->planText()));
}

void RaceView::begin() {
  m_message->clear();
  m_verdict->setVerdict({});
  m_curves->begin(m_race->board(), m_race->metricName(), m_race->target());
  m_table->begin(m_race->board(), m_race->metricName());
  makeRoom();
  showState();
}

/// The whole table, unless that takes too much from the curves or somebody wants it otherwise.
void RaceView::makeRoom() {
  const int height = m_splitter->height() - m_splitter->handleWidth();
  if (!m_arranged && height > 0) {
    const int table = std::min(m_table->fullHeight(), height / 2);
    m_splitter->setSizes({height - table, table});
  }
}

void RaceView::tellEnding(const RaceEnding& ending) {
  using Kind = jobs::RaceSession::Outcome::Kind;
  showState();
  if (const training::RaceResult* result = m_race->result()) {
    m_table->finish(*result);
    m_verdict->setVerdict(QString::fromStdString(result->verdict));
    layout()->activate();
    makeRoom();
    return;
  }
  if (ending.kind == Kind::Cancelled) {
    const std::size_t ended = m_race->board().endedCount();
    m_message->show(MessageBar::Kind::Information,
                    tr("The race was cancelled after %1 of %2 runs. What has been drawn stays, "
                       "but there is no verdict.")
                        .arg(ended)
                        .arg(m_race->board().runCount()));
    return;
  }
  const QString text = tr("The race could not be run. %1").arg(ending.sentence);
  if (ending.missing.empty()) {
    m_message->show(MessageBar::Kind::Error, text);
  } else {
    offerMissingLabels(*m_message, m_document, ending.missing, text, [this] { m_race->start(); });
  }
}

void RaceView::take(std::size_t contestant) {
  m_race->takeContestant(contestant);
  const std::string name = training::contestantName(m_race->recipe().contestants[contestant]);
  emit contestantTaken(QString::fromStdString(name));
}

}  // namespace embedscope::train
