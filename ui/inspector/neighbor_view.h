// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/inspector/neighbor_finder.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;
class QToolButton;
class QTreeView;

namespace embedscope::inspector {

class NeighborModel;

/// The nearest rows of the chosen one as a list; a click or Enter chooses the neighbor, and the
/// list can be copied as text. Above it what "near" means and how many are wanted. Tells in words
/// why there are none.
class NeighborView : public QWidget {
  Q_OBJECT

 public:
  /// Both must outlive the view.
  NeighborView(document::Document& document, NeighborFinder& finder, QWidget* parent = nullptr);

 private:
  QWidget* makeHead();
  void makeMetric();
  void makeCount();
  void makeApproximate();
  void makeCopy();
  void wish();
  void refresh();
  void showWish();
  QString words() const;
  void choose(const QModelIndex& index);
  void copyList() const;

  document::Document& m_document;
  NeighborFinder& m_finder;
  NeighborModel* m_model;
  QTreeView* m_list;
  QComboBox* m_metric;
  QSpinBox* m_count;
  QCheckBox* m_approximate;
  QToolButton* m_copy;
  QLabel* m_words;
  QPushButton* m_again;
};

}  // namespace embedscope::inspector
