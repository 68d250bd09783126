// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/race_setup_panel.h"

#include "ui/controls/section.h"
#include "ui/train/feature_menu.h"
#include "ui/train/form_parts.h"
#include "ui/train/number_list_edit.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace embedscope::train {

namespace {

constexpr int kMostSeeds = 50;
constexpr int kMostPatience = 9999;
constexpr std::int64_t kLargestSize = 1000;

}  // namespace

RaceSetupPanel::RaceSetupPanel(document::Document& document, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_features(new FeatureMenu(document, this)),
      m_oneHot(new QCheckBox(tr("One-hot"), this)),
      m_identity(new QCheckBox(tr("Identity"), this)),
      m_identityFrozen(new QCheckBox(tr("Identity, frozen"), this)),
      m_random(new QCheckBox(tr("Random, d ="), this)),
      m_sizes(new NumberListEdit(
          "raceSizes", tr("Sizes of random embeddings"),
          tr("One contestant for each size. 1, 2, 4, 8 shows the trend; no size needs to exceed "
             "the number of categories"),
          this)),
      m_table(new QComboBox(this)),
      m_pretrainedFrozen(new QCheckBox(tr("frozen"), this)),
      m_pretrainedTuned(new QCheckBox(tr("fine-tuned"), this)),
      m_seeds(new QSpinBox(this)),
      m_patience(new QSpinBox(this)) {
  m_sizes->setLimits({.least = 1, .most = kLargestSize});
  m_seeds->setRange(1, kMostSeeds);
  m_patience->setRange(0, kMostPatience);
  m_patience->setSpecialValueText(tr("off"));
  m_table->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  describeWidgets();
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(4);
  layout->addWidget(new controls::SectionLabel(tr("Approaches that race"), this));
  layout->addLayout(layOutApproaches());
  layout->addLayout(layOutRuns());
  connectWidgets();
  showTables();
  showSetup();
}

void RaceSetupPanel::describeWidgets() {
  describe(m_oneHot, "raceOneHot", tr("One-hot"),
           tr("Each category as its own input of the first layer"));
  describe(m_identity, "raceIdentity", tr("Identity"),
           tr("A learned n × n table that starts as the identity: the one-hot row, then free"));
  describe(m_identityFrozen, "raceIdentityFrozen", tr("Identity, frozen"),
           tr("The same, but never changed: bit-equal to one-hot, to see that it is"));
  describe(m_random, "raceRandom", tr("Random"),
           tr("A learned n × d table that starts from random numbers, once for each size"));
  describe(m_table, "racePretrained", tr("Pretrained table"),
           tr("An open table whose rows are found by label; categories that it lacks start from "
              "random numbers. Open vectors, or train a run, to have one."));
  describe(m_pretrainedFrozen, "racePretrainedFrozen", tr("Pretrained, frozen"),
           tr("The open table as it is: only the network learns"));
  describe(m_pretrainedTuned, "racePretrainedTuned", tr("Pretrained, fine-tuned"),
           tr("The open table as a start: its rows learn on"));
  describe(m_seeds, "raceSeeds", tr("Seeds"),
           tr("Runs of each approach. A seed decides split, order and first numbers for all "
              "alike. 5 tells large differences from noise, 10 smaller ones"));
  describe(m_patience, "racePatience", tr("Patience"),
           tr("A run ends after so many epochs without a lower validation loss, and its best "
              "epoch counts. 10 is usual; 0 trains all epochs"));
}

QGridLayout* RaceSetupPanel::layOutApproaches() {
  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(8);
  grid->setVerticalSpacing(4);
  grid->setColumnStretch(1, 1);
  grid->addWidget(m_oneHot, 0, 0);
  grid->addWidget(m_identity, 0, 1);
  grid->addWidget(m_identityFrozen, 1, 0, 1, 2);
  grid->addWidget(m_random, 2, 0, Qt::AlignTop);
  grid->addWidget(m_sizes, 2, 1);
  auto* label = new QLabel(tr("Pretrained"), this);
  label->setBuddy(m_table);
  grid->addWidget(label, 3, 0);
  grid->addWidget(m_table, 3, 1);
  grid->addWidget(m_pretrainedFrozen, 4, 0);
  grid->addWidget(m_pretrainedTuned, 4, 1);
  return grid;
}

QGridLayout* RaceSetupPanel::layOutRuns() {
  const auto labelled = [this](const QString& text, QWidget* widget) {
    auto* label = new QLabel(text, this);
    label->setBuddy(widget);
    return label;
  };
  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(8);
  grid->setVerticalSpacing(4);
  grid->setColumnStretch(1, 1);
  grid->setColumnStretch(3, 1);
  grid->addWidget(labelled(tr("Racing"), m_features), 0, 0);
  grid->addWidget(m_features, 0, 1, 1, 3);
  grid->addWidget(labelled(tr("Seeds"), m_seeds), 1, 0);
  grid->addWidget(m_seeds, 1, 1);
  grid->addWidget(labelled(tr("Patience"), m_patience), 1, 2);
  grid->addWidget(m_patience, 1, 3);
  return grid;
}

void RaceSetupPanel::connectWidgets() {
  using document::RaceSetup;
  connectTick(m_oneHot, &RaceSetup::oneHot);
  connectTick(m_identity, &RaceSetup::identity);
  connectTick(m_identityFrozen, &RaceSetup::identityFrozen);
  connectTick(m_random, &RaceSetup::random);
  connectTick(m_pretrainedFrozen, &RaceSetup::pretrainedFrozen);
  connectTick(m_pretrainedTuned, &RaceSetup::pretrainedTuned);
  connect(m_sizes, &NumberListEdit::numbersChanged, this,
          [this](const std::vector<std::int64_t>& sizes) {
            change([&](auto& setup) { setup.sizes = sizes; });
          });
  connect(m_sizes, &NumberListEdit::problemChanged, this, &RaceSetupPanel::problemChanged);
  connect(m_features, &FeatureMenu::chosenChanged, this, [this](const QStringList& chosen) {
    change([&](auto& setup) { setup.features = chosen; });
  });
  connect(m_table, &QComboBox::activated, this, [this] {
    const document::TableEntry* entry =
        m_document.table({static_cast<std::int64_t>(m_table->currentData().toLongLong())});
    change([&](auto& setup) { setup.pretrained = entry != nullptr ? entry->table : nullptr; });
  });
  connect(m_seeds, &QSpinBox::valueChanged, this,
          [this](int value) { change([&](auto& setup) { setup.seeds = value; }); });
  connect(m_patience, &QSpinBox::valueChanged, this,
          [this](int value) { change([&](auto& setup) { setup.patience = value; }); });
  connect(&m_document, &document::Document::tablesChanged, this, &RaceSetupPanel::showTables);
  connect(&m_document, &document::Document::raceSetupChanged, this, &RaceSetupPanel::showSetup);
}

void RaceSetupPanel::connectTick(QCheckBox* tick, bool document::RaceSetup::* member) {
  connect(tick, &QCheckBox::toggled, this,
          [this, member](bool checked) { change([&](auto& setup) { setup.*member = checked; }); });
}

std::optional<QString> RaceSetupPanel::problem() const {
  const bool counts = m_document.raceSetup().random && m_sizes->problem().has_value();
  return counts ? std::optional(tr("Sizes: %1").arg(*m_sizes->problem())) : std::nullopt;
}

/// Keeps the table that was chosen, if it is still open; otherwise the newest is offered.
void RaceSetupPanel::showTables() {
  const std::vector<document::TableEntry>& tables = m_document.tables();
  {
    const QSignalBlocker blocker(m_table);
    m_table->clear();
    for (const document::TableEntry& entry : tables) {
      m_table->addItem(QString::fromStdString(entry.table->name()),
                       static_cast<qlonglong>(entry.id.value));
    }
    if (tables.empty()) {
      m_table->addItem(tr("none is open"));
    }
  }
  for (QWidget* widget :
       std::initializer_list<QWidget*>{m_table, m_pretrainedFrozen, m_pretrainedTuned}) {
    widget->setEnabled(!tables.empty());
  }
  const table::TablePtr chosen = m_document.raceSetup().pretrained;
  const auto is = [&](const document::TableEntry& entry) { return entry.table == chosen; };
  if (std::none_of(tables.begin(), tables.end(), is)) {
    change([&](auto& setup) {
      setup.pretrained = tables.empty() ? nullptr : tables.back().table;
      setup.pretrainedFrozen = setup.pretrainedFrozen && !tables.empty();
      setup.pretrainedTuned = setup.pretrainedTuned && !tables.empty();
    });
  } else {
    showSetup();
  }
}

void RaceSetupPanel::showSetup() {
  const document::RaceSetup& setup = m_document.raceSetup();
  showChecked(m_oneHot, setup.oneHot);
  showChecked(m_identity, setup.identity);
  showChecked(m_identityFrozen, setup.identityFrozen);
  showChecked(m_random, setup.random);
  showChecked(m_pretrainedFrozen, setup.pretrainedFrozen);
  showChecked(m_pretrainedTuned, setup.pretrainedTuned);
  m_sizes->showNumbers(setup.sizes);
  m_sizes->setEnabled(setup.random);
  m_features->showChosen(setup.features);
  showValue(m_seeds, clampedInt(setup.seeds));
  showValue(m_patience, clampedInt(setup.patience));
  const std::vector<document::TableEntry>& tables = m_document.tables();
  const auto place = std::find_if(tables.begin(), tables.end(), [&](const auto& entry) {
    return entry.table == setup.pretrained;
  });
  if (place != tables.end()) {
    m_table->setCurrentIndex(static_cast<int>(place - tables.begin()));
  }
}

void RaceSetupPanel::change(const Change& apply) {
  document::RaceSetup setup = m_document.raceSetup();
  apply(setup);
  m_document.setRaceSetup(std::move(setup));
}

}  // namespace embedscope::train
