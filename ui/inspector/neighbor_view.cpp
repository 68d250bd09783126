// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/neighbor_view.h"

#include "ui/controls/section.h"
#include "ui/inspector/neighbor_list.h"
#include "ui/inspector/neighbor_model.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace embedscope::inspector {

namespace {

struct MetricItem {
  neighbors::Metric metric;
  QString name;
  QString meaning;
};

std::vector<MetricItem> metricItems() {
  using neighbors::Metric;
  return {
      {Metric::Cosine, NeighborView::tr("cosine"),
       NeighborView::tr("By the angle between vectors: 1 is the same direction, 0 a right angle. "
                        "Lengths do not count. The usual choice for word vectors")},
      {Metric::Dot, NeighborView::tr("dot product"),
       NeighborView::tr("By the product of the vectors: the angle, times both lengths, so that "
                        "long vectors come first. For tables trained with it")},
      {Metric::Euclidean, NeighborView::tr("Euclidean"),
       NeighborView::tr("By the straight distance, in the table's own unit; 0 is the same place")},
      {Metric::Manhattan, NeighborView::tr("Manhattan"),
       NeighborView::tr("By the sum of the differences of all dimensions; a single large "
                        "difference counts for less than with Euclidean")}};
}

}  // namespace

NeighborView::NeighborView(document::Document& document, NeighborFinder& finder, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_finder(finder),
      m_model(new NeighborModel(this)),
      m_list(makeNeighborList(m_model, this)),
      m_metric(new QComboBox(this)),
      m_count(new QSpinBox(this)),
      m_approximate(new QCheckBox(tr("Approximate (HNSW)"), this)),
      m_copy(new QToolButton(this)),
      m_words(new controls::HintLabel({}, this)),
      m_again(new QPushButton(tr("Find neighbors"), this)) {
  m_words->setObjectName(QStringLiteral("neighborWords"));
  m_again->setObjectName(QStringLiteral("findNeighbors"));
  makeMetric();
  makeCount();
  makeApproximate();
  makeCopy();
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(makeHead());
  layout->addWidget(m_approximate);
  layout->addWidget(m_list);
  layout->addWidget(m_words);
  layout->addWidget(m_again, 0, Qt::AlignLeft);
  connect(m_list, &QTreeView::clicked, this, &NeighborView::choose);
  connect(m_list, &QTreeView::activated, this, &NeighborView::choose);
  connect(m_again, &QPushButton::clicked, this, [this] { m_finder.findAgain(); });
  connect(&m_finder, &NeighborFinder::stateChanged, this, &NeighborView::refresh);
  refresh();
}

QWidget* NeighborView::makeHead() {
  auto* head = new QWidget(this);
  auto* layout = new QHBoxLayout(head);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(m_metric, 1);
  layout->addWidget(m_count);
  layout->addWidget(m_copy);
  return head;
}

void NeighborView::makeMetric() {
  m_metric->setObjectName(QStringLiteral("neighborMetric"));
  m_metric->setAccessibleName(tr("What near means"));
  m_metric->setToolTip(tr("What near means"));
  for (const MetricItem& item : metricItems()) {
    m_metric->addItem(item.name, static_cast<int>(item.metric));
    m_metric->setItemData(m_metric->count() - 1, item.meaning, Qt::ToolTipRole);
  }
  connect(m_metric, &QComboBox::activated, this, &NeighborView::wish);
}

void NeighborView::makeCount() {
  m_count->setObjectName(QStringLiteral("neighborCount"));
  m_count->setAccessibleName(tr("How many neighbors"));
  m_count->setToolTip(
      tr("How many neighbors are listed, up to 1,000. The arrows pass by 10, 20, 50, "
         "100…; type any other number and press Enter"));
  m_count->setRange(1, static_cast<int>(NeighborFinder::kMostCount));
  m_count->setKeyboardTracking(false);
  m_count->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
  m_count->setValue(static_cast<int>(m_finder.wish().count));
  connect(m_count, &QSpinBox::valueChanged, this, &NeighborView::wish);
}

void NeighborView::makeApproximate() {
  m_approximate->setObjectName(QStringLiteral("neighborApproximate"));
  m_approximate->setToolTip(
      tr("Builds an index of links between near rows, which then finds most of the true neighbors "
         "within about a millisecond and tells how many. Building goes over the whole table for "
         "a while; it can be cancelled in the status bar"));
  connect(m_approximate, &QCheckBox::clicked, this, &NeighborView::wish);
}

void NeighborView::makeCopy() {
  m_copy->setObjectName(QStringLiteral("copyNeighbors"));
  m_copy->setAccessibleName(tr("Copy the neighbors"));
  m_copy->setText(tr("Copy"));
  m_copy->setToolTip(
      tr("Copies the list as text: label, row and score of each neighbor, with tabs "
         "between them. Also Ctrl+C in the list"));
  m_copy->setAutoRaise(true);
  connect(m_copy, &QToolButton::clicked, this, &NeighborView::copyList);
  auto* action = new QAction(tr("Copy the neighbors"), m_list);
  action->setShortcut(QKeySequence::Copy);
  action->setShortcutContext(Qt::WidgetShortcut);
  connect(action, &QAction::triggered, this, &NeighborView::copyList);
  m_list->addAction(action);
}

void NeighborView::wish() {
  NeighborWish wish = m_finder.wish();
  wish.metric = static_cast<neighbors::Metric>(m_metric->currentData().toInt());
  wish.count = m_count->value();
  wish.approximate = m_approximate->isChecked();
  m_finder.setWish(wish);
}

void NeighborView::showWish() {
  const NeighborWish& wish = m_finder.wish();
  m_metric->setCurrentIndex(m_metric->findData(static_cast<int>(wish.metric)));
  m_approximate->setChecked(wish.approximate);
  m_approximate->setVisible(m_finder.offersApproximate());
  const QSignalBlocker quiet(m_count);
  m_count->setValue(static_cast<int>(wish.count));
}

QString NeighborView::words() const {
  using State = NeighborFinder::State;
  switch (m_finder.state()) {
    case State::Searching:
      return m_finder.isBuilding() ? tr("Building the approximate index…") : tr("Searching…");
    case State::Failed:
      return m_finder.problem();
    case State::Stopped:
      return tr("The search was stopped.");
    case State::Found:
      return m_finder.recall() ? tr("Approximate: the index finds %1\u00A0% of the true neighbors "
                                    "(10 nearest of 100 "
                                    "rows measured).")
                                     .arg(*m_finder.recall() * 100, 0, 'f', 1)
                               : QString();
    case State::Nothing:
      break;
  }
  return {};
}

void NeighborView::refresh() {
  using State = NeighborFinder::State;
  const State state = m_finder.state();
  const document::TableEntry* entry = m_document.currentTableEntry();
  const bool found = state == State::Found && entry;
  showWish();
  m_model->setNeighbors(found ? entry->table : nullptr,
                        found ? m_finder.neighbors() : NeighborFinder::Neighbors{},
                        m_metric->currentText());
  fitNeighborList(*m_list, m_model->rowCount());
  m_list->setVisible(found);
  m_copy->setEnabled(found);
  m_again->setVisible(state == State::Stopped);
  m_words->setText(words());
  m_words->setVisible(!m_words->text().isEmpty());
}

void NeighborView::choose(const QModelIndex& index) {
  const QVariant row = index.data(NeighborModel::RowRole);
  if (row.isValid()) {
    m_document.setCurrentRow(row.value<qint64>());
  }
}

void NeighborView::copyList() const {
  if (m_model->rowCount() > 0) {
    QGuiApplication::clipboard()->setText(m_model->asTsv());
  }
}

}  // namespace embedscope::inspector
