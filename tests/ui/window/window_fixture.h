// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/temporary_folder.h"
#include "ui/window/appearance.h"
#include "ui/window/main_window.h"

#include <gtest/gtest.h>

#include <functional>
#include <memory>

namespace embedscope::tests {

/// A real window with settings of its own, driven by its widgets.
class WindowFixture : public testing::Test {
 protected:
  WindowFixture();
  ~WindowFixture() override;

  /// Closes the window and opens a new one, as a new session would.
  void restart();

  window::MainWindow& window() { return *m_window; }

  document::Document& document() { return m_window->document(); }

  const TemporaryFolder& folder() const { return m_folder; }

  /// The widget of this name that is shown now (several pages may have one of the same name).
  template <typename Widget>
  Widget* shown(const char* name) {
    for (Widget* widget : m_window->findChildren<Widget*>(QString::fromLatin1(name))) {
      if (widget->isVisible()) {
        return widget;
      }
    }
    ADD_FAILURE() << "no " << name << " is shown";
    return nullptr;
  }

  /// Clicks with the mouse.
  void click(const char* name);

  /// Runs the event loop until the condition holds, ten seconds at most.
  static bool wait(const std::function<bool()>& condition);

  /// Until no work is under way in the background.
  bool waitUntilIdle();

  /// The text of the message bar on top of the pages; empty when it is hidden.
  QString message();

  void open(const std::filesystem::path& path);

 private:
  TemporaryFolder m_folder;
  std::unique_ptr<window::Appearance> m_appearance;
  std::unique_ptr<window::MainWindow> m_window;
};

}  // namespace embedscope::tests
