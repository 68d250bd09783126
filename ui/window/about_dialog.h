// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace embedscope::window {

/// Version, licence and the libraries inside.
void showAbout(QWidget* window);

/// Every shortcut of the window, read from its actions, and the keys of its pages.
void showShortcuts(QWidget* window);

}  // namespace embedscope::window
