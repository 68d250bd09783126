// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/axes_panel.h"

#include "ui/explore/umap_panel.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
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
      m_umap(new UmapPanel(this)),
      m_stack(new QStackedWidget(this)),
      m_componentX(new QComboBox(this)),
      m_componentY(new QComboBox(this)),
      m_dimensionX(new QSpinBox(this)),
      m_dimensionY(new QSpinBox(this)) {
  m_kind->setObjectName(QStringLiteral("axesKind"));
  m_kind->setAccessibleName(tr("Axes"));
  m_kind->addItems(
      {tr("Principal components"), tr("Raw dimensions"), tr("Between labels"), tr("UMAP")});
  m_kind->setToolTip(
      tr("Principal components: the directions along which the rows differ most. "
         "Raw dimensions: two columns of the table as they are. "
         "Between labels: where rows lie between one set of labels and another. "
         "UMAP: neighbors stay near each other, distances far away mean little"));
  m_stack->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  m_stack->addWidget(makeComponents());
  m_stack->addWidget(makeDimensions());
  m_stack->addWidget(makeLabels());
  m_stack->addWidget(m_umap);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(m_kind);
  layout->addWidget(m_stack);
  connect(m_stack, &QStackedWidget::currentChanged, this, &AxesPanel::takeRoom);
  takeRoom();
  connect(m_kind, &QComboBox::activated, this,
          [this](int place) { chooseKind(static_cast<Axes::Kind>(place)); });
}

/// As much as the shown page needs, not as the highest one.
void AxesPanel::takeRoom() {
  for (int page = 0; page < m_stack->count(); ++page) {
    const bool isShown = page == m_stack->currentIndex();
    m_stack->widget(page)->setSizePolicy(QSizePolicy::Preferred,
                                         isShown ? QSizePolicy::Preferred : QSizePolicy::Ignored);
  }
  m_stack->updateGeometry();
}

void AxesPanel::chooseKind(Axes::Kind kind) {
  Axes axes = m_axes;
  axes.kind = kind;
  if (kind == Axes::Kind::Components || kind == Axes::Kind::Dimensions) {
    const bool isPca = kind == Axes::Kind::Components;
    const Eigen::Index last = (isPca ? std::min(kComponents, m_dimension) : m_dimension) - 1;
    axes.x = std::min(m_axes.x, last);
    axes.y = m_dimension == 1 ? 1 : std::min(m_axes.y, last);
  }
  choose(axes);
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
          [this](int place) { choose({m_axes.kind, place, m_axes.y, m_axes.labels}); });
  connect(m_componentY, &QComboBox::activated, this,
          [this](int place) { choose({m_axes.kind, m_axes.x, place, m_axes.labels}); });
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
          [this](int value) { choose({m_axes.kind, value, m_axes.y, m_axes.labels}); });
  connect(m_dimensionY, &QSpinBox::valueChanged, this,
          [this](int value) { choose({m_axes.kind, m_axes.x, value, m_axes.labels}); });
  return page;
}

QWidget* AxesPanel::makeLabels() {
  auto* page = new QWidget(m_stack);
  QGridLayout* grid = makeGrid(page);
  const std::array<const char*, 4> objects{"xFrom", "xTo", "yFrom", "yTo"};
  const QStringList names{tr("x from"), tr("x to"), tr("y from"), tr("y to")};
  const QStringList examples{tr("man, boy"), tr("woman, girl"), tr("bad"), tr("good")};
  for (std::size_t i = 0; i < m_labels.size(); ++i) {
    const auto place = static_cast<qsizetype>(i);
    m_labels[i] = new QLineEdit(page);
    m_labels[i]->setObjectName(QLatin1String(objects[i]));
    m_labels[i]->setAccessibleName(names[place]);
    m_labels[i]->setPlaceholderText(examples[place]);
    m_labels[i]->setToolTip(
        tr("Labels, parted by commas; their mean is this end of the axis. One that holds a comma "
           "stands in double quotes. Enter draws"));
    addLine(*grid, static_cast<int>(i), names[place], m_labels[i]);
    connect(m_labels[i], &QLineEdit::editingFinished, this, &AxesPanel::chooseLabels);
  }
  return page;
}

/// When both ends of an axis are there, or none.
void AxesPanel::chooseLabels() {
  Axes axes = m_axes;
  for (std::size_t i = 0; i < axes.labels.size(); ++i) {
    axes.labels[i] = {m_labels[2 * i]->text(), m_labels[2 * i + 1]->text()};
    if (axes.labels[i].from.isEmpty() != axes.labels[i].to.isEmpty()) {
      return;
    }
  }
  choose(axes);
}

void AxesPanel::setAxes(const Axes& axes, Eigen::Index dimension, const PrincipalPtr& principal) {
  m_axes = axes;
  m_dimension = dimension;
  m_kind->setCurrentIndex(static_cast<int>(axes.kind));
  m_stack->setCurrentIndex(static_cast<int>(axes.kind));
  for (std::size_t i = 0; i < m_labels.size(); ++i) {
    const LabelAxis& axis = axes.labels[i / 2];
    m_labels[i]->setText(i % 2 == 0 ? axis.from : axis.to);
  }
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
    m_stack->setCurrentIndex(static_cast<int>(axes.kind));
    emit axesChosen(axes);
  }
}

}  // namespace embedscope::explore
