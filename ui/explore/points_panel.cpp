// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/points_panel.h"

#include "core/table/column_numbers.h"
#include "core/table/row_lengths.h"
#include "core/table/value_counts.h"
#include "ui/document/table_text.h"
#include "ui/plots/palette.h"

#include <QComboBox>
#include <QFormLayout>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace embedscope::explore {

namespace {

constexpr double kLeastRadius = 0.6;
constexpr double kGreatestRadius = 2.2;

/// The length of the vectors, where metadata columns have their names.
const QString kLength = QStringLiteral("\u0001length");

std::vector<float> sizesBy(const table::TablePtr& table, const QString& column,
                           const base::TaskContext& context) {
  if (column == kLength) {
    return sizesFor(table::rowLengths(*table, context));
  }
  const table::MetadataColumn* known = table->metadata().find(column.toStdString());
  const auto numbers = known != nullptr ? table::columnNumbers(*known, context) : std::nullopt;
  return numbers ? sizesFor(*numbers) : std::vector<float>();
}

/// Whether the first values of a column are numbers; a look at all of them waits until it is
/// chosen.
bool looksNumeric(const table::MetadataColumn& column) {
  constexpr std::size_t kFirstRows = 100;
  const std::size_t count = std::min(kFirstRows, column.values.size());
  const table::MetadataColumn head{
      column.name,
      {column.values.begin(), column.values.begin() + static_cast<std::ptrdiff_t>(count)}};
  return table::columnNumbers(head).has_value();
}

}  // namespace

std::vector<float> sizesFor(const std::vector<double>& numbers) {
  double least = 0;
  double greatest = 0;
  bool any = false;
  for (const double number : numbers) {
    if (std::isfinite(number)) {
      least = any ? std::min(least, number) : number;
      greatest = any ? std::max(greatest, number) : number;
      any = true;
    }
  }
  const double span = greatest - least;
  std::vector<float> sizes;
  sizes.reserve(numbers.size());
  for (const double number : numbers) {
    const double part = std::isfinite(number) && span > 0 ? (number - least) / span : 0;
    const double area = kLeastRadius * kLeastRadius +
                        part * (kGreatestRadius * kGreatestRadius - kLeastRadius * kLeastRadius);
    sizes.push_back(std::isfinite(number) && span > 0 ? static_cast<float>(std::sqrt(area)) : 1.0F);
  }
  return sizes;
}

std::vector<int> shapesFor(const table::MetadataColumn& column) {
  const auto values = table::valueCounts(column);
  std::unordered_map<std::string_view, int> places;
  for (std::size_t i = 0; i < values.size(); ++i) {
    places[values[i].first] = std::min(static_cast<int>(i), plots::distinctShapeCount() - 1);
  }
  std::vector<int> shapes;
  shapes.reserve(column.values.size());
  for (const std::string& value : column.values) {
    const auto place = places.find(value);
    shapes.push_back(place == places.end() ? -1 : place->second);
  }
  return shapes;
}

PointsPanel::PointsPanel(document::Document& document, plots::PointCloudPlot& plot,
                         jobs::JobRunner& runner, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_plot(plot),
      m_size(makeChoice("pointSize", tr("Size"),
                        tr("A number that the area of single points tells; larger points are "
                           "labelled first"))),
      m_shape(makeChoice("pointShape", tr("Shape"),
                         tr("A metadata column whose most frequent values get shapes of their own; "
                            "all others share the last one"))),
      m_label(makeChoice("pointLabel", tr("Label"),
                         tr("What stands beside points: the label of the row, or a metadata "
                            "column"))),
      m_sizing(runner, this),
      m_shaping(runner, this) {
  setObjectName(QStringLiteral("pointsPanel"));
  auto* form = new QFormLayout(this);
  form->setContentsMargins(0, 0, 0, 0);
  form->setSpacing(8);
  form->addRow(tr("Size"), m_size);
  form->addRow(tr("Shape"), m_shape);
  form->addRow(tr("Label"), m_label);
  connect(m_size, &QComboBox::activated, this, [this] {
    choices().size = m_size->currentData().toString();
    showSizes();
  });
  connect(m_shape, &QComboBox::activated, this, [this] {
    choices().shape = m_shape->currentData().toString();
    showShapes();
  });
  connect(m_label, &QComboBox::activated, this, [this] {
    choices().label = m_label->currentData().toString();
    showLabels();
  });
  connect(&m_document, &document::Document::currentTableChanged, this, [this] {
    m_plot.setSizes({});  // those of another table are not shown until its own are found
    m_plot.setShapes({});
    m_plot.setLabelImportance({});
    offer();
  });
  connect(&m_document, &document::Document::metadataChanged, this, &PointsPanel::offer);
  connect(&m_document, &document::Document::tablesChanged, this, [this] {
    std::erase_if(m_choices, [this](const auto& own) { return !m_document.table(own.first); });
  });
  offer();
}

QComboBox* PointsPanel::makeChoice(const char* name, const QString& title, const QString& tip) {
  auto* combo = new QComboBox(this);
  combo->setObjectName(QLatin1String(name));
  combo->setAccessibleName(title);
  combo->setToolTip(tip);
  combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  return combo;
}

table::TablePtr PointsPanel::table() const {
  const document::TableEntry* entry = m_document.currentTableEntry();
  return entry != nullptr ? entry->table : nullptr;
}

/// The columns of the current table; those chosen for it before are chosen again, if it has them.
void PointsPanel::offer() {
  const auto fill = [&](QComboBox* combo, const QString& none, const QString& chosen, auto takes) {
    combo->clear();
    combo->addItem(none, QString());
    if (combo == m_size) {
      combo->addItem(tr("Vector length"), kLength);
    }
    if (const table::TablePtr current = table()) {
      for (const table::MetadataColumn& column : current->metadata().columns()) {
        if (takes(column)) {
          const QString name = QString::fromStdString(column.name);
          combo->addItem(name, name);
        }
      }
    }
    combo->setCurrentIndex(std::max(0, combo->findData(chosen)));
  };
  const auto any = [](const table::MetadataColumn&) { return true; };
  const Choices chosen = table() ? choices() : Choices();
  fill(m_size, tr("All alike"), chosen.size, looksNumeric);
  fill(m_shape, tr("By color"), chosen.shape, any);
  fill(m_label, tr("Label of the row"), chosen.label, any);
  showSizes();
  showShapes();
  showLabels();
}

void PointsPanel::showSizes() {
  m_sizing.drop();
  const QString column = m_size->currentData().toString();
  if (column.isEmpty() || !table()) {
    m_plot.setSizes({});
    m_plot.setLabelImportance({});
    return;
  }
  m_sizing.start(tr("Sizing points"),
                 [table = table(), column](const base::TaskContext& context) {
                   return sizesBy(table, column, context);
                 },
                 {.done =
                      [this](const std::vector<float>& sizes) {
                        m_plot.setSizes(sizes);
                        m_plot.setLabelImportance(sizes);
                      },
                  .failed = {},
                  .cancelled = {}});
}

void PointsPanel::showShapes() {
  m_shaping.drop();
  const QString column = m_shape->currentData().toString();
  if (column.isEmpty() || !table()) {
    m_plot.setShapes({});
    return;
  }
  m_shaping.start(tr("Shaping points"),
                  [table = table(), name = column.toStdString()](const base::TaskContext&) {
                    const table::MetadataColumn* known = table->metadata().find(name);
                    return known != nullptr ? shapesFor(*known) : std::vector<int>();
                  },
                  {.done = [this](const std::vector<int>& shapes) { m_plot.setShapes(shapes); },
                   .failed = {},
                   .cancelled = {}});
}

void PointsPanel::showLabels() {
  m_plot.setLabelProvider([this](qint64 row) { return labelOf(row); });
}

QString PointsPanel::labelOf(std::int64_t row) const {
  const table::TablePtr current = table();
  if (!current || row >= current->rowCount()) {
    return {};
  }
  const QString column = m_label->currentData().toString();
  const table::MetadataColumn* known =
      column.isEmpty() ? nullptr : current->metadata().find(column.toStdString());
  return known != nullptr
             ? QString::fromStdString(known->values[static_cast<std::size_t>(row)]).simplified()
             : document::labelText(*current, row).simplified();
}

}  // namespace embedscope::explore
