// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/train_page.h"

#include "ui/controls/empty_state.h"
#include "ui/controls/message_bar.h"
#include "ui/controls/page_frame.h"
#include "ui/train/crossover_setup_panel.h"
#include "ui/train/crossover_view.h"
#include "ui/train/data_panel.h"
#include "ui/train/generate_form.h"
#include "ui/train/input_list.h"
#include "ui/train/mode_switch.h"
#include "ui/train/model_panel.h"
#include "ui/train/race_setup_panel.h"
#include "ui/train/race_view.h"
#include "ui/train/run_view.h"

#include <QStackedWidget>
#include <QVBoxLayout>

namespace embedscope::train {

namespace {

constexpr int kPanelSpacing = 12;

}  // namespace

TrainPage::TrainPage(document::Document& document, jobs::JobRunner& jobs,
                     const TrainEngines& engines, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_jobs(jobs),
      m_frame(new controls::PageFrame(this)),
      m_message(new controls::MessageBar(this)),
      m_switch(new ModeSwitch(this)),
      m_panels(new QStackedWidget(this)),
      m_data(new DataPanel(document, this)),
      m_inputs(new InputList(document, this)),
      m_raceSetup(new RaceSetupPanel(document, this)),
      m_crossoverSetup(new CrossoverSetupPanel(document, this)),
      m_model(new ModelPanel(document, this)),
      m_generate(new GenerateForm(this)),
      m_picture(new QStackedWidget(this)),
      m_run(new RunView(document, jobs, this)),
      m_race(new RaceView(document, jobs, engines.race, this)),
      m_crossover(new CrossoverView(document, jobs, engines.crossover, this)) {
  setObjectName(QStringLiteral("trainPage"));
  setAccessibleName(tr("Train"));
  buildPanel();
  m_frame->setPicture(buildPicture());
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_frame);
  connectPanel();
  connectViews();
  showMode();
}

TrainPage::~TrainPage() = default;

void TrainPage::buildPanel() {
  auto* setup = new QWidget(m_panels);
  auto* layout = new QVBoxLayout(setup);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(kPanelSpacing);
  layout->addWidget(m_switch);
  layout->addWidget(m_data);
  layout->addWidget(m_inputs, 1);
  layout->addWidget(m_raceSetup);
  layout->addWidget(m_crossoverSetup);
  layout->addWidget(m_model);
  layout->addStretch(0);
  m_panels->setObjectName(QStringLiteral("trainPanels"));
  m_panels->addWidget(setup);
  m_panels->addWidget(m_generate);
  m_frame->panel()->addWidget(m_panels, 1);
}

QWidget* TrainPage::buildPicture() {
  m_picture->setObjectName(QStringLiteral("trainPicture"));
  m_picture->addWidget(buildEmptyState());
  m_picture->addWidget(m_run);
  m_picture->addWidget(m_race);
  m_picture->addWidget(m_crossover);
  m_message->setObjectName(QStringLiteral("trainMessages"));
  auto* right = new QWidget(m_frame);
  auto* layout = new QVBoxLayout(right);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(m_message);
  layout->addWidget(m_picture, 1);
  return right;
}

QWidget* TrainPage::buildEmptyState() {
  auto* empty = new controls::EmptyState(
      tr("Nothing to train on yet"),
      tr("Open a table with categorical columns, or generate data whose hidden structure is known "
         "and see whether training finds it."),
      m_picture);
  empty->setObjectName(QStringLiteral("noData"));
  empty->addAction(tr("Open data…"), [this] { emit openDataRequested(); });
  empty->addAction(tr("Generate…"), [this] { m_panels->setCurrentWidget(m_generate); });
  return empty;
}

void TrainPage::connectPanel() {
  connect(m_switch, &ModeSwitch::modeChanged, this, &TrainPage::showMode);
  connect(m_data, &DataPanel::openRequested, this, &TrainPage::openDataRequested);
  connect(m_data, &DataPanel::generateRequested, this,
          [this] { m_panels->setCurrentWidget(m_generate); });
  connect(m_generate, &GenerateForm::generateRequested, this, &TrainPage::generate);
  connect(m_generate, &GenerateForm::cancelled, this, [this] { m_panels->setCurrentIndex(0); });
  connect(m_model, &ModelPanel::problemChanged, this, &TrainPage::showProblems);
  connect(m_raceSetup, &RaceSetupPanel::problemChanged, this, &TrainPage::showProblems);
  connect(m_crossoverSetup, &CrossoverSetupPanel::problemChanged, this, &TrainPage::showProblems);
  connect(&m_document, &document::Document::raceSetupChanged, this, &TrainPage::showProblems);
  connect(&m_document, &document::Document::crossoverSetupChanged, this, &TrainPage::showMode);
  connect(&m_document, &document::Document::dataChanged, this, &TrainPage::showMode);
}

void TrainPage::connectViews() {
  connect(m_run, &RunView::pageRequested, this, &TrainPage::pageRequested);
  connect(m_race, &RaceView::contestantTaken, this, [this](const QString& name) {
    setMode(TrainMode::OneRun);
    m_run->messages().show(controls::MessageBar::Kind::Information,
                           tr("“%1” is set up as it raced. Press Start to watch it.").arg(name));
  });
}

TrainMode TrainPage::mode() const {
  return m_switch->mode();
}

void TrainPage::setMode(TrainMode mode) {
  m_switch->setMode(mode);
}

/// Each mode has its view and its own part of the panel; a crossover of generated data needs none
/// of the user's.
void TrainPage::showMode() {
  const TrainMode shown = mode();
  const bool ownData = shown != TrainMode::Crossover || m_document.crossoverSetup().needsData();
  m_data->setVisible(ownData);
  m_inputs->setVisible(ownData);
  m_raceSetup->setVisible(shown == TrainMode::Race);
  m_crossoverSetup->setVisible(shown == TrainMode::Crossover);
  m_model->setMode(shown);
  m_picture->setCurrentIndex(ownData && !m_document.data() ? 0 : 1 + static_cast<int>(shown));
  showProblems();
}

void TrainPage::showProblems() {
  std::optional<QString> problem;
  if (m_model->problem()) {
    problem = tr("Hidden layers: %1").arg(*m_model->problem());
  }
  m_run->setPanelProblem(problem);
  m_race->setPanelProblem(problem ? problem : m_raceSetup->problem());
  m_crossover->setPanelProblem(problem ? problem : m_crossoverSetup->problem());
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
                    m_message->show(controls::MessageBar::Kind::Error,
                                    QString::fromStdString(error.sentence()));
                  },
              .cancelled = {}});
}

}  // namespace embedscope::train
