// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/samples.h"

#include <QWidget>

#include <vector>

class QButtonGroup;

namespace embedscope::window {

/// The pages of the window, in their order, with their names, icons and hints.
struct PageInfo {
  document::Page page;
  QString name;
  QString icon;
  QString hint;
};

const std::vector<PageInfo>& pageInfos();

/// The rail on the left: one button per page.
class PageRail : public QWidget {
  Q_OBJECT

 public:
  explicit PageRail(QWidget* parent = nullptr);

  void setPage(document::Page page);

 signals:
  void pageChosen(embedscope::document::Page page);

 private:
  QButtonGroup* m_group;
};

}  // namespace embedscope::window
