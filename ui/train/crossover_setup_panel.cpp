// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/crossover_setup_panel.h"

#include "ui/controls/section.h"
#include "ui/train/feature_menu.h"
#include "ui/train/form_parts.h"
#include "ui/train/number_list_edit.h"

#include <QFormLayout>
#include <QGridLayout>
#include <QSpinBox>
#include <QVBoxLayout>

namespace embedscope::train {

namespace {

using Axis = document::CrossoverSetup::Axis;

constexpr int kMostSeeds = 50;
constexpr int kMostPatience = 100'000;
constexpr int kMostCategories = 10'000;
constexpr int kMostRows = 10'000;
constexpr int kLargestSize = 1000;
constexpr int kHighestRank = 64;
constexpr double kMostNoise = 10;

NumberListLimits limitsAlong(Axis axis) {
  switch (axis) {
    case Axis::RowsPerCategory:
      return {.least = 1, .most = kMostRows, .fewestNumbers = 2};
    case Axis::Dimension:
      return {.least = 1, .most = kLargestSize, .fewestNumbers = 2};
    case Axis::Categories:
      break;
  }
  return {.least = 2, .most = kMostCategories, .fewestNumbers = 2};
}

QSpinBox* countBox(QWidget* parent, int least, int most) {
  auto* box = new QSpinBox(parent);
  box->setRange(least, most);
  box->setGroupSeparatorShown(true);
  return box;
}

}  // namespace

CrossoverSetupPanel::CrossoverSetupPanel(document::Document& document, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_axis(new QComboBox(this)),
      m_explanation(new controls::HintLabel({}, this)),
      m_values(new NumberListEdit("crossoverValues", tr("Values to measure at"),
                                  tr("Each is a race of its own. Steps by factors of two or three "
                                     "cover most ground"),
                                  this)),
      m_form(new QFormLayout),
      m_baseline(new QComboBox(this)),
      m_dimension(countBox(this, 1, kLargestSize)),
      m_features(new FeatureMenu(document, this)),
      m_categories(countBox(this, 2, kMostCategories)),
      m_rows(countBox(this, 1, kMostRows)),
      m_rank(countBox(this, 1, kHighestRank)),
      m_noise(new QDoubleSpinBox(this)),
      m_seeds(countBox(this, 2, kMostSeeds)),
      m_patience(countBox(this, 0, kMostPatience)) {
  m_noise->setRange(0, kMostNoise);
  m_noise->setSingleStep(0.05);
  m_patience->setSpecialValueText(tr("off"));
  for (QComboBox* combo : {m_axis, m_baseline}) {
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  }
  fillChoices();
  describeWidgets();
  layOut();
  connectWidgets();
  showSetup();
}

void CrossoverSetupPanel::fillChoices() {
  addChoice(m_axis, tr("Number of categories"), Axis::Categories,
            tr("On generated data: does an embedding pay from some number of categories on?"));
  addChoice(m_axis, tr("Rows per category"), Axis::RowsPerCategory,
            tr("On generated data: does an embedding pay while rows are few?"));
  addChoice(m_axis, tr("Size d on my data"), Axis::Dimension,
            tr("On the open table: from which size on is an embedding better?"));
  addNumberedChoice(m_baseline, tr("One-hot"), 0, tr("Each category as its own input"));
  addNumberedChoice(m_baseline, tr("Identity start"), 1,
                    tr("A learned n × n table that starts as the identity"));
}

void CrossoverSetupPanel::describeWidgets() {
  describe(m_axis, "crossoverAxis", tr("Quantity that rises"), tr("Along what it is measured"));
  describe(m_baseline, "crossoverBaseline", tr("Compared with"),
           tr("What the embedding has to beat"));
  describe(m_dimension, "crossoverDimension", tr("Size of the embedding"),
           tr("d of the random-initialized embedding; the number of hidden dimensions or a little "
              "more is enough"));
  describe(m_categories, "crossoverCategories", tr("Categories"),
           tr("How many categories the generated data has; 30 to 300 shows most"));
  describe(m_rows, "crossoverRows", tr("Rows per category"),
           tr("How often each category occurs; with few rows an embedding has most to gain"));
  describe(m_rank, "crossoverRank", tr("Hidden dimensions"),
           tr("How many hidden numbers each category has; 2 is plain, 8 is rich"));
  describe(m_noise, "crossoverNoise", tr("Noise"),
           tr("Deviation of the noise added to the target; 0.1 is little, 1 is much"));
  describe(m_seeds, "crossoverSeeds", tr("Seeds"),
           tr("Runs at each value for each side. 5 is usual; 10 narrows the intervals"));
  describe(m_patience, "crossoverPatience", tr("Patience"),
           tr("A run ends after so many epochs without a lower validation loss. 10 is usual; 0 "
              "trains all epochs"));
  m_explanation->setObjectName(QStringLiteral("crossoverExplanation"));
}

void CrossoverSetupPanel::layOut() {
  m_form->setHorizontalSpacing(8);
  m_form->setVerticalSpacing(4);
  m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  m_form->addRow(tr("Compared with"), m_baseline);
  m_form->addRow(tr("Embedding d"), m_dimension);
  m_form->addRow(tr("Features"), m_features);
  m_form->addRow(tr("Categories"), m_categories);
  m_form->addRow(tr("Rows / category"), m_rows);
  m_form->addRow(tr("Hidden dims"), m_rank);
  m_form->addRow(tr("Noise"), m_noise);
  m_form->addRow(tr("Seeds"), m_seeds);
  m_form->addRow(tr("Patience"), m_patience);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(new controls::SectionLabel(tr("Crossover along"), this));
  layout->addWidget(m_axis);
  layout->addWidget(m_explanation);
  auto* values = newFormGrid();
  addWide(values, tr("Values"), m_values);
  layout->addLayout(values);
  layout->addLayout(m_form);
}

void CrossoverSetupPanel::connectWidgets() {
  using document::CrossoverSetup;
  connect(m_axis, &QComboBox::activated, this, [this] {
    const auto axis = static_cast<Axis>(m_axis->currentData().toInt());
    change([&](auto& setup) { setup.axis = axis; });
  });
  connect(m_baseline, &QComboBox::activated, this, [this] {
    const bool identity = m_baseline->currentData().toInt() == 1;
    change([&](auto& setup) { setup.againstIdentity = identity; });
  });
  connect(m_values, &NumberListEdit::numbersChanged, this,
          [this](const std::vector<std::int64_t>& values) {
            change([&](auto& setup) { setup.values() = values; });
          });
  connect(m_values, &NumberListEdit::problemChanged, this, &CrossoverSetupPanel::problemChanged);
  connect(m_features, &FeatureMenu::chosenChanged, this, [this](const QStringList& chosen) {
    change([&](auto& setup) { setup.features = chosen; });
  });
  connect(m_noise, &QDoubleSpinBox::valueChanged, this,
          [this](double value) { change([&](auto& setup) { setup.noise = value; }); });
  connectNumber(m_dimension, &CrossoverSetup::dimension);
  connectNumber(m_categories, &CrossoverSetup::categories);
  connectNumber(m_rows, &CrossoverSetup::rowsPerCategory);
  connectNumber(m_rank, &CrossoverSetup::rank);
  connectNumber(m_seeds, &CrossoverSetup::seeds);
  connectNumber(m_patience, &CrossoverSetup::patience);
  connect(&m_document, &document::Document::crossoverSetupChanged, this,
          &CrossoverSetupPanel::showSetup);
}

void CrossoverSetupPanel::connectNumber(QSpinBox* box,
                                        std::int64_t document::CrossoverSetup::* member) {
  connect(box, &QSpinBox::valueChanged, this,
          [this, member](int value) { change([&](auto& setup) { setup.*member = value; }); });
}

std::optional<QString> CrossoverSetupPanel::problem() const {
  return m_values->problem() ? std::optional(tr("Values: %1").arg(*m_values->problem()))
                             : std::nullopt;
}

void CrossoverSetupPanel::showSetup() {
  const document::CrossoverSetup& setup = m_document.crossoverSetup();
  const bool generated = !setup.needsData();
  showChoice(m_axis, static_cast<int>(setup.axis));
  showChoice(m_baseline, setup.againstIdentity ? 1 : 0);
  m_explanation->setText(generated
                             ? tr("Generated data: categories with hidden vectors of known rank.")
                             : tr("The table and the columns above."));
  m_values->setLimits(limitsAlong(setup.axis));
  m_values->showNumbers(setup.values());
  showValue(m_dimension, clampedInt(setup.dimension));
  showValue(m_categories, clampedInt(setup.categories));
  showValue(m_rows, clampedInt(setup.rowsPerCategory));
  showValue(m_rank, clampedInt(setup.rank));
  showValue(m_noise, setup.noise);
  showValue(m_seeds, clampedInt(setup.seeds));
  showValue(m_patience, clampedInt(setup.patience));
  m_features->showChosen(setup.features);
  m_form->setRowVisible(m_dimension, setup.axis != Axis::Dimension);
  m_form->setRowVisible(m_features, !generated);
  m_form->setRowVisible(m_categories, setup.axis == Axis::RowsPerCategory);
  m_form->setRowVisible(m_rows, setup.axis == Axis::Categories);
  m_form->setRowVisible(m_rank, generated);
  m_form->setRowVisible(m_noise, generated);
}

void CrossoverSetupPanel::change(const Change& apply) {
  document::CrossoverSetup setup = m_document.crossoverSetup();
  apply(setup);
  m_document.setCrossoverSetup(std::move(setup));
}

}  // namespace embedscope::train
