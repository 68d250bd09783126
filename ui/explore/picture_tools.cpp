// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/picture_tools.h"

#include "ui/controls/icon_button.h"
#include "ui/explore/selection_controller.h"
#include "ui/plots/point_cloud.h"

#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

namespace embedscope::explore {

PictureTools::PictureTools(plots::PointCloudPlot& plot, const SelectionController& selection,
                           QWidget* parent)
    : QWidget(parent), m_plot(plot), m_layout(new QVBoxLayout(this)) {
  setObjectName(QStringLiteral("pictureTools"));
  setAccessibleName(tr("Tools of the picture"));
  m_layout->setContentsMargins(4, 8, 0, 8);
  m_layout->setSpacing(2);
  const QString modifiers =
      tr("Shift adds to the selection, Alt takes away, both keep of it what lies inside; Escape "
         "drops the tool");
  addTool(plots::ToolKind::Choose, "choose", tr("Choose and move"),
          tr("Choose and move (V)\nA click chooses a point, a drag moves the picture. Ctrl with a "
             "click puts a point into the selection or takes it out"));
  addTool(plots::ToolKind::Rectangle, "rectangle", tr("Select with a rectangle"),
          tr("Select with a rectangle (R)\n%1").arg(modifiers));
  addTool(plots::ToolKind::Lasso, "lasso", tr("Select with a lasso"),
          tr("Select with a lasso (L)\nDraw a line around the points. %1").arg(modifiers));
  addTool(plots::ToolKind::Brush, "brush", tr("Select with a brush"),
          tr("Select with a brush (B)\n[ and ] change its size. %1").arg(modifiers));
  m_layout->addSpacing(8);
  addMenu(selection);
  m_layout->addStretch(1);
}

QToolButton* PictureTools::addButton(const char* name, const QString& icon, const QString& title,
                                     const QString& tip) {
  auto* button = controls::iconButton(this, name, icon, title, tip);
  m_layout->addWidget(button);
  return button;
}

void PictureTools::addTool(plots::ToolKind tool, const char* name, const QString& title,
                           const QString& tip) {
  QToolButton* button = addButton(name, QStringLiteral("tool") + QLatin1String(name), title, tip);
  button->setObjectName(QStringLiteral("tool-") + QLatin1String(name));
  button->setCheckable(true);
  button->setChecked(m_plot.tool() == tool);
  connect(button, &QToolButton::clicked, this, [this, button, tool] {
    m_plot.setTool(tool);
    button->setChecked(true);
    m_plot.setFocus();
  });
  connect(&m_plot, &plots::PointCloudPlot::toolChanged, button,
          [button, tool](plots::ToolKind now) { button->setChecked(now == tool); });
}

void PictureTools::addMenu(const SelectionController& selection) {
  QToolButton* button =
      addButton("selectionMenu", QStringLiteral("selection"), tr("Selection"),
                tr("What can be selected, and what can be done with the selected rows"));
  auto* menu = new QMenu(button);
  menu->setToolTipsVisible(true);
  for (QAction* command : selection.commands()) {
    if (command != nullptr) {
      menu->addAction(command);
    } else {
      menu->addSeparator();
    }
  }
  button->setMenu(menu);
  button->setPopupMode(QToolButton::InstantPopup);
  QToolButton* isolate =
      addButton("isolateButton", QStringLiteral("isolate"), tr("Show only the selection"),
                selection.isolateAction()->toolTip());
  QAction* action = selection.isolateAction();
  isolate->setEnabled(action->isEnabled());
  connect(action, &QAction::changed, isolate,
          [isolate, action] { isolate->setEnabled(action->isEnabled()); });
  connect(isolate, &QToolButton::clicked, action, &QAction::trigger);
}

}  // namespace embedscope::explore
