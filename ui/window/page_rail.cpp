// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/page_rail.h"

#include "ui/controls/icons.h"

#include <QButtonGroup>
#include <QCoreApplication>
#include <QToolButton>
#include <QVBoxLayout>

namespace embedscope::window {

namespace {

constexpr int kRailWidth = 72;
constexpr int kButtonHeight = 56;
constexpr int kIconSize = 22;

QString translated(const char* text) {
  return QCoreApplication::translate("PageRail", text);
}

}  // namespace

const std::vector<PageInfo>& pageInfos() {
  using document::Page;
  static const std::vector<PageInfo> all = {
      {Page::Start, translated("Start"), QStringLiteral("start"),
       translated("Samples, recent files, open")},
      {Page::Define, translated("Define"), QStringLiteral("define"),
       translated("Features, their categories and embedding sizes")},
      {Page::Train, translated("Train"), QStringLiteral("train"),
       translated("Learn vectors from data and watch them move")},
      {Page::Product, translated("Product"), QStringLiteral("product"),
       translated("One-hot × table, number by number")},
      {Page::Explore, translated("Explore"), QStringLiteral("explore"),
       translated("A table as a cloud of points: search, neighbors")},
  };
  return all;
}

PageRail::PageRail(QWidget* parent) : QWidget(parent), m_group(new QButtonGroup(this)) {
  setObjectName(QStringLiteral("pageRail"));
  setAccessibleName(tr("Pages"));
  setFixedWidth(kRailWidth);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(4, 8, 4, 8);
  layout->setSpacing(4);
  for (std::size_t i = 0; i < pageInfos().size(); ++i) {
    const PageInfo& info = pageInfos()[i];
    auto* button = new QToolButton(this);
    button->setObjectName(QStringLiteral("page") + info.icon);
    button->setText(info.name);
    button->setToolTip(tr("%1 (Ctrl+%2)").arg(info.hint).arg(i + 1));
    button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    button->setIconSize(QSize(kIconSize, kIconSize));
    button->setCheckable(true);
    button->setAutoRaise(true);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    button->setFixedHeight(kButtonHeight);
    controls::setThemedIcon(button, info.icon);
    m_group->addButton(button, static_cast<int>(info.page));
    layout->addWidget(button);
  }
  layout->addStretch(1);
  connect(m_group, &QButtonGroup::idClicked, this,
          [this](int id) { emit pageChosen(static_cast<document::Page>(id)); });
}

void PageRail::setPage(document::Page page) {
  m_group->button(static_cast<int>(page))->setChecked(true);
}

}  // namespace embedscope::window
