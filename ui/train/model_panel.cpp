// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/model_panel.h"

#include "ui/controls/section.h"
#include "ui/train/hidden_layers_text.h"
#include "ui/train/rate_spin_box.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>
#include <variant>

namespace embedscope::train {

namespace {

constexpr int kLargestBatch = 1'000'000;
constexpr int kMostEpochs = 100'000;
constexpr int kMostValidation = 90;
constexpr double kPercent = 100;

template <typename Enum>
void addChoice(QComboBox* combo, const QString& text, Enum value, const QString& tip) {
  combo->addItem(text, static_cast<int>(value));
  combo->setItemData(combo->count() - 1, tip, Qt::ToolTipRole);
}

void describe(QWidget* widget, const char* name, const QString& accessibleName,
              const QString& tip) {
  widget->setObjectName(QLatin1String(name));
  widget->setAccessibleName(accessibleName);
  widget->setToolTip(tip);
}

/// Shows a value without telling about it, and without disturbing one who types the same.
template <typename Box, typename Value>
void showValue(Box* box, Value value) {
  if (box->value() != value) {
    const QSignalBlocker blocker(box);
    box->setValue(value);
  }
}

void showChoice(QComboBox* combo, int value) {
  const QSignalBlocker blocker(combo);
  combo->setCurrentIndex(combo->findData(value));
}

int clampedInt(std::int64_t value) {
  return static_cast<int>(std::clamp<std::int64_t>(value, 0, std::numeric_limits<int>::max()));
}

}  // namespace

ModelPanel::ModelPanel(document::Document& document, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_approach(new QComboBox(this)),
      m_hidden(new QLineEdit(this)),
      m_hiddenProblem(new QLabel(this)),
      m_optimizer(new QComboBox(this)),
      m_learningRate(new RateSpinBox(this)),
      m_batch(new QSpinBox(this)),
      m_epochs(new QSpinBox(this)),
      m_validation(new QSpinBox(this)),
      m_seed(new QSpinBox(this)) {
  addChoice(m_approach, tr("Embeddings, as defined"), 0,
            tr("Every category learns a vector of the size set on the Define page"));
  addChoice(m_approach, tr("One-hot"), 1,
            tr("Every category enters as its one-hot row; the first layer learns instead"));
  using training::OptimizerKind;
  addChoice(m_optimizer, tr("Adam"), OptimizerKind::Adam,
            tr("Adapts the step of every number; 0.001 to 0.01 is a good learning rate"));
  addChoice(m_optimizer, tr("Adagrad"), OptimizerKind::Adagrad,
            tr("Rare categories take larger steps; 0.01 to 0.1 is a good learning rate"));
  addChoice(m_optimizer, tr("SGD"), OptimizerKind::Sgd,
            tr("Plain gradient descent; 0.01 to 0.1 is a good learning rate"));
  m_batch->setRange(1, kLargestBatch);
  m_batch->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
  m_epochs->setRange(1, kMostEpochs);
  m_validation->setRange(0, kMostValidation);
  m_validation->setSuffix(tr(" %"));
  m_seed->setRange(0, std::numeric_limits<int>::max());
  describeWidgets();
  layOut();
  connectWidgets();
  connect(&document, &document::Document::trainingSetupChanged, this, &ModelPanel::showSetup);
  setProblem({});
  showSetup();
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
}

void ModelPanel::layOut() {
  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(8);
  grid->setVerticalSpacing(2);
  grid->setColumnStretch(0, 1);
  grid->setColumnStretch(1, 1);
  const auto addWide = [&](const QString& text, QWidget* widget) {
    auto* label = new QLabel(text, this);
    label->setBuddy(widget);
    const int row = grid->rowCount();
    grid->addWidget(label, row, 0, 1, 2);
    grid->addWidget(widget, row + 1, 0, 1, 2);
    grid->setRowMinimumHeight(row + 2, 4);
  };
  addWide(tr("&Approach"), m_approach);
  addWide(tr("H&idden layers"), m_hidden);
  grid->addWidget(m_hiddenProblem, grid->rowCount(), 0, 1, 2);
  addPair(grid, tr("&Optimizer"), m_optimizer, tr("&Learning rate"), m_learningRate);
  addPair(grid, tr("&Batch size"), m_batch, tr("E&pochs"), m_epochs);
  addPair(grid, tr("Vali&dation"), m_validation, tr("&Seed"), m_seed);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(4);
  layout->addWidget(new controls::SectionLabel(tr("Model"), this));
  layout->addLayout(grid);
}

void ModelPanel::addPair(QGridLayout* grid, const QString& leftText, QWidget* left,
                         const QString& rightText, QWidget* right) {
  const int row = grid->rowCount();
  auto* leftLabel = new QLabel(leftText, this);
  leftLabel->setBuddy(left);
  auto* rightLabel = new QLabel(rightText, this);
  rightLabel->setBuddy(right);
  grid->addWidget(leftLabel, row, 0);
  grid->addWidget(rightLabel, row, 1);
  grid->addWidget(left, row + 1, 0);
  grid->addWidget(right, row + 1, 1);
  grid->setRowMinimumHeight(row + 2, 4);
}

void ModelPanel::connectWidgets() {
  connect(m_approach, &QComboBox::activated, this, [this] {
    change([&](auto& setup) { setup.oneHot = m_approach->currentData().toInt() == 1; });
  });
  connect(m_optimizer, &QComboBox::activated, this, [this] {
    const auto kind = static_cast<training::OptimizerKind>(m_optimizer->currentData().toInt());
    change([&](auto& setup) { setup.recipe.optimizer.kind = kind; });
  });
  connect(m_hidden, &QLineEdit::textChanged, this, &ModelPanel::readHidden);
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
  showChoice(m_approach, setup.oneHot ? 1 : 0);
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
