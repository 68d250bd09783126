// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/define/start_panel.h"

#include "ui/controls/section.h"
#include "ui/define/start_words.h"
#include "ui/document/table_text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QSignalBlocker>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace embedscope::define {

namespace {

using training::Initialization;

/// In the order of the list.
constexpr std::array kFixedEntries = {Initialization::Identity, Initialization::PermutedIdentity,
                                      Initialization::Normal,   Initialization::TruncatedNormal,
                                      Initialization::Uniform,  Initialization::Xavier};

}  // namespace

StartPanel::StartPanel(QWidget* parent)
    : QWidget(parent),
      m_start(new QComboBox(this)),
      m_frozen(new QCheckBox(tr("Frozen, not trained"), this)),
      m_hint(new controls::HintLabel({}, this)) {
  m_start->setObjectName(QStringLiteral("initialization"));
  m_start->setAccessibleName(tr("How the vectors start"));
  m_start->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_start->setMinimumContentsLength(12);
  m_frozen->setObjectName(QStringLiteral("tableFrozen"));
  m_frozen->setToolTip(
      tr("The whole table stays as it starts; only the layers behind it learn. Single vectors are "
         "frozen in the table of categories."));
  m_hint->setObjectName(QStringLiteral("initializationHint"));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(new controls::SectionLabel(tr("Vectors start as"), this));
  layout->addWidget(m_start);
  layout->addWidget(m_frozen);
  layout->addWidget(m_hint);
  connect(m_start, &QComboBox::activated, this, &StartPanel::choose);
  connect(m_frozen, &QCheckBox::clicked, this, &StartPanel::setFrozen);
}

void StartPanel::addFixedEntries() {
  for (const Initialization initialization : kFixedEntries) {
    m_start->addItem(startName(initialization), static_cast<int>(initialization));
    m_start->setItemData(m_start->count() - 1, startTip(initialization), Qt::ToolTipRole);
  }
}

void StartPanel::addTable(const table::TablePtr& table) {
  m_start->addItem(
      tr("From table “%1”  (%2 × %3)")
          .arg(QString::fromStdString(table->name()), document::groupedText(table->rowCount()),
               document::groupedText(table->dimension())),
      static_cast<int>(Initialization::FromTable));
  m_tables.push_back(table);
}

void StartPanel::addTables(const std::vector<document::TableEntry>& tables) {
  m_tables.clear();
  for (const document::TableEntry& entry : tables) {
    addTable(entry.table);
  }
  if (m_feature->initialization == Initialization::FromTable && m_feature->source &&
      std::ranges::find(m_tables, m_feature->source) == m_tables.end()) {
    addTable(m_feature->source);
  }
  if (!m_tables.empty()) {
    return;
  }
  m_start->addItem(startName(Initialization::FromTable));
  if (auto* items = qobject_cast<QStandardItemModel*>(m_start->model())) {
    QStandardItem* last = items->item(m_start->count() - 1);
    last->setEnabled(false);
    last->setToolTip(startTip(Initialization::FromTable));
  }
}

int StartPanel::entryOf(const document::Feature& feature) const {
  if (feature.initialization == Initialization::FromTable) {
    const auto source = std::ranges::find(m_tables, feature.source);
    return static_cast<int>(kFixedEntries.size()) + static_cast<int>(source - m_tables.begin());
  }
  return m_start->findData(static_cast<int>(feature.initialization));
}

void StartPanel::show(const document::FeaturePtr& feature,
                      const std::vector<document::TableEntry>& tables) {
  m_feature = feature;
  const QSignalBlocker quiet(m_start);
  m_start->clear();
  addFixedEntries();
  addTables(tables);
  m_start->setCurrentIndex(entryOf(*feature));
  m_start->setToolTip(tr("The numbers that training starts from. ") +
                      startTip(feature->initialization));
  m_frozen->setChecked(feature->frozen);
  m_hint->setText(feature->frozen ? frozenHint(*feature) : startHint(*feature));
}

void StartPanel::choose(int entry) {
  const auto initialization = static_cast<Initialization>(m_start->itemData(entry).toInt());
  const int table = entry - static_cast<int>(kFixedEntries.size());
  const table::TablePtr source = table >= 0 && static_cast<std::size_t>(table) < m_tables.size()
                                     ? m_tables[static_cast<std::size_t>(table)]
                                     : nullptr;
  if (!m_feature || (m_feature->initialization == initialization && m_feature->source == source)) {
    return;
  }
  emit changeRequested(
      std::make_shared<document::Feature>(document::withStart(*m_feature, initialization, source)),
      tr("start of “%1”").arg(m_feature->name), EditGroup::None);
}

void StartPanel::setFrozen(bool frozen) {
  if (!m_feature || m_feature->frozen == frozen) {
    return;
  }
  const auto changed = std::make_shared<document::Feature>(*m_feature);
  changed->frozen = frozen;
  emit changeRequested(changed,
                       (frozen ? tr("freeze the table of “%1”") : tr("unfreeze the table of “%1”"))
                           .arg(m_feature->name),
                       EditGroup::None);
}

}  // namespace embedscope::define
