// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/train_page.h"

#include "ui/controls/empty_state.h"
#include "ui/controls/message_bar.h"
#include "ui/controls/page_frame.h"
#include "ui/train/data_panel.h"
#include "ui/train/film_bar.h"
#include "ui/train/film_controller.h"
#include "ui/train/generate_form.h"
#include "ui/train/input_list.h"
#include "ui/train/live_vectors.h"
#include "ui/train/loss_curves.h"
#include "ui/train/model_panel.h"
#include "ui/train/neighbor_curves.h"
#include "ui/train/run_controller.h"
#include "ui/train/run_controls.h"
#include "ui/train/run_words.h"

#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

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

TrainPage::TrainPage(document::Document& document, jobs::JobRunner& jobs, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_jobs(jobs),
      m_run(new RunController(document, jobs, this)),
      m_frame(new controls::PageFrame(this)),
      m_panels(new QStackedWidget(this)),
      m_generate(new GenerateForm(this)),
      m_model(new ModelPanel(document, this)),
      m_message(new MessageBar(this)),
      m_controls(new RunControls(this)),
      m_picture(new QStackedWidget(this)),
      m_curves(new LossCurves(this)),
      m_neighbors(new NeighborCurves(this)),
      m_vectors(new LiveVectors(this)),
      m_film(new FilmBar(this)) {
  setObjectName(QStringLiteral("trainPage"));
  setAccessibleName(tr("Train"));
  buildPanel();
  m_frame->setPicture(buildPicture());
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_frame);
  connectDocument();
  connectRun();
  showSetup();
}

TrainPage::~TrainPage() = default;

void TrainPage::buildPanel() {
  auto* setup = new QWidget(m_panels);
  auto* dataPanel = new DataPanel(m_document, setup);
  auto* layout = new QVBoxLayout(setup);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(12);
  layout->addWidget(dataPanel);
  layout->addWidget(new InputList(m_document, setup), 1);
  layout->addWidget(m_model);
  layout->addStretch(0);
  m_panels->setObjectName(QStringLiteral("trainPanels"));
  m_panels->addWidget(setup);
  m_panels->addWidget(m_generate);
  m_frame->panel()->addWidget(m_panels, 1);
  connect(dataPanel, &DataPanel::openRequested, this, &TrainPage::openDataRequested);
  connect(dataPanel, &DataPanel::generateRequested, this,
          [this] { m_panels->setCurrentWidget(m_generate); });
  connect(m_generate, &GenerateForm::generateRequested, this, &TrainPage::generate);
  connect(m_generate, &GenerateForm::cancelled, this, [this] { m_panels->setCurrentIndex(0); });
  connect(m_model, &ModelPanel::problemChanged, this, &TrainPage::showRunState);
}

QWidget* TrainPage::buildPicture() {
  auto* empty = new controls::EmptyState(
      tr("Nothing to train on yet"),
      tr("Open a table with categorical columns, or generate data whose hidden structure is known "
         "and see whether training finds it."),
      m_picture);
  empty->setObjectName(QStringLiteral("noData"));
  empty->addAction(tr("Open data…"), [this] { emit openDataRequested(); });
  empty->addAction(tr("Generate…"), [this] { m_panels->setCurrentWidget(m_generate); });
  m_picture->addWidget(empty);
  m_picture->addWidget(buildPlots());
  auto* right = new QWidget(m_frame);
  auto* layout = new QVBoxLayout(right);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(m_message);
  layout->addWidget(m_picture, 1);
  return right;
}

QWidget* TrainPage::buildPlots() {
  auto* splitter = new QSplitter(Qt::Vertical, m_picture);
  splitter->setObjectName(QStringLiteral("trainPlots"));
  splitter->setChildrenCollapsible(false);
  splitter->setHandleWidth(kMargin);
  splitter->addWidget(buildCurves());
  splitter->addWidget(buildVectors());
  splitter->setStretchFactor(0, 2);
  splitter->setStretchFactor(1, 3);
  auto* box = new QWidget(m_picture);
  auto* layout = new QVBoxLayout(box);
  layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
  layout->setSpacing(kMargin);
  layout->addWidget(m_controls);
  layout->addWidget(splitter, 1);
  return box;
}

/// The losses, and beside them the neighbors of a category once one is chosen.
QWidget* TrainPage::buildCurves() {
  auto* splitter = new QSplitter(Qt::Horizontal, m_picture);
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

QWidget* TrainPage::buildVectors() {
  auto* box = new QWidget(m_picture);
  auto* layout = new QVBoxLayout(box);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(m_vectors, 1);
  layout->addWidget(m_film);
  return box;
}

void TrainPage::connectDocument() {
  for (const auto signal :
       {&document::Document::dataChanged, &document::Document::trainingSetupChanged,
        &document::Document::featuresChanged}) {
    connect(&m_document, signal, this, &TrainPage::showSetup);
  }
  connect(&m_document, &document::Document::featureChanged, this, &TrainPage::showSetup);
  connect(&m_document, &document::Document::dataChanged, this, [this] {
    if (!m_run->isActive()) {
      m_message->clear();
      m_curves->clear();
      m_vectors->clear();
      m_film->clear();
      showSetup();
    }
  });
}

void TrainPage::connectRun() {
  connect(m_controls, &RunControls::startRequested, m_run, &RunController::start);
  connect(m_controls, &RunControls::stepRequested, m_run, &RunController::step);
  connect(m_controls, &RunControls::stopRequested, m_run, &RunController::stop);
  connect(m_controls, &RunControls::pauseOrResumeRequested, m_run, &RunController::pauseOrResume);
  connect(m_controls, &RunControls::slowMotionChanged, m_run, &RunController::setSlowMotion);
  connect(m_vectors, &LiveVectors::watchedFeatureChanged, m_run,
          &RunController::setPreferredFeature);
  connect(m_run, &RunController::started, this, [this](const RunDescription& run) {
    m_message->clear();
    m_curves->beginRun(run);
    m_vectors->beginRun(run);
  });
  new FilmController(
      *m_run, {.bar = m_film, .vectors = m_vectors, .losses = m_curves, .neighbors = m_neighbors},
      this);
  connect(m_run, &RunController::stateChanged, this, &TrainPage::showRunState);
  connect(m_run, &RunController::updated, this, [this](const jobs::TrainingUpdates& updates) {
    m_curves->append(updates);
    m_vectors->show(updates.snapshot);
    showRunState();
  });
  connect(m_run, &RunController::ended, this, &TrainPage::tellEnding);
}

void TrainPage::showSetup() {
  m_picture->setCurrentIndex(m_document.data() ? 1 : 0);
  m_vectors->offerFeatures(m_document.trainingSetup().categorical);
  showRunState();
}

void TrainPage::showRunState() {
  const bool active = m_run->isActive();
  const bool blocked = !active && (m_model->problem() || m_run->startProblem());
  m_controls->setState({.active = active,
                        .paused = m_run->state() == jobs::SessionState::Paused,
                        .canStart = !blocked,
                        .status = statusText()});
}

QString TrainPage::statusText() const {
  if (m_run->isActive()) {
    return progressText(m_run->progress(), m_run->run().epochs, m_run->state());
  }
  if (m_model->problem()) {
    return tr("Hidden layers: %1").arg(*m_model->problem());
  }
  if (const auto problem = m_run->startProblem()) {
    return *problem;
  }
  const document::TrainingSetup& setup = m_document.trainingSetup();
  const qsizetype columns = setup.categorical.size() + setup.numeric.size();
  return columns == 1 ? tr("Ready to predict “%1” from one column.").arg(setup.target)
                      : tr("Ready to predict “%1” from %2 columns.").arg(setup.target).arg(columns);
}

void TrainPage::generate() {
  const data::GeneratedSpec spec = m_generate->spec();
  m_jobs.run(tr("Generating “%1”").arg(m_generate->title()), this,
             [spec](const base::TaskContext&) { return document::generatedData(spec); },
             {.done =
                  [this, target = m_generate->target()](const document::DataEntryPtr& made) {
                    m_message->clear();
                    m_panels->setCurrentIndex(0);
                    document::openData(m_document, made, target);
                  },
              .failed =
                  [this](const base::Error& error) {
                    m_message->show(MessageBar::Kind::Error,
                                    QString::fromStdString(error.sentence()));
                  },
              .cancelled = {}});
}

void TrainPage::tellEnding(const RunEnding& ending) {
  showRunState();
  QString text = outcomeText(m_run->run(), ending.outcome, ending.skippedRows);
  if (ending.tablesAdded && ending.outcome.seconds < kQuickSeconds && !m_controls->isSlow()) {
    text += tr(" Too quick to watch? Turn on slow motion.");
  }
  if (!ending.missing.empty()) {
    offerMissingLabels(ending, text);
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

void TrainPage::offerMissingLabels(const RunEnding& ending, const QString& text) {
  m_message->show(MessageBar::Kind::Error, text, tr("Add the missing categories"),
                  [this, missing = ending.missing] {
                    const int added = addMissingLabels(m_document, missing);
                    m_message->show(MessageBar::Kind::Information,
                                    added == 1 ? tr("One category was added.")
                                               : tr("%1 categories were added.").arg(added),
                                    tr("Start"), [this] { m_run->start(); });
                  });
}

}  // namespace embedscope::train
