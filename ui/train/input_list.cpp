// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/input_list.h"

#include "ui/controls/section.h"
#include "ui/document/table_text.h"

#include <QHeaderView>
#include <QLocale>
#include <QSignalBlocker>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace embedscope::train {

namespace {

constexpr int kDistinctRole = Qt::UserRole + 1;
constexpr int kIndent = 8;
constexpr int kMinimumRows = 5;
constexpr int kRowPadding = 6;

/// Moves the column into or out of the list, which keeps the order of `all`.
void setMember(QStringList& list, const QString& column, bool member, const QStringList& all) {
  list.removeAll(column);
  if (!member) {
    return;
  }
  const auto place = all.indexOf(column);
  qsizetype at = 0;
  while (at < list.size() && all.indexOf(list[at]) < place) {
    ++at;
  }
  list.insert(at, column);
}

QStringList columnNames(const data::DataTable& table) {
  QStringList names;
  for (std::int64_t column = 0; column < table.columnCount(); ++column) {
    names += QString::fromStdString(table.columnName(column));
  }
  return names;
}

}  // namespace

InputList::InputList(document::Document& document, QWidget* parent)
    : QWidget(parent), m_document(document), m_tree(new QTreeWidget(this)) {
  m_tree->setObjectName(QStringLiteral("inputList"));
  m_tree->setAccessibleName(tr("Columns to learn from"));
  m_tree->setColumnCount(2);
  m_tree->setHeaderHidden(true);
  m_tree->setRootIsDecorated(false);
  m_tree->setItemsExpandable(false);
  m_tree->setIndentation(kIndent);
  m_tree->setUniformRowHeights(true);
  m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
  m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_tree->setTextElideMode(Qt::ElideMiddle);
  m_tree->header()->setStretchLastSection(false);
  m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
  m_tree->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
  m_tree->setMinimumHeight(kMinimumRows * rowHeight());
  m_tree->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);  // what room there is
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(4);
  layout->setSizeConstraint(QLayout::SetMaximumSize);  // no taller than its rows need
  auto* heading = new controls::SectionLabel(tr("Learn from"), this);
  heading->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  layout->addWidget(heading);
  layout->addWidget(m_tree, 1);
  connect(m_tree, &QTreeWidget::itemChanged, this, &InputList::changed);
  for (const auto signal :
       {&document::Document::dataChanged, &document::Document::trainingSetupChanged,
        &document::Document::featuresChanged}) {
    connect(&document, signal, this, &InputList::refresh);
  }
  connect(&document, &document::Document::featureChanged, this, &InputList::refresh);
  refresh();
}

void InputList::refresh() {
  const QSignalBlocker blocker(m_tree);
  if (m_categories == nullptr || m_shownData != m_document.data() ||
      m_shownTarget != m_document.trainingSetup().target) {
    rebuild();
  }
  updateItems();
}

void InputList::rebuild() {
  m_shownData = m_document.data();
  m_shownTarget = m_document.trainingSetup().target;
  m_tree->clear();
  const auto addGroup = [this](const QString& text, const QString& tip) {
    auto* group = new QTreeWidgetItem(m_tree, {text});
    group->setFlags(Qt::ItemIsEnabled);
    group->setToolTip(0, tip);
    group->setSizeHint(0, QSize(0, rowHeight()));
    group->setFirstColumnSpanned(true);
    group->setForeground(0, palette().brush(QPalette::PlaceholderText));
    return group;
  };
  m_categories = addGroup(tr("as categories"), tr("Each category gets a vector (an embedding)"));
  m_numbers = addGroup(tr("as numbers"), tr("Standardized: mean 0, deviation 1"));
  if (m_shownData) {
    addColumns(m_categories, true);
    addColumns(m_numbers, false);
  }
  m_categories->setHidden(m_categories->childCount() == 0);
  m_numbers->setHidden(m_numbers->childCount() == 0);
  m_tree->expandAll();
  const int rows = 2 + m_categories->childCount() + m_numbers->childCount();
  m_tree->setMaximumHeight(std::max(kMinimumRows, rows) * rowHeight() + 2 * m_tree->frameWidth());
}

void InputList::addColumns(QTreeWidgetItem* group, bool categorical) {
  for (std::size_t i = 0; i < m_shownData->columns.size(); ++i) {
    const data::ColumnSummary& summary = m_shownData->columns[i];
    const QString name =
        QString::fromStdString(m_shownData->table->columnName(static_cast<std::int64_t>(i)));
    const bool isNumber = summary.kind == data::ColumnKind::Number;
    const bool fits = categorical ? !isNumber || summary.integers : isNumber;
    if (!fits || name == m_shownTarget || summary.distinct == 0) {
      continue;
    }
    auto* item = new QTreeWidgetItem(group, {name});
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item->setSizeHint(0, QSize(0, rowHeight()));
    item->setCheckState(0, Qt::Unchecked);
    item->setData(0, kDistinctRole, static_cast<qlonglong>(summary.distinct));
    item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
    QString tip = tr("%1: %2 different values").arg(name, document::groupedText(summary.distinct));
    if (summary.missing > 0) {
      tip += tr(", %1 missing").arg(document::groupedText(summary.missing));
    }
    if (isNumber) {
      const QLocale locale;
      tip += tr(", from %1 to %2")
                 .arg(locale.toString(summary.minimum), locale.toString(summary.maximum));
    }
    item->setToolTip(0, tip);
  }
}

int InputList::rowHeight() const {
  return fontMetrics().height() + kRowPadding;
}

void InputList::updateItems() {
  const document::TrainingSetup& setup = m_document.trainingSetup();
  for (int i = 0; i < m_categories->childCount(); ++i) {
    QTreeWidgetItem* item = m_categories->child(i);
    const bool ticked = setup.categorical.contains(item->text(0));
    item->setCheckState(0, ticked ? Qt::Checked : Qt::Unchecked);
    item->setText(1, sizeText(item->text(0), item->data(0, kDistinctRole).toLongLong()));
    item->setToolTip(1, tr("Categories → numbers in each vector; change them on the Define page"));
  }
  for (int i = 0; i < m_numbers->childCount(); ++i) {
    QTreeWidgetItem* item = m_numbers->child(i);
    item->setCheckState(0, setup.numeric.contains(item->text(0)) ? Qt::Checked : Qt::Unchecked);
  }
}

QString InputList::sizeText(const QString& column, std::int64_t distinct) const {
  const document::FeaturePtr feature = m_document.featureNamed(column);
  if (!feature) {
    return document::groupedText(distinct);
  }
  const auto categories = static_cast<std::int64_t>(feature->categories.size());
  return m_document.trainingSetup().oneHot
             ? tr("%1 one-hot").arg(document::groupedText(categories))
             : tr("%1 → %2").arg(document::groupedText(categories),
                                 document::groupedText(feature->effectiveDimension()));
}

void InputList::changed(QTreeWidgetItem* item) {
  if (item->parent() == nullptr || !m_shownData) {
    return;
  }
  const QString column = item->text(0);
  const bool ticked = item->checkState(0) == Qt::Checked;
  const bool categorical = item->parent() == m_categories;
  const QStringList all = columnNames(*m_shownData->table);
  document::TrainingSetup setup = m_document.trainingSetup();
  setMember(setup.categorical, column, ticked && categorical, all);
  setMember(setup.numeric, column, ticked && !categorical, all);
  if (ticked && categorical) {
    m_document.ensureFeature(column);
  }
  m_document.setTrainingSetup(std::move(setup));
}

}  // namespace embedscope::train
