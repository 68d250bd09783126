// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/data_panel.h"

#include "ui/controls/elided_label.h"
#include "ui/controls/icons.h"
#include "ui/controls/section.h"
#include "ui/document/table_text.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace embedscope::train {

namespace {

constexpr int kShownWarnings = 5;
constexpr int kShortestCombo = 8;  // characters

QString sizeText(const document::DataEntry& data) {
  QString text = DataPanel::tr("%1 rows × %2 columns")
                     .arg(document::groupedText(data.table->rowCount()),
                          document::groupedText(data.table->columnCount()));
  if (!data.warnings.empty()) {
    text += data.warnings.size() == 1 ? DataPanel::tr(" · 1 warning")
                                      : DataPanel::tr(" · %1 warnings").arg(data.warnings.size());
  }
  return text;
}

QString warningsText(const document::DataEntry& data) {
  QStringList lines;
  for (const data::DataWarning& warning : data.warnings) {
    if (lines.size() == kShownWarnings) {
      lines += QStringLiteral("…");
      break;
    }
    const std::string place = warning.place.text();
    lines += QString::fromStdString(place.empty() ? warning.text : place + ": " + warning.text);
  }
  return lines.join(QLatin1Char('\n'));
}

/// @param asLabels  whether numbers count as labels.
QString kindText(const data::ColumnSummary& column, bool asLabels) {
  return column.kind == data::ColumnKind::Number && !asLabels
             ? DataPanel::tr("number → regression")
             : DataPanel::tr("%1 labels → classification")
                   .arg(document::groupedText(column.distinct));
}

/// A target cannot be its own input; what was the target before stays out until it is ticked.
document::TrainingSetup withTarget(document::TrainingSetup setup, const QString& target) {
  setup.target = target;
  setup.categorical.removeAll(target);
  setup.numeric.removeAll(target);
  return setup;
}

}  // namespace

DataPanel::DataPanel(document::Document& document, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_name(new controls::ElidedLabel(Qt::ElideMiddle, this)),
      m_size(new controls::HintLabel({}, this)),
      m_open(new QPushButton(tr("Open data…"), this)),
      m_generate(new QPushButton(tr("Generate…"), this)),
      m_target(new QComboBox(this)),
      m_targetKind(new controls::HintLabel({}, this)) {
  m_name->setObjectName(QStringLiteral("dataName"));
  m_size->setObjectName(QStringLiteral("dataSize"));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(4);
  layout->addWidget(new controls::SectionLabel(tr("Data"), this));
  layout->addWidget(m_name);
  layout->addWidget(m_size);
  buildButtons();
  layout->addSpacing(4);
  buildTarget();
  connect(&document, &document::Document::dataChanged, this, &DataPanel::showData);
  connect(&document, &document::Document::trainingSetupChanged, this, &DataPanel::showTarget);
  showData();
}

void DataPanel::buildButtons() {
  m_open->setObjectName(QStringLiteral("openDataButton"));
  m_open->setAccessibleName(tr("Open data"));
  m_open->setToolTip(tr("A table with a header line: CSV, TSV; the separator is detected"));
  controls::setThemedIcon(m_open, QStringLiteral("open"));
  m_generate->setObjectName(QStringLiteral("generateButton"));
  m_generate->setAccessibleName(tr("Generate data"));
  m_generate->setToolTip(tr("Data whose hidden structure is known, to see whether it is found"));
  controls::setThemedIcon(m_generate, QStringLiteral("data"));
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  row->addWidget(m_open, 1);
  row->addWidget(m_generate, 1);
  static_cast<QVBoxLayout*>(layout())->addLayout(row);
  connect(m_open, &QPushButton::clicked, this, &DataPanel::openRequested);
  connect(m_generate, &QPushButton::clicked, this, &DataPanel::generateRequested);
}

void DataPanel::buildTarget() {
  m_target->setObjectName(QStringLiteral("targetCombo"));
  m_target->setAccessibleName(tr("Column to predict"));
  m_target->setToolTip(
      tr("The column to predict. Numbers become a regression, labels a classification."));
  m_target->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_target->setMinimumContentsLength(kShortestCombo);
  m_targetKind->setObjectName(QStringLiteral("targetKind"));
  auto* label = new QLabel(tr("&Target"), this);
  label->setBuddy(m_target);
  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(8);
  grid->setVerticalSpacing(4);
  grid->setColumnStretch(1, 1);
  grid->addWidget(label, 0, 0);
  grid->addWidget(m_target, 0, 1);
  grid->addWidget(m_targetKind, 1, 1);
  static_cast<QVBoxLayout*>(layout())->addLayout(grid);
  connect(m_target, &QComboBox::activated, this, &DataPanel::chooseTarget);
}

void DataPanel::showData() {
  const document::DataEntryPtr& entry = m_document.data();
  m_name->setFullText(entry ? QString::fromStdString(entry->table->name()) : tr("No data yet"));
  m_size->setText(entry ? sizeText(*entry) : tr("Open a table or generate one."));
  m_size->setToolTip(entry ? warningsText(*entry) : QString());
  m_target->clear();
  m_target->setEnabled(entry != nullptr);
  for (std::size_t i = 0; entry && i < entry->columns.size(); ++i) {
    const QString name =
        QString::fromStdString(entry->table->columnName(static_cast<std::int64_t>(i)));
    m_target->addItem(name, name);
    m_target->setItemData(static_cast<int>(i), kindText(entry->columns[i], false), Qt::ToolTipRole);
  }
  showTarget();
}

void DataPanel::showTarget() {
  const document::DataEntryPtr& entry = m_document.data();
  const int index = m_target->findData(m_document.trainingSetup().target);
  m_target->setCurrentIndex(index);
  const bool known = entry && index >= 0 && static_cast<std::size_t>(index) < entry->columns.size();
  const bool asLabels = document::isLossForLabels(m_document.trainingSetup().recipe.loss);
  m_targetKind->setText(known ? kindText(entry->columns[static_cast<std::size_t>(index)], asLabels)
                              : tr("the column to predict"));
}

void DataPanel::chooseTarget(int index) {
  const QString target = m_target->itemData(index).toString();
  if (target != m_document.trainingSetup().target) {
    m_document.setTrainingSetup(withTarget(m_document.trainingSetup(), target));
  }
}

}  // namespace embedscope::train
