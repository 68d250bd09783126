// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/color_panel.h"

#include "ui/controls/section.h"
#include "ui/explore/color_legend.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <utility>

namespace embedscope::explore {

namespace {

struct Computed {
  ComputedColumn column;
  const char* key;  ///< where metadata columns have their names; saved views hold it
  const char* title;
};

constexpr std::array<Computed, 4> kComputed{{
    {ComputedColumn::Length, "\u0001length", QT_TRANSLATE_NOOP("ColorPanel", "Vector length")},
    {ComputedColumn::RowNumber, "\u0001row", QT_TRANSLATE_NOOP("ColorPanel", "Row number")},
    {ComputedColumn::NeighborsKept, "\u0001kept",
     QT_TRANSLATE_NOOP("ColorPanel", "Neighbors kept in the picture")},
    {ComputedColumn::SelectionSimilarity, "\u0001similarity",
     QT_TRANSLATE_NOOP("ColorPanel", "Similarity to the selection")},
}};

/// Clusters, where metadata columns have their names.
const QString kClusters = QStringLiteral("\u0001clusters");

/// The colors, and the inputs with what was found on the way.
struct Colored {
  ColorScheme scheme;
  ComputedInputs inputs;
};

/// The column that is chosen by its name, or what stands in its place; null: there is none. Cost
/// O(n) for the labels.
std::shared_ptr<const table::MetadataColumn> knownColumn(
    const table::TablePtr& table, const QString& column,
    const std::shared_ptr<const table::MetadataColumn>& clusters) {
  if (column == kClusters) {
    return clusters;
  }
  if (column == kLabelColumn) {
    return std::make_shared<const table::MetadataColumn>("label", table->vocabulary().labels());
  }
  return {table, table->metadata().find(column.toStdString())};
}

Colored colored(ComputedInputs inputs, std::optional<ComputedColumn> computed,
                const QString& column, const std::shared_ptr<const table::MetadataColumn>& clusters,
                const Pins& pins, const base::TaskContext& context) {
  if (computed) {
    ColorScheme scheme = colorScheme(computedValues(*computed, inputs, context));
    return {std::move(scheme), std::move(inputs)};
  }
  const auto known = knownColumn(inputs.table, column, clusters);
  ColorScheme scheme = known == nullptr         ? ColorScheme()
                       : column == kLabelColumn ? categoryScheme(*known, context, pins)
                                                : colorScheme(*known, context, pins);
  return {std::move(scheme), std::move(inputs)};
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
      tr("Something computed of every row, or a metadata column of the table: categories get marks "
         "of their own, numbers a scale"));
  m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(m_combo);
  layout->addWidget(m_hint);
  layout->addWidget(m_legend);
  connect(m_combo, &QComboBox::activated, this, [this] {
    m_newlyPinned.clear();
    emit columnChosen(column());
    choose();
  });
  connect(m_legend, &ColorLegend::rowsPicked, this, &ColorPanel::rowsPicked);
  connect(m_legend, &ColorLegend::isolateRequested, this, &ColorPanel::isolateRequested);
  connect(m_legend, &ColorLegend::colorPinned, this, &ColorPanel::pin);
  connect(m_legend, &ColorLegend::colorReset, this,
          [this](const QString& category) { pin(category, std::nullopt); });
  setTable(nullptr, {});
}

void ColorPanel::setTable(table::TablePtr table, const QString& column, const PinsByColumn& pins) {
  m_pins = pins;
  m_newlyPinned.clear();
  m_inputs = {.table = std::move(table), .points = {}, .selection = {}, .graph = {}};
  fill();
  m_combo->setEnabled(m_inputs.table != nullptr);
  m_combo->setCurrentIndex(std::max(0, m_combo->findData(column)));
  choose();
}

void ColorPanel::setClusters(const std::shared_ptr<const table::MetadataColumn>& clusters) {
  if (m_clusters == clusters) {
    return;
  }
  m_clusters = clusters;
  m_newlyPinned.clear();
  const QString before = column();
  fill();
  m_combo->setCurrentIndex(std::max(0, m_combo->findData(clusters ? kClusters : before)));
  if (clusters) {
    emit columnChosen(column());
  }
  if (clusters || column() != before) {
    choose();
  }
}

/// Offers everything that there is.
void ColorPanel::fill() {
  m_combo->clear();
  m_combo->addItem(tr("None"), QString());
  for (const Computed& computed : kComputed) {
    m_combo->addItem(QCoreApplication::translate("ColorPanel", computed.title),
                     QString::fromLatin1(computed.key));
  }
  if (m_inputs.table && m_inputs.table->vocabulary().duplicateCount() > 0) {
    m_combo->addItem(tr("Label"), kLabelColumn);
  }
  if (m_clusters) {
    m_combo->addItem(tr("Clusters"), kClusters);
  }
  if (m_inputs.table && !m_inputs.table->metadata().columns().empty()) {
    m_combo->insertSeparator(m_combo->count());
    for (const table::MetadataColumn& known : m_inputs.table->metadata().columns()) {
      const QString name = QString::fromStdString(known.name);
      m_combo->addItem(name, name);
    }
  }
}

void ColorPanel::setPoints(const std::shared_ptr<const base::RowMatrix>& points) {
  if (m_inputs.points != points) {
    m_inputs.points = points;
    if (computedColumn() == ComputedColumn::NeighborsKept) {
      choose();
    }
  }
}

void ColorPanel::setSelection(const table::RowSet& selection) {
  if (m_inputs.selection != selection) {
    m_inputs.selection = selection;
    if (computedColumn() == ComputedColumn::SelectionSimilarity) {
      choose();
    }
  }
}

std::optional<ComputedColumn> ColorPanel::computedColumn() const {
  const QString column = this->column();
  for (const Computed& computed : kComputed) {
    if (column == QLatin1String(computed.key)) {
      return computed.column;
    }
  }
  return {};
}

bool ColorPanel::followsSelection() const {
  return computedColumn() == ComputedColumn::SelectionSimilarity;
}

QString ColorPanel::column() const {
  return m_combo->currentData().toString();
}

void ColorPanel::choose() {
  m_job.drop();
  m_hint->hide();
  const QString column = this->column();
  if (!m_inputs.table || column.isEmpty()) {
    show(nullptr);
    return;
  }
  const auto work = [inputs = m_inputs, computed = computedColumn(), column, clusters = m_clusters,
                     pins = m_pins[column]](const base::TaskContext& context) {
    return colored(inputs, computed, column, clusters, pins, context);
  };
  m_job.start(tr("Coloring by “%1”").arg(m_combo->currentText()), work,
              {.done =
                   [this](Colored done) {
                     m_inputs.graph = std::move(done.inputs.graph);
                     refuseUnknownPin(done.scheme);
                     show(std::make_shared<const ColorScheme>(std::move(done.scheme)));
                   },
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

/// Nothing: its usual color again.
void ColorPanel::pin(const QString& category, std::optional<QRgb> color) {
  Pins& pins = m_pins[column()];
  if (color) {
    pins[category] = *color;
    m_newlyPinned = category;
  } else {
    pins.erase(category);
  }
  emit pinsChanged(column(), pins);
  choose();
}

/// The name of a category can be typed.
void ColorPanel::refuseUnknownPin(const ColorScheme& scheme) {
  const QString category = std::exchange(m_newlyPinned, {});
  if (category.isEmpty() || std::ranges::find(scheme.entries, category,
                                              &ColorScheme::Entry::name) != scheme.entries.end()) {
    return;
  }
  Pins& pins = m_pins[column()];
  pins.erase(category);
  emit pinsChanged(column(), pins);
  m_hint->setText(tr("“%1” has no category “%2”.").arg(m_combo->currentText(), category));
  m_hint->show();
}

void ColorPanel::show(const SchemePtr& scheme) {
  m_legend->setScheme(scheme);
  emit schemeReady(scheme);
}

}  // namespace embedscope::explore
