// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/neighbor_view.h"

#include "ui/controls/section.h"
#include "ui/inspector/neighbor_model.h"
#include "ui/inspector/roomy_delegate.h"

#include <QHeaderView>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace embedscope::inspector {

namespace {

constexpr int kScoreWidth = 72;

QTreeView* makeList(NeighborModel* model, QWidget* parent) {
  auto* list = new QTreeView(parent);
  list->setObjectName(QStringLiteral("neighborList"));
  list->setAccessibleName(NeighborView::tr("Nearest neighbors"));
  list->setModel(model);
  list->setItemDelegate(new RoomyDelegate(list));
  list->setRootIsDecorated(false);
  list->setUniformRowHeights(true);
  list->setItemsExpandable(false);
  list->setFrameShape(QFrame::NoFrame);
  list->setTextElideMode(Qt::ElideRight);
  list->setHeaderHidden(true);
  list->setIndentation(0);
  list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  list->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  list->header()->setStretchLastSection(false);
  list->header()->setMinimumSectionSize(kScoreWidth);
  list->header()->setSectionResizeMode(NeighborModel::Label, QHeaderView::Stretch);
  list->header()->setSectionResizeMode(NeighborModel::Score, QHeaderView::Fixed);
  list->header()->resizeSection(NeighborModel::Score, kScoreWidth);
  // On the ground of the panel, not on a card of its own.
  list->viewport()->setAutoFillBackground(false);
  return list;
}

}  // namespace

NeighborView::NeighborView(document::Document& document, NeighborFinder& finder, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_finder(finder),
      m_model(new NeighborModel(this)),
      m_list(makeList(m_model, this)),
      m_words(new controls::HintLabel({}, this)),
      m_again(new QPushButton(tr("Find neighbors"), this)) {
  m_words->setObjectName(QStringLiteral("neighborWords"));
  m_again->setObjectName(QStringLiteral("findNeighbors"));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(m_list);
  layout->addWidget(m_words);
  layout->addWidget(m_again, 0, Qt::AlignLeft);
  connect(m_list, &QTreeView::clicked, this, &NeighborView::choose);
  connect(m_list, &QTreeView::activated, this, &NeighborView::choose);
  connect(m_again, &QPushButton::clicked, this, [this] { m_finder.findAgain(); });
  connect(&m_finder, &NeighborFinder::stateChanged, this, &NeighborView::refresh);
  refresh();
}

void NeighborView::refresh() {
  using State = NeighborFinder::State;
  const State state = m_finder.state();
  const document::TableEntry* entry = m_document.currentTableEntry();
  const bool found = state == State::Found && entry;
  m_model->setNeighbors(found ? entry->table : nullptr,
                        found ? m_finder.neighbors() : NeighborFinder::Neighbors{});
  const int rowHeight = std::max(m_list->sizeHintForRow(0), 1);
  m_list->setFixedHeight(rowHeight * m_model->rowCount() + 2 * m_list->frameWidth());
  m_list->setVisible(found);
  m_again->setVisible(state == State::Stopped);
  switch (state) {
    case State::Searching:
      m_words->setText(tr("Searching…"));
      break;
    case State::Failed:
      m_words->setText(m_finder.problem());
      break;
    case State::Stopped:
      m_words->setText(tr("The search was stopped."));
      break;
    case State::Nothing:
    case State::Found:
      m_words->clear();
  }
  m_words->setVisible(!m_words->text().isEmpty());
}

void NeighborView::choose(const QModelIndex& index) {
  const QVariant row = index.data(NeighborModel::RowRole);
  if (row.isValid()) {
    m_document.setCurrentRow(row.value<qint64>());
  }
}

}  // namespace embedscope::inspector
