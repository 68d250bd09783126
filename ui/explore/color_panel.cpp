// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/color_panel.h"

#include "ui/controls/section.h"
#include "ui/explore/color_legend.h"

#include <QComboBox>
#include <QVBoxLayout>

#include <algorithm>

namespace embedscope::explore {

ColorPanel::ColorPanel(jobs::JobRunner& runner, QWidget* parent)
    : QWidget(parent),
      m_combo(new QComboBox(this)),
      m_hint(new controls::HintLabel({}, this)),
      m_legend(new ColorLegend(this)),
      m_job(runner, this) {
  m_combo->setObjectName(QStringLiteral("colorColumn"));
  m_combo->setAccessibleName(tr("Color points by"));
  m_combo->setToolTip(
      tr("A metadata column of the table: categories get marks of their own, "
         "numbers a scale"));
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
  m_combo->addItem(tr("None"));
  if (m_table) {
    for (const table::MetadataColumn& known : m_table->metadata().columns()) {
      m_combo->addItem(QString::fromStdString(known.name));
    }
  }
  const bool hasColumns = m_combo->count() > 1;
  m_combo->setVisible(hasColumns);
  m_hint->setText(tr("This table has no metadata columns to color by."));
  m_hint->setVisible(m_table && !hasColumns);
  m_combo->setCurrentIndex(std::max(0, column.isEmpty() ? 0 : m_combo->findText(column)));
  choose();
}

QString ColorPanel::column() const {
  return m_combo->currentIndex() > 0 ? m_combo->currentText() : QString();
}

void ColorPanel::choose() {
  m_job.drop();
  m_hint->setVisible(m_table && m_combo->count() == 1);
  const int place = m_combo->currentIndex() - 1;
  if (!m_table || place < 0) {
    show(nullptr);
    return;
  }
  const auto work = [table = m_table, place](const base::TaskContext& context) {
    const auto& columns = table->metadata().columns();
    return std::make_shared<const ColorScheme>(
        colorScheme(columns[static_cast<std::size_t>(place)], context));
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
