// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/neighbor_view.h"

#include "ui/controls/section.h"
#include "ui/inspector/neighbor_list.h"
#include "ui/inspector/neighbor_model.h"

#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace embedscope::inspector {

NeighborView::NeighborView(document::Document& document, NeighborFinder& finder, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_finder(finder),
      m_model(new NeighborModel(this)),
      m_list(makeNeighborList(m_model, this)),
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
  fitNeighborList(*m_list, m_model->rowCount());
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
