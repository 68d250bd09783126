// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/more_options.h"

#include "ui/train/form_parts.h"
#include "ui/train/rate_spin_box.h"

#include <QGridLayout>
#include <QLabel>
#include <QSpinBox>
#include <QVBoxLayout>

#include <cmath>

namespace embedscope::train {

namespace {

constexpr int kUsualLoss = -1;
constexpr int kMostPatience = 100'000;
constexpr double kMostMomentum = 0.999;
constexpr double kMostDropout = 90;
constexpr double kPercent = 100;

training::LossKind lossOf(int choice) {
  return static_cast<training::LossKind>(choice);
}

}  // namespace

MoreOptions::MoreOptions(document::Document& document, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_schedule(new QComboBox(this)),
      m_weightDecay(new RateSpinBox(this)),
      m_momentum(new QDoubleSpinBox(this)),
      m_clipNorm(new RateSpinBox(this)),
      m_loss(new QComboBox(this)),
      m_huberDelta(new RateSpinBox(this)),
      m_dropout(new QDoubleSpinBox(this)),
      m_patience(new QSpinBox(this)),
      m_patienceBox(new QWidget(this)) {
  fillChoices();
  m_weightDecay->setRange(0, 10);
  m_weightDecay->setSpecialValueText(tr("none"));
  m_clipNorm->setRange(0, 1e6);
  m_clipNorm->setSpecialValueText(tr("none"));
  m_momentum->setRange(0, kMostMomentum);
  m_momentum->setDecimals(3);
  m_momentum->setSingleStep(0.05);
  m_dropout->setRange(0, kMostDropout);
  m_dropout->setDecimals(0);
  m_dropout->setSingleStep(5);
  m_dropout->setSuffix(tr(" %"));
  m_patience->setRange(0, kMostPatience);
  m_patience->setSpecialValueText(tr("off: all epochs"));
  m_patience->setSuffix(tr(" epochs"));
  for (QComboBox* combo : {m_schedule, m_loss}) {
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  }
  describeWidgets();
  layOut();
  connectWidgets();
  connect(&document, &document::Document::trainingSetupChanged, this, &MoreOptions::showSetup);
  showSetup();
}

void MoreOptions::fillChoices() {
  using training::LossKind;
  using training::Schedule;
  addChoice(m_schedule, tr("Constant"), Schedule::Constant, tr("The same rate all the way"));
  addChoice(m_schedule, tr("Cosine"), Schedule::Cosine,
            tr("Falls to 0 along a cosine: settles at the end"));
  addChoice(m_schedule, tr("One cycle"), Schedule::OneCycle,
            tr("Rises over the first 30 %, then falls: bears higher rates"));
  addNumberedChoice(m_loss, tr("Usual"), kUsualLoss,
                    tr("Squared error for numbers, cross-entropy for labels"));
  addChoice(m_loss, tr("Huber"), LossKind::Huber,
            tr("For numbers: linear beyond δ, so that outliers pull less"));
  addChoice(m_loss, tr("Cross-entropy"), LossKind::CrossEntropy,
            tr("For labels, also when they are numbers such as 0 and 1"));
  addChoice(m_loss, tr("Binary cross-entropy"), LossKind::BinaryCrossEntropy,
            tr("For two labels, also 0 and 1: one output instead of two"));
}

void MoreOptions::describeWidgets() {
  describe(m_schedule, "scheduleCombo", tr("Schedule of the learning rate"),
           tr("How the learning rate goes over the run. Constant is a good start"));
  describe(m_weightDecay, "weightDecay", tr("Weight decay"),
           tr("Pulls all numbers toward 0 against overfitting. 0.0001 to 0.01; with AdamW apart "
              "from the gradient, as it should be"));
  describe(m_momentum, "momentum", tr("Momentum"),
           tr("SGD only: how much of the last step goes on. 0.9 is usual, 0 is plain descent"));
  describe(m_clipNorm, "clipNorm", tr("Gradient clipping"),
           tr("Shortens longer gradients to this length, so that one bad batch does no harm. 1 is "
              "usual; raise it when learning becomes slow"));
  describe(m_loss, "lossCombo", tr("Loss"), tr("What training makes small"));
  describe(m_huberDelta, "huberDelta", tr("Huber delta"),
           tr("Where the Huber loss becomes linear, in standard deviations of the target. 1 is "
              "usual"));
  describe(m_dropout, "dropout", tr("Dropout"),
           tr("Share of hidden units left out of a step, against overfitting. 10 to 50 % where "
              "validation turns up while training falls"));
  describe(m_patience, "patience", tr("Early stopping"),
           tr("Ends the run after so many epochs without a lower validation loss and keeps the "
              "best epoch. 10 is usual"));
}

void MoreOptions::layOut() {
  auto* grid = newFormGrid();
  addPair(grid, tr("Schedule"), m_schedule, tr("Weight decay"), m_weightDecay);
  addPair(grid, tr("Momentum"), m_momentum, tr("Clip gradient"), m_clipNorm);
  addPair(grid, tr("Loss"), m_loss, tr("Huber δ"), m_huberDelta);
  addWide(grid, tr("Dropout"), m_dropout);
  auto* patience = newFormGrid();
  m_patience->setParent(m_patienceBox);
  addWide(patience, tr("Early stopping"), m_patience);
  patience->setContentsMargins(0, 0, 0, 0);
  m_patienceBox->setLayout(patience);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addLayout(grid);
  layout->addWidget(m_patienceBox);
}

void MoreOptions::connectWidgets() {
  connect(m_schedule, &QComboBox::activated, this, [this] {
    const auto schedule = static_cast<training::Schedule>(m_schedule->currentData().toInt());
    change([&](auto& recipe) { recipe.optimizer.schedule = schedule; });
  });
  connect(m_loss, &QComboBox::activated, this, [this] {
    const int choice = m_loss->currentData().toInt();
    change([&](auto& recipe) {
      recipe.loss = choice == kUsualLoss ? std::nullopt : std::optional(lossOf(choice));
    });
  });
  connect(m_weightDecay, &QDoubleSpinBox::valueChanged, this, [this](double value) {
    change([&](auto& recipe) { recipe.optimizer.weightDecay = value; });
  });
  connect(m_momentum, &QDoubleSpinBox::valueChanged, this, [this](double value) {
    change([&](auto& recipe) { recipe.optimizer.momentum = value; });
  });
  connect(m_clipNorm, &QDoubleSpinBox::valueChanged, this, [this](double value) {
    change([&](auto& recipe) {
      recipe.optimizer.clipNorm = value > 0 ? std::optional(value) : std::nullopt;
    });
  });
  connect(m_huberDelta, &QDoubleSpinBox::valueChanged, this,
          [this](double value) { change([&](auto& recipe) { recipe.huberDelta = value; }); });
  connect(m_dropout, &QDoubleSpinBox::valueChanged, this, [this](double value) {
    change([&](auto& recipe) { recipe.dropout = value / kPercent; });
  });
  connect(m_patience, &QSpinBox::valueChanged, this,
          [this](int value) { change([&](auto& recipe) { recipe.patience = value; }); });
}

void MoreOptions::setPatienceVisible(bool visible) {
  m_patienceBox->setVisible(visible);
  emit changedCountChanged();
}

int MoreOptions::changedCount() const {
  const training::TrainingRecipe& recipe = m_document.trainingSetup().recipe;
  const training::TrainingRecipe usual;
  const training::OptimizerRecipe& optimizer = recipe.optimizer;
  const bool isSgd = optimizer.kind == training::OptimizerKind::Sgd;
  const bool isHuber = recipe.loss == training::LossKind::Huber;
  int count = 0;
  for (const bool differs :
       {optimizer.schedule != usual.optimizer.schedule,
        optimizer.weightDecay != usual.optimizer.weightDecay,
        isSgd && optimizer.momentum != usual.optimizer.momentum, optimizer.clipNorm.has_value(),
        recipe.loss.has_value(), isHuber && recipe.huberDelta != usual.huberDelta,
        recipe.dropout != usual.dropout,
        !m_patienceBox->isHidden() && recipe.patience != usual.patience}) {
    count += differs ? 1 : 0;
  }
  return count;
}

void MoreOptions::showSetup() {
  const training::TrainingRecipe& recipe = m_document.trainingSetup().recipe;
  const training::OptimizerRecipe& optimizer = recipe.optimizer;
  showChoice(m_schedule, static_cast<int>(optimizer.schedule));
  showChoice(m_loss, recipe.loss ? static_cast<int>(*recipe.loss) : kUsualLoss);
  showValue(m_weightDecay, optimizer.weightDecay);
  showValue(m_momentum, optimizer.momentum);
  showValue(m_clipNorm, optimizer.clipNorm.value_or(0));
  showValue(m_huberDelta, recipe.huberDelta);
  showValue(m_dropout, std::round(kPercent * recipe.dropout));
  showValue(m_patience, clampedInt(recipe.patience));
  m_momentum->setEnabled(optimizer.kind == training::OptimizerKind::Sgd);
  m_huberDelta->setEnabled(recipe.loss == training::LossKind::Huber);
  emit changedCountChanged();
}

void MoreOptions::change(const Change& apply) {
  document::TrainingSetup setup = m_document.trainingSetup();
  apply(setup.recipe);
  m_document.setTrainingSetup(std::move(setup));
}

}  // namespace embedscope::train
