// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/color_panel.h"

#include "ui/controls/section.h"
#include "ui/explore/color_legend.h"

#include <QComboBox>
#include <QVBoxLayout>

#include <algorithm>

namespace embedscope::explore {

namespace {

// What the computed columns are called where metadata columns have their names.
const QString kLength = QStringLiteral("\u0001length");
const QString kRowNumber = QStringLiteral("\u0001row");

ColorScheme schemeOf(const table::EmbeddingTable& table, const QString& column,
                     const base::TaskContext& context) {
  if (column == kLength) {
    return colorScheme(table, ComputedColumn::Length, context);
  }
  if (column == kRowNumber) {
    return colorScheme(table, ComputedColumn::RowNumber, context);
  }
  const table::MetadataColumn* known = table.metadata().find(column.toStdString());
  return known != nullptr ? colorScheme(*known, context) : ColorScheme();
}

}  // namespace

ColorPanel::ColorPanel(jobs::JobRunner& runner, QWidget* parent)
    : QWidget(parent),
      m_combo(new QComboBox(this)),
      m_hint(new controls::HintLabel({}, this)),
      m_legend(new ColorLegend(this)),
      m_job(runner, this) {
  m_combo->setObjectName(QStringLiteral("colorColumn"));
  m_combo->setAccessibleName(tr("Color points by"));
  m_combo->setToolTip(
      tr("The length of every vector, its row, or a metadata column of the table: categories get "
         "marks of their own, numbers a scale"));
  m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(m_combo);
  layout->addWidget(m_hint);
  layout->addWidget(m_legend);
  connect(m_combo, &QComboBox::activated, this, [this] {
    emit columnChosen(column());
    choose();
  });
  setTable(nullptr, {});
}

void ColorPanel::setTable(table::TablePtr table, const QString& column) {
  m_table = std::move(table);
  m_combo->clear();
  m_combo->addItem(tr("None"), QString());
  m_combo->addItem(tr("Vector length"), kLength);
  m_combo->addItem(tr("Row number"), kRowNumber);
  if (m_table && !m_table->metadata().columns().empty()) {
    m_combo->insertSeparator(m_combo->count());
    for (const table::MetadataColumn& known : m_table->metadata().columns()) {
      const QString name = QString::fromStdString(known.name);
      m_combo->addItem(name, name);
    }
  }
  m_combo->setEnabled(m_table != nullptr);
  m_combo->setCurrentIndex(std::max(0, m_combo->findData(column)));
  choose();
}

QString ColorPanel::column() const {
  return m_combo->currentData().toString();
}

void ColorPanel::choose() {
  m_job.drop();
  m_hint->hide();
  const QString column = this->column();
  if (!m_table || column.isEmpty()) {
    show(nullptr);
    return;
  }
  const auto work = [table = m_table, column](const base::TaskContext& context) {
    return std::make_shared<const ColorScheme>(schemeOf(*table, column, context));
  };
  m_job.start(tr("Coloring by “%1”").arg(m_combo->currentText()), work,
              {.done = [this](const SchemePtr& scheme) { show(scheme); },
               .failed =
                   [this](const base::Error& error) {
                     show(nullptr);
                     m_hint->setText(QString::fromStdString(error.sentence()));
                     m_hint->show();
                   },
               .cancelled =
                   [this] {
                     m_combo->setCurrentIndex(0);
                     emit columnChosen({});
                     show(nullptr);
                   }});
}

void ColorPanel::show(const SchemePtr& scheme) {
  m_legend->setScheme(scheme);
  emit schemeReady(scheme);
}

}  // namespace embedscope::explore
