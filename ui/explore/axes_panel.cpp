// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/axes_panel.h"

#include "ui/explore/import_panel.h"
#include "ui/explore/layout_panel.h"
#include "ui/explore/preparation_panel.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace embedscope::explore {

namespace {

constexpr int kNameWidth = 16;

/// The column that an axis shows.
Eigen::Index& columnOf(Axes& axes, std::size_t axis) {
  return axis == 0 ? axes.x : axis == 1 ? axes.y : axes.z;
}

const QString& axisName(std::size_t axis) {
  static const std::array<QString, 3> kNames{QStringLiteral("x"), QStringLiteral("y"),
                                             QStringLiteral("z")};
  return kNames[axis];
}

}  // namespace

AxesPanel::AxesPanel(QWidget* parent)
    : QWidget(parent),
      m_kind(new QComboBox(this)),
      m_umap(new UmapPanel(this)),
      m_tsne(new TsnePanel(this)),
      m_stack(new QStackedWidget(this)),
      m_dims{new QToolButton(this), new QToolButton(this)} {
  m_kind->setObjectName(QStringLiteral("axesKind"));
  m_kind->setAccessibleName(tr("Axes"));
  m_kind->addItems({tr("Principal components"), tr("Raw dimensions"), tr("Between labels"),
                    tr("UMAP"), tr("t-SNE"), tr("Imported")});
  m_kind->setToolTip(
      tr("Principal components: the directions along which the rows differ most. "
         "Raw dimensions: two columns of the table as they are. "
         "Between labels: where rows lie between one set of labels and another. "
         "UMAP and t-SNE: neighbors stay near each other, distances far away mean little. "
         "Imported: where another program put the rows"));
  m_stack->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  m_stack->addWidget(makeComponents());
  m_stack->addWidget(makeDimensions());
  m_stack->addWidget(makeLabels());
  m_stack->addWidget(m_umap);
  m_stack->addWidget(m_tsne);
  m_preparation = new PreparationPanel(this);  // after all pages, in the order of the Tab key, too
  auto* kind = new QHBoxLayout;
  kind->setSpacing(8);
  kind->addWidget(m_kind, 1);
  kind->addWidget(makeSpaceSwitch());
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addLayout(kind);
  layout->addWidget(m_stack);
  layout->addWidget(m_preparation);
  connect(m_preparation, &PreparationPanel::preparationChosen, this, &AxesPanel::choosePreparation);
  connect(m_stack, &QStackedWidget::currentChanged, this, &AxesPanel::takeRoom);
  takeRoom();
  connect(m_kind, &QComboBox::activated, this,
          [this](int place) { chooseKind(static_cast<Axes::Kind>(place)); });
}

QWidget* AxesPanel::makeSpaceSwitch() {
  auto* both = new QWidget(this);
  auto* layout = new QHBoxLayout(both);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  auto* group = new QButtonGroup(both);
  for (std::size_t i = 0; i < m_dims.size(); ++i) {
    const int dims = static_cast<int>(i) + 2;
    QToolButton* button = m_dims[i];
    button->setObjectName(QStringLiteral("dims%1").arg(dims));
    button->setText(dims == 2 ? tr("2D") : tr("3D"));
    button->setAccessibleName(dims == 2 ? tr("Two dimensions") : tr("Three dimensions"));
    button->setToolTip(
        dims == 2 ? tr("Draws the rows in the plane, by two numbers each")
                  : tr("Draws the rows in space, by three numbers each: drag to turn, drag "
                       "with Shift or the right button to move. Needs a table of at least "
                       "three dimensions"));
    button->setCheckable(true);
    button->setAutoRaise(true);  // so that the pressed one stands out in the dark, too
    group->addButton(button);
    layout->addWidget(button);
    connect(button, &QToolButton::clicked, this, [this, dims] { chooseDims(dims); });
  }
  return both;
}

LayoutPanel& AxesPanel::layoutPanel(Axes::Kind kind) {
  return kind == Axes::Kind::Tsne ? *m_tsne : *m_umap;
}

void AxesPanel::setImportPanel(ImportPanel* panel) {
  m_import = panel;
  m_stack->addWidget(panel);
  takeRoom();
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
  if (kind != Axes::Kind::Imported && m_dimension < 3) {
    axes.dims = 2;  // three were imported, perhaps
  }
  if (kind == Axes::Kind::Components || kind == Axes::Kind::Dimensions) {
    const bool isPca = kind == Axes::Kind::Components;
    const Eigen::Index last = (isPca ? std::min(kComponents, m_dimension) : m_dimension) - 1;
    axes.x = std::min(m_axes.x, last);
    axes.y = m_dimension == 1 ? 1 : std::min(m_axes.y, last);
    axes.z = std::min(m_axes.z, std::max<Eigen::Index>(last, 2));
  }
  choose(axes);
}

QGridLayout* AxesPanel::addPage() {
  auto* grid = new QGridLayout(new QWidget(m_stack));
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setSpacing(8);
  grid->setColumnMinimumWidth(0, kNameWidth);
  grid->setColumnStretch(1, 1);
  return grid;
}

void AxesPanel::addLine(QGridLayout& grid, const QString& name, QWidget* control, bool isOfSpace) {
  auto* label = new QLabel(name, grid.parentWidget());
  label->setBuddy(control);
  const int line = grid.rowCount();
  grid.addWidget(label, line, 0);
  grid.addWidget(control, line, 1);
  if (isOfSpace) {
    m_ofSpace.insert(m_ofSpace.end(), {label, control});
  }
}

QWidget* AxesPanel::makeComponents() {
  QGridLayout* grid = addPage();
  for (std::size_t axis = 0; axis < m_components.size(); ++axis) {
    const QString& name = axisName(axis);
    auto* combo = new QComboBox(grid->parentWidget());
    combo->setObjectName(QStringLiteral("component") + name.toUpper());
    combo->setAccessibleName(tr("Component along %1").arg(name));
    combo->setToolTip(tr("The share tells how much of the rows' variance lies along it"));
    connect(combo, &QComboBox::activated, this,
            [this, axis](int place) { chooseColumn(axis, place); });
    addLine(*grid, name, combo, axis == 2);
    m_components[axis] = combo;
  }
  return grid->parentWidget();
}

QWidget* AxesPanel::makeDimensions() {
  QGridLayout* grid = addPage();
  for (std::size_t axis = 0; axis < m_dimensions.size(); ++axis) {
    const QString& name = axisName(axis);
    auto* box = new QSpinBox(grid->parentWidget());
    box->setObjectName(QStringLiteral("dimension") + name.toUpper());
    box->setAccessibleName(tr("Dimension along %1").arg(name));
    box->setPrefix(tr("dimension "));
    box->setWrapping(true);
    box->setToolTip(tr("A column of the table, counted from 0"));
    connect(box, &QSpinBox::valueChanged, this,
            [this, axis](int value) { chooseColumn(axis, value); });
    addLine(*grid, name, box, axis == 2);
    m_dimensions[axis] = box;
  }
  return grid->parentWidget();
}

QWidget* AxesPanel::makeLabels() {
  QGridLayout* grid = addPage();
  const QStringList examples{tr("man, boy"), tr("woman, girl"), tr("bad"),
                             tr("good"),     tr("small"),       tr("large")};
  for (std::size_t i = 0; i < m_labels.size(); ++i) {
    const bool isFrom = i % 2 == 0;
    const QString& axis = axisName(i / 2);
    const QString name = isFrom ? tr("%1 from").arg(axis) : tr("%1 to").arg(axis);
    auto* field = new QLineEdit(grid->parentWidget());
    field->setObjectName(axis + (isFrom ? QStringLiteral("From") : QStringLiteral("To")));
    field->setAccessibleName(name);
    field->setPlaceholderText(examples[static_cast<qsizetype>(i)]);
    field->setToolTip(
        tr("Labels, parted by commas; their mean is this end of the axis. One that holds a comma "
           "stands in double quotes. Enter draws"));
    connect(field, &QLineEdit::editingFinished, this, &AxesPanel::chooseLabels);
    addLine(*grid, name, field, i >= 4);
    m_labels[i] = field;
  }
  return grid->parentWidget();
}

void AxesPanel::chooseColumn(std::size_t axis, Eigen::Index column) {
  Axes axes = m_axes;
  columnOf(axes, axis) = column;
  choose(axes);
}

void AxesPanel::chooseDims(int dims) {
  Axes axes = m_axes;
  axes.dims = dims;
  choose(axes);
}

void AxesPanel::choosePreparation(const projection::Preparation& preparation) {
  Axes axes = m_axes;
  axes.preparation = preparation;
  choose(axes);
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
  m_preparation->setPreparation(axes.preparation, dimension);
  m_preparation->setVisible(axes.preparesRows());
  m_stack->setCurrentIndex(static_cast<int>(axes.kind));
  for (std::size_t i = 0; i < m_labels.size(); ++i) {
    const LabelAxis& axis = axes.labels[i / 2];
    m_labels[i]->setText(i % 2 == 0 ? axis.from : axis.to);
  }
  const Eigen::Index count = std::min(kComponents, dimension);
  Axes shown = axes;
  for (std::size_t axis = 0; axis < m_components.size(); ++axis) {
    const Eigen::Index column = columnOf(shown, axis);
    fillComponents(*m_components[axis], count, principal.get(), column);
    const QSignalBlocker block(m_dimensions[axis]);
    m_dimensions[axis]->setRange(0, static_cast<int>(dimension) - 1);
    m_dimensions[axis]->setValue(static_cast<int>(column));
  }
  const bool hasTwo = dimension > 1;
  m_components[1]->setEnabled(hasTwo);
  m_dimensions[1]->setEnabled(hasTwo);
  const Eigen::Index most = axes.kind == Axes::Kind::Imported ? m_import->dims() : dimension;
  for (QToolButton* button : m_dims) {
    button->setEnabled(most > 2);
  }
  m_dims[axes.dims == 3 ? 1 : 0]->setChecked(true);
  for (QWidget* widget : m_ofSpace) {
    widget->setVisible(axes.dims == 3);
  }
  takeRoom();
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
