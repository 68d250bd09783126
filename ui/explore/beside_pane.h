// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/explore/picture_maker.h"
#include "ui/rows/beside_views.h"

#include <QSplitter>

namespace embedscope::explore {

/// The picture with the views beside it, which are hidden until they are asked for.
class BesidePane : public QSplitter {
  Q_OBJECT

 public:
  /// @param picture  the pane takes it.
  /// All must outlive the pane.
  BesidePane(QWidget* picture, document::Document& document, inspector::NeighborFinder& finder,
             jobs::JobRunner& runner, PictureMaker& pictures, QWidget* parent = nullptr);

  rows::BesideViews& views() { return *m_views; }

  bool isOpen() const { return !m_views->isHidden(); }

  void setOpen(bool open);

 signals:
  void openChanged(bool open);

  /// The chosen row is to be shown in the picture.
  void rowActivated();

 private:
  void showVariance();

  document::Document& m_document;
  PictureMaker& m_pictures;
  rows::BesideViews* m_views;
};

}  // namespace embedscope::explore
