// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/define/start_panel.h"

#include "core/base/text.h"
#include "ui/controls/section.h"
#include "ui/document/table_text.h"

#include <QComboBox>
#include <QLabel>
#include <QSignalBlocker>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include <algorithm>

namespace embedscope::define {

namespace {

constexpr int kFixedEntries = 3;  // in the order of training::Initialization

}  // namespace

std::int64_t knownLabels(const document::Feature& feature) {
  return std::ranges::count_if(feature.categories, [&](const document::Category& category) {
    return feature.source->vocabulary().find(category.label.toStdString()).has_value();
  });
}

StartPanel::StartPanel(QWidget* parent)
    : QWidget(parent), m_start(new QComboBox(this)), m_hint(new controls::HintLabel({}, this)) {
  m_start->setObjectName(QStringLiteral("initialization"));
  m_start->setAccessibleName(tr("How the vectors start"));
  m_start->setToolTip(tr("The numbers that training starts from"));
  m_start->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_start->setMinimumContentsLength(12);
  m_hint->setObjectName(QStringLiteral("initializationHint"));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(new controls::SectionLabel(tr("Vectors start as"), this));
  layout->addWidget(m_start);
  layout->addWidget(m_hint);
  connect(m_start, &QComboBox::activated, this, [this](int entry) {
    if (entry < kFixedEntries) {
      emit startChosen(static_cast<training::Initialization>(entry), nullptr);
    } else if (static_cast<std::size_t>(entry - kFixedEntries) < m_tables.size()) {
      emit startChosen(training::Initialization::FromTable,
                       m_tables[static_cast<std::size_t>(entry - kFixedEntries)]);
    }
  });
}

void StartPanel::addTable(const table::TablePtr& table) {
  m_start->addItem(tr("From table “%1”  (%2 × %3)")
                       .arg(QString::fromStdString(table->name()),
                            document::groupedText(table->rowCount()),
                            document::groupedText(table->dimension())));
  m_tables.push_back(table);
}

void StartPanel::show(const document::Feature& feature,
                      const std::vector<document::TableEntry>& tables) {
  const QSignalBlocker quiet(m_start);
  m_start->clear();
  m_tables.clear();
  m_start->addItems({tr("Identity"), tr("Random, N(0, 1)"), tr("Random, uniform ±0.5/d")});
  for (const document::TableEntry& entry : tables) {
    addTable(entry.table);
  }
  const bool fromTable = feature.initialization == training::Initialization::FromTable;
  if (fromTable && feature.source &&
      std::ranges::find(m_tables, feature.source) == m_tables.end()) {
    addTable(feature.source);
  }
  if (m_tables.empty()) {
    m_start->addItem(tr("From a loaded table…"));
    if (auto* items = qobject_cast<QStandardItemModel*>(m_start->model())) {
      QStandardItem* last = items->item(m_start->count() - 1);
      last->setEnabled(false);
      last->setToolTip(tr("Open vectors first; they appear here."));
    }
  }
  const auto source = std::ranges::find(m_tables, feature.source);
  m_start->setCurrentIndex(fromTable ? kFixedEntries + static_cast<int>(source - m_tables.begin())
                                     : static_cast<int>(feature.initialization));
  explain(feature);
}

void StartPanel::explain(const document::Feature& feature) {
  const auto n = static_cast<std::int64_t>(feature.categories.size());
  const std::int64_t d = feature.dimension;
  switch (feature.initialization) {
    case training::Initialization::Identity:
      m_hint->setText(
          d == n  ? tr("Row i has a single 1 in column i: the same as one-hot at the start.")
          : d > n ? tr("Row i has a 1 in column i; columns beyond %1 start as zeros.")
                        .arg(document::groupedText(n))
                  : tr("Only the first %1 of %2 rows get their 1; the others start as zeros. Use "
                       "d = %2 for a full identity.")
                        .arg(document::groupedText(d), document::groupedText(n)));
      return;
    case training::Initialization::Normal:
      m_hint->setText(tr("Standard normal numbers, as PyTorch's nn.Embedding."));
      return;
    case training::Initialization::Uniform:
      m_hint->setText(
          tr("Small numbers in ±%1, as word2vec.").arg(0.5 / static_cast<double>(d), 0, 'g', 3));
      return;
    case training::Initialization::FromTable:
      m_hint->setText(tr("%1 of %2 labels are in that table; the others start as N(0, 1).")
                          .arg(document::groupedText(feature.source ? knownLabels(feature) : 0),
                               document::groupedText(n)));
      return;
  }
}

}  // namespace embedscope::define
