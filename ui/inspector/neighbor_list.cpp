// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/neighbor_list.h"

#include "ui/inspector/neighbor_model.h"
#include "ui/inspector/roomy_delegate.h"

#include <QCoreApplication>
#include <QHeaderView>
#include <QTreeView>

#include <algorithm>

namespace embedscope::inspector {

namespace {

constexpr int kScoreWidth = 72;

}  // namespace

QTreeView* makeNeighborList(NeighborModel* model, QWidget* parent) {
  auto* list = new QTreeView(parent);
  list->setObjectName(QStringLiteral("neighborList"));
  list->setAccessibleName(QCoreApplication::translate("NeighborList", "Nearest neighbors"));
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

void fitNeighborList(QTreeView& list, int lines, int most) {
  const int height = std::max(list.sizeHintForRow(0), 1);
  list.setVerticalScrollBarPolicy(lines > most ? Qt::ScrollBarAlwaysOn : Qt::ScrollBarAlwaysOff);
  list.setFixedHeight(height * std::min(lines, most) + 2 * list.frameWidth());
}

}  // namespace embedscope::inspector
