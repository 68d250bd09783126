// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

class QAbstractButton;
class QAction;

namespace embedscope::controls {

/// One of the program's own icons (resources/icons/NAME.svg), drawn in a color, sharp at any scale;
/// greyed when disabled.
QIcon icon(const QString& name, const QColor& color);

/// Gives a button or an action an icon that follows the light or dark palette by itself.
void setThemedIcon(QAbstractButton* button, const QString& name);
void setThemedIcon(QAction* action, const QString& name);

}  // namespace embedscope::controls
