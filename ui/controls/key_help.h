// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

class QWidget;

namespace embedscope::controls {

/// Keys that a widget takes without an action, and what they do.
struct KeyHelp {
  QString keys;   ///< as they are written on the keys
  QString words;  ///< "Next step"
};

/// Notes them on the widget, for the list of shortcuts.
void setKeyHelp(QWidget& widget, const std::vector<KeyHelp>& help);

/// What is noted on all widgets of a window, in the order of its tree.
std::vector<KeyHelp> keyHelpIn(const QWidget& window);

}  // namespace embedscope::controls
