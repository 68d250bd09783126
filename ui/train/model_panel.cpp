// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/model_panel.h"

#include "ui/controls/disclosure.h"
#include "ui/controls/disclosure_heading.h"
#include "ui/controls/section.h"
#include "ui/train/form_parts.h"
#include "ui/train/hidden_layers_text.h"
#include "ui/train/more_options.h"
#include "ui/train/rate_spin_box.h"

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>
#include <limits>
#include <variant>

namespace embedscope::train {

namespace {

constexpr int kLargestBatch = 1'000'000;
constexpr int kMostEpochs = 100'000;
constexpr int kMostValidation = 90;
constexpr double kPercent = 100;

constexpr int kAsDefined = 0;
constexpr int kOneHot = 1;
constexpr int kFromRace = 2;

/// A form of its own, so that it can be shown and hidden as one.
QGridLayout* gridIn(QWidget* box) {
  auto* grid = newFormGrid();
  grid->setContentsMargins(0, 0, 0, 0);
  box->setLayout(grid);
  return grid;
}

}  // namespace

ModelPanel::ModelPanel(document::Document& document, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_approachBox(new QWidget(this)),
      m_approach(new QComboBox(m_approachBox)),
      m_hidden(new QLineEdit(this)),
      m_hiddenProblem(new QLabel(this)),
      m_optimizer(new QComboBox(this)),
      m_learningRate(new RateSpinBox(this)),
      m_batch(new QSpinBox(this)),
      m_epochs(new QSpinBox(this)),
      m_validation(new QSpinBox(this)),
      m_seedBox(new QWidget(this)),
      m_seed(new QSpinBox(m_seedBox)),
      m_more(new controls::Disclosure(tr("More options"), this)),
      m_options(new MoreOptions(document, this)) {
  fillChoices();
  m_batch->setRange(1, kLargestBatch);
  m_batch->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
  m_epochs->setRange(1, kMostEpochs);
  m_validation->setRange(0, kMostValidation);
  m_validation->setSuffix(tr(" %"));
  m_seed->setRange(0, std::numeric_limits<int>::max());
  describeWidgets();
  layOut();
  connectWidgets();
  connectNumbers();
  connect(&document, &document::Document::trainingSetupChanged, this, &ModelPanel::showSetup);
  connect(m_options, &MoreOptions::changedCountChanged, this, &ModelPanel::showMore);
  setProblem({});
  showSetup();
  showMore();
}

void ModelPanel::fillChoices() {
  addNumberedChoice(m_approach, tr("Embeddings, as defined"), kAsDefined,
                    tr("Every category learns a vector of the size set on the Define page"));
  addNumberedChoice(m_approach, tr("One-hot"), kOneHot,
                    tr("Every category enters as its one-hot row; the first layer learns instead"));
  using training::OptimizerKind;
  addChoice(m_optimizer, tr("Adam"), OptimizerKind::Adam,
            tr("Adapts the step of every number; 0.001 to 0.01 is a good learning rate"));
  addChoice(m_optimizer, tr("AdamW"), OptimizerKind::AdamW,
            tr("Adam with weight decay apart from the gradient; set the decay under More"));
  addChoice(m_optimizer, tr("Sparse Adam"), OptimizerKind::SparseAdam,
            tr("Adam that moves only the rows of the batch: fast for many categories"));
  addChoice(m_optimizer, tr("Adagrad"), OptimizerKind::Adagrad,
            tr("Rare categories take larger steps; 0.01 to 0.1 is a good learning rate"));
  addChoice(m_optimizer, tr("SGD"), OptimizerKind::Sgd,
            tr("Plain gradient descent, momentum under More; 0.01 to 0.1 is a good learning rate"));
}

void ModelPanel::describeWidgets() {
  describe(m_approach, "approachCombo", tr("Approach"), tr("How categories enter the model"));
  describe(m_hidden, "hiddenLayers", tr("Hidden layers"),
           tr("Units of each hidden layer, from the inputs to the output, such as 32, 16. Empty: "
              "none, the output is linear in the vectors."));
  m_hidden->setPlaceholderText(tr("none: a linear model"));
  m_hiddenProblem->setObjectName(QStringLiteral("hiddenLayersProblem"));
  m_hiddenProblem->setWordWrap(true);
  describe(m_optimizer, "optimizerCombo", tr("Optimizer"), tr("How numbers follow the gradient"));
  describe(m_learningRate, "learningRate", tr("Learning rate"),
           tr("Length of a step. 0.01 is a good start with Adam; lower it when the loss jumps"));
  describe(m_batch, "batchSize", tr("Batch size"),
           tr("Rows per step. 32 to 1,024; larger is smoother and faster per epoch"));
  describe(m_epochs, "epochs", tr("Epochs"),
           tr("Passes over the training rows. 10 to 100 for small tables"));
  describe(m_validation, "validationShare", tr("Validation share"),
           tr("Rows kept out of training to judge the model. 20 % is usual; 0 % means none"));
  describe(m_seed, "seed", tr("Seed"),
           tr("Same seed, same result to the last bit. Try others to see what is chance"));
  m_more->setObjectName(QStringLiteral("moreOptions"));
  m_more->heading()->setObjectName(QStringLiteral("moreOptionsButton"));
}

void ModelPanel::layOut() {
  addWide(gridIn(m_approachBox), tr("&Approach"), m_approach);
  auto* grid = newFormGrid();
  addWide(grid, tr("H&idden layers"), m_hidden);
  grid->addWidget(m_hiddenProblem, grid->rowCount(), 0, 1, 2);
  addPair(grid, tr("&Optimizer"), m_optimizer, tr("&Learning rate"), m_learningRate);
  addPair(grid, tr("&Batch size"), m_batch, tr("E&pochs"), m_epochs);
  auto* validationBox = new QWidget(this);
  m_validation->setParent(validationBox);
  addWide(gridIn(validationBox), tr("Vali&dation"), m_validation);
  addWide(gridIn(m_seedBox), tr("&Seed"), m_seed);
  auto* last = new QHBoxLayout;
  last->setSpacing(8);
  last->addWidget(validationBox, 1);
  last->addWidget(m_seedBox, 1);
  m_more->body()->addWidget(m_options);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(new controls::SectionLabel(tr("Model"), this));
  layout->addSpacing(4);
  layout->addWidget(m_approachBox);
  layout->addLayout(grid);
  layout->addLayout(last);
  layout->addSpacing(4);
  layout->addWidget(m_more);
}

void ModelPanel::setMode(TrainMode mode) {
  const bool oneRun = mode == TrainMode::OneRun;
  m_approachBox->setVisible(oneRun);
  m_seedBox->setVisible(oneRun);
  m_options->setPatienceVisible(oneRun);
}

void ModelPanel::connectWidgets() {
  connect(m_approach, &QComboBox::activated, this, &ModelPanel::chooseApproach);
  connect(m_optimizer, &QComboBox::activated, this, [this] {
    const auto kind = static_cast<training::OptimizerKind>(m_optimizer->currentData().toInt());
    change([&](auto& setup) { setup.recipe.optimizer.kind = kind; });
  });
  connect(m_hidden, &QLineEdit::textChanged, this, &ModelPanel::readHidden);
}

void ModelPanel::connectNumbers() {
  connect(m_learningRate, &QDoubleSpinBox::valueChanged, this, [this](double value) {
    change([&](auto& setup) { setup.recipe.optimizer.learningRate = value; });
  });
  connect(m_batch, &QSpinBox::valueChanged, this,
          [this](int value) { change([&](auto& setup) { setup.recipe.batchSize = value; }); });
  connect(m_epochs, &QSpinBox::valueChanged, this,
          [this](int value) { change([&](auto& setup) { setup.recipe.epochs = value; }); });
  connect(m_validation, &QSpinBox::valueChanged, this, [this](int value) {
    change([&](auto& setup) { setup.recipe.validationShare = value / kPercent; });
  });
  connect(m_seed, &QSpinBox::valueChanged, this, [this](int value) {
    change([&](auto& setup) { setup.recipe.seed = static_cast<std::uint64_t>(value); });
  });
}

void ModelPanel::showSetup() {
  const document::TrainingSetup& setup = m_document.trainingSetup();
  const training::TrainingRecipe& recipe = setup.recipe;
  showApproach();
  showChoice(m_optimizer, static_cast<int>(recipe.optimizer.kind));
  showValue(m_learningRate, recipe.optimizer.learningRate);
  showValue(m_batch, clampedInt(recipe.batchSize));
  showValue(m_epochs, clampedInt(recipe.epochs));
  showValue(m_validation, static_cast<int>(std::lround(kPercent * recipe.validationShare)));
  showValue(m_seed, static_cast<int>(
                        std::min<std::uint64_t>(recipe.seed, std::numeric_limits<int>::max())));
  const auto shown = hiddenLayersIn(m_hidden->text());
  const auto* layers = std::get_if<HiddenLayers>(&shown);
  const bool typing = layers == nullptr && m_hidden->hasFocus();
  if (!typing && (layers == nullptr || *layers != recipe.hidden)) {
    const QSignalBlocker blocker(m_hidden);
    m_hidden->setText(hiddenLayersText(recipe.hidden));
    setProblem({});
  }
}

/// The approach taken from a race is listed while it is chosen.
void ModelPanel::showApproach() {
  const document::TrainingSetup& setup = m_document.trainingSetup();
  const QSignalBlocker blocker(m_approach);
  const int listed = m_approach->findData(kFromRace);
  if (listed >= 0) {
    m_approach->removeItem(listed);
  }
  if (setup.contestant) {
    const std::string name = training::contestantName(setup.contestant->contestant);
    addNumberedChoice(m_approach, tr("From the race: %1").arg(QString::fromStdString(name)),
                      kFromRace, tr("As it raced, to the last bit with the same seed"));
  }
  showChoice(m_approach, setup.contestant ? kFromRace : setup.oneHot ? kOneHot : kAsDefined);
}

void ModelPanel::chooseApproach() {
  const int chosen = m_approach->currentData().toInt();
  if (chosen != kFromRace) {
    change([&](auto& setup) {
      setup.oneHot = chosen == kOneHot;
      setup.contestant.reset();
    });
  }
}

void ModelPanel::showMore() {
  const int changed = m_options->changedCount();
  m_more->setSummary(changed == 0 ? QString() : tr("%1 changed").arg(changed));
}

void ModelPanel::change(const Change& apply) {
  document::TrainingSetup setup = m_document.trainingSetup();
  apply(setup);
  m_document.setTrainingSetup(std::move(setup));
}

void ModelPanel::readHidden(const QString& text) {
  const auto read = hiddenLayersIn(text);
  if (const QString* problem = std::get_if<QString>(&read)) {
    setProblem(*problem);
    return;
  }
  setProblem({});
  change([&](auto& setup) { setup.recipe.hidden = std::get<HiddenLayers>(read); });
}

void ModelPanel::setProblem(const std::optional<QString>& problem) {
  m_hiddenProblem->setText(problem.value_or(QString()));
  m_hiddenProblem->setVisible(problem.has_value());
  m_hidden->setAccessibleDescription(problem.value_or(QString()));
  if (m_problem != problem) {
    m_problem = problem;
    emit problemChanged();
  }
}

}  // namespace embedscope::train
