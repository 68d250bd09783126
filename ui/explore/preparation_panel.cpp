// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/preparation_panel.h"

#include "ui/controls/disclosure_heading.h"
#include "ui/explore/folding_section.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStringList>
#include <QVBoxLayout>

#include <algorithm>

namespace embedscope::explore {

namespace {

constexpr Eigen::Index kMostRemoved = 99;

/// As short as the room beside a heading: "2 removed · unit".
QString summaryText(const projection::Preparation& preparation) {
  QStringList steps;
  if (preparation.removedComponents > 0) {
    steps += PreparationPanel::tr("%1 removed").arg(preparation.removedComponents);
  } else if (preparation.centre) {
    steps += PreparationPanel::tr("centred");
  }
  if (preparation.unitRows) {
    steps += PreparationPanel::tr("unit");
  }
  return steps.join(QStringLiteral(" · "));
}

}  // namespace

PreparationPanel::PreparationPanel(QWidget* parent)
    : QWidget(parent),
      m_centre(new QCheckBox(tr("Centre"), this)),
      m_unit(new QCheckBox(tr("Unit length"), this)),
      m_removed(new QSpinBox(this)),
      m_section(new FoldingSection(QStringLiteral("preparation"), tr("Prepare rows"),
                                   layOutControls(), false, this)) {
  setObjectName(QStringLiteral("preparationPanel"));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_section);
  describeControls();
  setTabOrder(m_section->heading(), m_centre);
  setTabOrder(m_centre, m_unit);
  setTabOrder(m_unit, m_removed);
  connect(m_centre, &QCheckBox::toggled, this, [this](bool on) {
    projection::Preparation preparation = m_preparation;
    preparation.centre = on;
    choose(preparation);
  });
  connect(m_removed, &QSpinBox::valueChanged, this, [this](int count) {
    projection::Preparation preparation = m_preparation;
    preparation.removedComponents = count;
    choose(preparation);
  });
  connect(m_unit, &QCheckBox::toggled, this, [this](bool on) {
    projection::Preparation preparation = m_preparation;
    preparation.unitRows = on;
    choose(preparation);
  });
}

QWidget* PreparationPanel::layOutControls() {
  auto* controls = new QWidget(this);
  auto* name = new QLabel(tr("&Remove first"), controls);
  name->setBuddy(m_removed);
  auto* grid = new QGridLayout(controls);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setSpacing(8);
  grid->setColumnStretch(1, 1);
  grid->addWidget(m_centre, 0, 0);
  grid->addWidget(m_unit, 0, 1);
  grid->addWidget(name, 1, 0);
  grid->addWidget(m_removed, 1, 1);
  return controls;
}

void PreparationPanel::describeControls() {
  m_centre->setObjectName(QStringLiteral("prepareCentre"));
  m_centre->setToolTip(
      tr("Subtracts the mean of all rows, which tells none of them apart. Principal components are "
         "centred in any case; for them it counts only before unit length"));
  m_removed->setObjectName(QStringLiteral("prepareRemoved"));
  m_removed->setAccessibleName(tr("First components to remove"));
  m_removed->setSpecialValueText(tr("none"));
  m_removed->setKeyboardTracking(false);
  m_removed->setToolTip(
      tr("Centres, and takes away what lies along the first principal components: in word vectors "
         "these tell of frequency more than of meaning. A hundredth of the dimensions is usual"));
  m_unit->setObjectName(QStringLiteral("prepareUnit"));
  m_unit->setToolTip(
      tr("After the others every row is scaled to length 1, so that directions alone count; rows "
         "of zeros stay"));
}

void PreparationPanel::setPreparation(const projection::Preparation& preparation,
                                      Eigen::Index dimension) {
  m_preparation = preparation;
  const QSignalBlocker block(m_removed);
  m_removed->setRange(0, static_cast<int>(std::min(dimension - 1, kMostRemoved)));
  showChoice();
}

void PreparationPanel::showChoice() {
  const QSignalBlocker blockCentre(m_centre);
  const QSignalBlocker blockRemoved(m_removed);
  const QSignalBlocker blockUnit(m_unit);
  m_centre->setChecked(m_preparation.centres());
  m_centre->setEnabled(m_preparation.removedComponents == 0);
  m_removed->setSuffix(m_preparation.removedComponents == 1 ? tr(" component") : tr(" components"));
  m_removed->setValue(static_cast<int>(m_preparation.removedComponents));
  m_removed->setEnabled(m_removed->maximum() > 0);
  m_unit->setChecked(m_preparation.unitRows);
  m_section->setSummary(summaryText(m_preparation));
}

void PreparationPanel::choose(const projection::Preparation& preparation) {
  m_preparation = preparation;
  showChoice();
  emit preparationChosen(m_preparation);
}

}  // namespace embedscope::explore
