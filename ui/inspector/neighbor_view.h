// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/inspector/neighbor_finder.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QTreeView;

namespace embedscope::inspector {

class NeighborModel;

/// The nearest rows of the chosen one as a list; a click or Enter chooses the neighbor. Tells in
/// words why there are none.
class NeighborView : public QWidget {
  Q_OBJECT

 public:
  /// Both must outlive the view.
  NeighborView(document::Document& document, NeighborFinder& finder, QWidget* parent = nullptr);

 private:
  void refresh();
  void choose(const QModelIndex& index);

  document::Document& m_document;
  NeighborFinder& m_finder;
  NeighborModel* m_model;
  QTreeView* m_list;
  QLabel* m_words;
  QPushButton* m_again;
};

}  // namespace embedscope::inspector
