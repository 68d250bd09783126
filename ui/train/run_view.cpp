// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/run_view.h"

#include "ui/controls/message_bar.h"
#include "ui/train/caution_list.h"
#include "ui/train/film_bar.h"
#include "ui/train/film_controller.h"
#include "ui/train/live_vectors.h"
#include "ui/train/loss_curves.h"
#include "ui/train/missing_offer.h"
#include "ui/train/neighbor_curves.h"
#include "ui/train/run_controller.h"
#include "ui/train/run_controls.h"
#include "ui/train/run_words.h"

#include <QSplitter>
#include <QVBoxLayout>

namespace embedscope::train {

namespace {

constexpr int kMargin = 16;
constexpr double kQuickSeconds = 2;
constexpr int kFewRows = 3;  // so few categories are better seen as numbers than as points

using controls::MessageBar;

MessageBar::Kind kindOf(jobs::RunOutcome::Kind outcome) {
  switch (outcome) {
    case jobs::RunOutcome::Kind::Completed:
    case jobs::RunOutcome::Kind::Stopped:
      return MessageBar::Kind::Information;
    case jobs::RunOutcome::Kind::Diverged:
      return MessageBar::Kind::Warning;
    case jobs::RunOutcome::Kind::Failed:
      break;
  }
  return MessageBar::Kind::Error;
}

}  // namespace

RunView::RunView(document::Document& document, jobs::JobRunner& jobs, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_run(new RunController(document, jobs, this)),
      m_message(new MessageBar(this)),
      m_cautions(new CautionList(this)),
      m_controls(new RunControls(this)),
      m_curves(new LossCurves(this)),
      m_neighbors(new NeighborCurves(this)),
      m_vectors(new LiveVectors(this)),
      m_film(new FilmBar(this)) {
  setObjectName(QStringLiteral("runView"));
  layOut();
  connectDocument();
  connectRun();
  showSetup();
}

RunView::~RunView() = default;

void RunView::layOut() {
  auto* content = new QVBoxLayout;
  content->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
  content->setSpacing(kMargin);
  content->addWidget(m_controls);
  content->addWidget(m_cautions);
  content->addWidget(buildPlots(), 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  m_message->setObjectName(QStringLiteral("runMessages"));
  layout->addWidget(m_message);
  layout->addLayout(content, 1);
}

QWidget* RunView::buildPlots() {
  auto* splitter = new QSplitter(Qt::Vertical, this);
  splitter->setObjectName(QStringLiteral("trainPlots"));
  splitter->setChildrenCollapsible(false);
  splitter->setHandleWidth(kMargin);
  splitter->addWidget(buildCurves());
  splitter->addWidget(buildVectors());
  splitter->setStretchFactor(0, 2);
  splitter->setStretchFactor(1, 3);
  return splitter;
}

/// The losses, and beside them the neighbors of a category once one is chosen.
QWidget* RunView::buildCurves() {
  auto* splitter = new QSplitter(Qt::Horizontal, this);
  splitter->setObjectName(QStringLiteral("trainCurves"));
  splitter->setChildrenCollapsible(false);
  splitter->setHandleWidth(kMargin);
  splitter->addWidget(m_curves);
  splitter->addWidget(m_neighbors);
  splitter->setStretchFactor(0, 1);
  splitter->setStretchFactor(1, 1);
  m_neighbors->hide();
  connect(m_vectors, &LiveVectors::chosenRowChanged, splitter, [this, splitter] {
    const bool wanted = m_vectors->chosenRow().has_value();
    if (wanted && m_neighbors->isHidden()) {
      m_neighbors->show();
      splitter->setSizes({splitter->width() / 2, splitter->width() / 2});
    }
    m_neighbors->setVisible(wanted);
  });
  return splitter;
}

QWidget* RunView::buildVectors() {
  auto* box = new QWidget(this);
  auto* layout = new QVBoxLayout(box);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(m_vectors, 1);
  layout->addWidget(m_film);
  return box;
}

void RunView::connectDocument() {
  for (const auto signal :
       {&document::Document::dataChanged, &document::Document::trainingSetupChanged,
        &document::Document::featuresChanged}) {
    connect(&m_document, signal, this, &RunView::showSetup);
  }
  connect(&m_document, &document::Document::featureChanged, this, &RunView::showSetup);
  connect(&m_document, &document::Document::dataChanged, this, [this] {
    if (!m_run->isActive()) {
      m_message->clear();
      m_cautions->clear();
      m_curves->clear();
      m_vectors->clear();
      m_film->clear();
      showSetup();
    }
  });
}

void RunView::connectRun() {
  connect(m_controls, &RunControls::startRequested, m_run, &RunController::start);
  connect(m_controls, &RunControls::stepRequested, m_run, &RunController::step);
  connect(m_controls, &RunControls::stopRequested, m_run, &RunController::stop);
  connect(m_controls, &RunControls::pauseOrResumeRequested, m_run, &RunController::pauseOrResume);
  connect(m_controls, &RunControls::slowMotionChanged, m_run, &RunController::setSlowMotion);
  connect(m_vectors, &LiveVectors::watchedFeatureChanged, m_run,
          &RunController::setPreferredFeature);
  connect(m_run, &RunController::started, this, [this](const RunDescription& run) {
    m_message->clear();
    m_cautions->clear();
    m_curves->beginRun(run);
    m_vectors->beginRun(run);
  });
  new FilmController(
      *m_run, {.bar = m_film, .vectors = m_vectors, .losses = m_curves, .neighbors = m_neighbors},
      this);
  connect(m_run, &RunController::stateChanged, this, &RunView::showRunState);
  connect(m_run, &RunController::updated, this, [this](const jobs::TrainingUpdates& updates) {
    m_curves->append(updates);
    m_vectors->show(updates.snapshot);
    showRunState();
  });
  connect(m_run, &RunController::ended, this, &RunView::tellEnding);
}

void RunView::setPanelProblem(const std::optional<QString>& problem) {
  m_panelProblem = problem;
  showRunState();
}

void RunView::showSetup() {
  m_vectors->offerFeatures(m_document.trainingSetup().categorical);
  showRunState();
}

void RunView::showRunState() {
  const bool active = m_run->isActive();
  const bool blocked = !active && (m_panelProblem || m_run->startProblem());
  m_controls->setState({.active = active,
                        .paused = m_run->state() == jobs::SessionState::Paused,
                        .canStart = !blocked,
                        .status = statusText()});
}

QString RunView::statusText() const {
  if (m_run->isActive()) {
    return progressText(m_run->progress(), m_run->run().epochs, m_run->state());
  }
  if (m_panelProblem) {
    return *m_panelProblem;
  }
  if (const auto problem = m_run->startProblem()) {
    return *problem;
  }
  const document::TrainingSetup& setup = m_document.trainingSetup();
  const qsizetype columns = setup.categorical.size() + setup.numeric.size();
  return columns == 1 ? tr("Ready to predict “%1” from one column.").arg(setup.target)
                      : tr("Ready to predict “%1” from %2 columns.").arg(setup.target).arg(columns);
}

void RunView::tellEnding(const RunEnding& ending) {
  showRunState();
  m_cautions->show(ending.outcome.cautions);
  QString text = outcomeText(m_run->run(), ending.outcome, ending.skippedRows);
  if (ending.tablesAdded && ending.outcome.seconds < kQuickSeconds && !m_controls->isSlow()) {
    text += tr(" Too quick to watch? Turn on slow motion.");
  }
  if (!ending.missing.empty()) {
    offerMissingLabels(*m_message, m_document, ending.missing, text, [this] { m_run->start(); });
    return;
  }
  if (!ending.tablesAdded) {
    m_message->show(kindOf(ending.outcome.kind), text);
    return;
  }
  const document::TableEntry* entry = m_document.currentTableEntry();
  const bool tiny = entry != nullptr && entry->table->rowCount() <= kFewRows;
  const document::Page page = tiny ? document::Page::Product : document::Page::Explore;
  m_message->show(kindOf(ending.outcome.kind), text,
                  tiny ? tr("Look at it in Product") : tr("Look at it in Explore"),
                  [this, page] { emit pageRequested(page); });
}

}  // namespace embedscope::train
