// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QToolButton;
class QWidget;

namespace embedscope::controls {

/// A flat button that shows an icon of the program alone.
///
/// @param name   of the object, for tests and settings.
/// @param icon   as setThemedIcon.
/// @param title  for screen readers. @param tip  what it does; empty: the title says it.
QToolButton* iconButton(QWidget* parent, const char* name, const QString& icon,
                        const QString& title, const QString& tip = {});

}  // namespace embedscope::controls
