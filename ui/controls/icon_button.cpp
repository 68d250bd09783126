// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/controls/icon_button.h"

#include "ui/controls/icons.h"

#include <QToolButton>

namespace embedscope::controls {

QToolButton* iconButton(QWidget* parent, const char* name, const QString& icon,
                        const QString& title, const QString& tip) {
  auto* button = new QToolButton(parent);
  button->setObjectName(QLatin1String(name));
  button->setAccessibleName(title);
  button->setToolTip(tip.isEmpty() ? title : tip);
  button->setAutoRaise(true);
  setThemedIcon(button, icon);
  return button;
}

}  // namespace embedscope::controls
