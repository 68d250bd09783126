// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/define/initial_vectors.h"

#include "core/base/text.h"
#include "ui/controls/section.h"
#include "ui/document/table_text.h"
#include "ui/plots/heat_map.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace embedscope::define {

namespace {

constexpr std::int64_t kMostRows = 8;
constexpr int kColumnWidth = 52;  // room for a number with three decimals
constexpr int kLabelRoom = 120;
constexpr int kHead = 64;  // column numbers and margins
constexpr int kLargestCell = 28;

}  // namespace

InitialVectors::InitialVectors(QWidget* parent)
    : QWidget(parent), m_hint(new controls::HintLabel({}, this)), m_map(new plots::HeatMap(this)) {
  m_map->setObjectName(QStringLiteral("initialVectors"));
  m_map->setAccessibleName(tr("The vectors that training starts from"));
  m_map->setEmptyText(tr("Add categories to see the vectors they start from."));
  m_map->setLargestCell(kLargestCell);
  m_hint->setWordWrap(false);
  m_hint->setObjectName(QStringLiteral("initialVectorsHint"));
  auto* heading = new QHBoxLayout;
  heading->setSpacing(16);
  heading->addWidget(new controls::SectionLabel(tr("Initial vectors"), this));
  heading->addWidget(m_hint);
  heading->addStretch(1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addLayout(heading);
  layout->addWidget(m_map);
}

void InitialVectors::show(const document::Feature& feature, const document::TrainingSetup& setup) {
  const document::InitialTablePlan plan = document::planInitialTable(setup, feature, kMostRows);
  m_rows = plan.categories;
  m_table = m_rows > 0 ? document::makeInitialTable(plan) : nullptr;
  m_hint->setToolTip(tr("Drawn with seed %1, as the next training will start.").arg(plan.seed));
  draw();
}

void InitialVectors::draw() {
  const auto shown = m_table ? static_cast<int>(m_table->rowCount()) : 1;
  m_map->setFixedHeight(kHead + shown * kLargestCell);
  if (!m_table) {
    m_hint->clear();
    m_map->setRows({});
    return;
  }
  const auto fitting = std::max(2, (width() - kLabelRoom) / kColumnWidth);
  const auto columns = std::min<Eigen::Index>(m_table->dimension(), fitting);
  std::vector<plots::HeatMapRow> rows;
  QStringList labels;
  for (Eigen::Index j = 0; j < columns; ++j) {
    labels += QString::number(j);
  }
  for (Eigen::Index i = 0; i < m_table->rowCount(); ++i) {
    const std::string_view label = m_table->vocabulary().label(i);
    const auto values = m_table->row(i).first(static_cast<std::size_t>(columns));
    plots::HeatMapRow row;
    row.label = document::shownText(label);
    row.values.assign(values.begin(), values.end());
    rows.push_back(std::move(row));
  }
  m_map->setColumnLabels(labels);
  m_map->setRows(std::move(rows));
  const QString all =
      tr("%1 × %2").arg(document::groupedText(m_rows), document::groupedText(m_table->dimension()));
  const bool cut = columns < m_table->dimension() || m_table->rowCount() < m_rows;
  m_hint->setText(cut ? tr("the first %1 × %2 of %3")
                            .arg(document::groupedText(m_table->rowCount()),
                                 document::groupedText(columns), all)
                      : all);
}

void InitialVectors::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  draw();
}

}  // namespace embedscope::define
