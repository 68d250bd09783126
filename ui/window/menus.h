// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace embedscope::inspector {
class InspectorPanel;
}

namespace embedscope::window {

class Appearance;
class MainWindow;
class RecentFiles;

/// What the menus act on beside the window itself.
struct MenuTargets {
  Appearance& appearance;
  RecentFiles& recent;
  inspector::InspectorPanel& inspector;
};

/// Fills the menu bar: File, Edit, View, Help, with a shortcut for everything used often.
void buildMenus(MainWindow& window, const MenuTargets& targets);

}  // namespace embedscope::window
