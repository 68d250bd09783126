// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/axes_panel.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace embedscope::explore {

namespace {

constexpr int kNameWidth = 16;

void addLine(QGridLayout& grid, int line, const QString& name, QWidget* control) {
  auto* label = new QLabel(name, grid.parentWidget());
  label->setBuddy(control);
  grid.addWidget(label, line, 0);
  grid.addWidget(control, line, 1);
}

QGridLayout* makeGrid(QWidget* parent) {
  auto* grid = new QGridLayout(parent);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setSpacing(8);
  grid->setColumnMinimumWidth(0, kNameWidth);
  grid->setColumnStretch(1, 1);
  return grid;
}

}  // namespace

AxesPanel::AxesPanel(QWidget* parent)
    : QWidget(parent),
      m_kind(new QComboBox(this)),
      m_stack(new QStackedWidget(this)),
      m_componentX(new QComboBox(this)),
      m_componentY(new QComboBox(this)),
      m_dimensionX(new QSpinBox(this)),
      m_dimensionY(new QSpinBox(this)) {
  m_kind->setObjectName(QStringLiteral("axesKind"));
  m_kind->setAccessibleName(tr("Axes"));
  m_kind->addItems({tr("Principal components"), tr("Raw dimensions")});
  m_kind->setToolTip(
      tr("Principal components: the directions along which the rows differ most. "
         "Raw dimensions: two columns of the table as they are"));
  m_stack->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  m_stack->addWidget(makeComponents());
  m_stack->addWidget(makeDimensions());
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(m_kind);
  layout->addWidget(m_stack);
  connect(m_kind, &QComboBox::activated, this, [this](int place) {
    const bool isPca = place == 0;
    const Eigen::Index last = (isPca ? std::min(kComponents, m_dimension) : m_dimension) - 1;
    choose({isPca ? Axes::Kind::Components : Axes::Kind::Dimensions, std::min(m_axes.x, last),
            m_dimension == 1 ? 1 : std::min(m_axes.y, last)});
  });
}

QWidget* AxesPanel::makeComponents() {
  auto* page = new QWidget(m_stack);
  QGridLayout* grid = makeGrid(page);
  m_componentX->setObjectName(QStringLiteral("componentX"));
  m_componentX->setAccessibleName(tr("Component along x"));
  m_componentY->setObjectName(QStringLiteral("componentY"));
  m_componentY->setAccessibleName(tr("Component along y"));
  addLine(*grid, 0, QStringLiteral("x"), m_componentX);
  addLine(*grid, 1, QStringLiteral("y"), m_componentY);
  for (QComboBox* combo : {m_componentX, m_componentY}) {
    combo->setToolTip(tr("The share tells how much of the rows' variance lies along it"));
  }
  connect(m_componentX, &QComboBox::activated, this,
          [this](int place) { choose({m_axes.kind, place, m_axes.y}); });
  connect(m_componentY, &QComboBox::activated, this,
          [this](int place) { choose({m_axes.kind, m_axes.x, place}); });
  return page;
}

QWidget* AxesPanel::makeDimensions() {
  auto* page = new QWidget(m_stack);
  QGridLayout* grid = makeGrid(page);
  m_dimensionX->setObjectName(QStringLiteral("dimensionX"));
  m_dimensionX->setAccessibleName(tr("Dimension along x"));
  m_dimensionY->setObjectName(QStringLiteral("dimensionY"));
  m_dimensionY->setAccessibleName(tr("Dimension along y"));
  addLine(*grid, 0, QStringLiteral("x"), m_dimensionX);
  addLine(*grid, 1, QStringLiteral("y"), m_dimensionY);
  for (QSpinBox* box : {m_dimensionX, m_dimensionY}) {
    box->setPrefix(tr("dimension "));
    box->setWrapping(true);
    box->setToolTip(tr("A column of the table, counted from 0"));
  }
  connect(m_dimensionX, &QSpinBox::valueChanged, this,
          [this](int value) { choose({m_axes.kind, value, m_axes.y}); });
  connect(m_dimensionY, &QSpinBox::valueChanged, this,
          [this](int value) { choose({m_axes.kind, m_axes.x, value}); });
  return page;
}

void AxesPanel::setAxes(const Axes& axes, Eigen::Index dimension, const PrincipalPtr& principal) {
  m_axes = axes;
  m_dimension = dimension;
  const bool isPca = axes.kind == Axes::Kind::Components;
  m_kind->setCurrentIndex(isPca ? 0 : 1);
  m_stack->setCurrentIndex(isPca ? 0 : 1);
  const Eigen::Index count = std::min(kComponents, dimension);
  fillComponents(*m_componentX, count, principal.get(), axes.x);
  fillComponents(*m_componentY, count, principal.get(), axes.y);
  const QSignalBlocker blockX(m_dimensionX);
  const QSignalBlocker blockY(m_dimensionY);
  const int last = static_cast<int>(dimension) - 1;
  m_dimensionX->setRange(0, last);
  m_dimensionY->setRange(0, last);
  m_dimensionX->setValue(static_cast<int>(axes.x));
  m_dimensionY->setValue(static_cast<int>(axes.y));
  const bool hasTwo = dimension > 1;
  m_componentY->setEnabled(hasTwo);
  m_dimensionY->setEnabled(hasTwo);
}

void AxesPanel::fillComponents(QComboBox& combo, Eigen::Index count, const Principal* principal,
                               Eigen::Index current) {
  combo.clear();
  for (Eigen::Index i = 0; i < count; ++i) {
    combo.addItem(axisTitle(Axes::Kind::Components, i, principal));
  }
  combo.setCurrentIndex(static_cast<int>(std::min(current, count - 1)));
}

void AxesPanel::choose(const Axes& axes) {
  if (axes != m_axes) {
    m_axes = axes;
    m_stack->setCurrentIndex(axes.kind == Axes::Kind::Components ? 0 : 1);
    emit axesChosen(axes);
  }
}

}  // namespace embedscope::explore
