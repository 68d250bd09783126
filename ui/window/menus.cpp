// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/menus.h"

#include "ui/controls/icons.h"
#include "ui/controls/page_frame.h"
#include "ui/inspector/inspector_panel.h"
#include "ui/window/about_dialog.h"
#include "ui/window/appearance.h"
#include "ui/window/file_opener.h"
#include "ui/window/main_window.h"
#include "ui/window/page_rail.h"
#include "ui/window/recent_files.h"
#include "ui/window/table_exporter.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>

#include <functional>

namespace embedscope::window {

namespace {

QString translated(const char* text) {
  return QCoreApplication::translate("Menus", text);
}

/// Adds an action that lives in the window, so that its shortcut always works.
QAction* addAction(QMenu& menu, MainWindow& window, const QString& text, const QString& name,
                   const QKeySequence& shortcut, std::function<void()> run) {
  auto* action = new QAction(text, &window);
  action->setObjectName(name);
  action->setShortcut(shortcut);
  menu.addAction(action);
  QObject::connect(action, &QAction::triggered, &window, [run = std::move(run)] { run(); });
  return action;
}

void fillRecent(QMenu& menu, MainWindow& window, RecentFiles& recent) {
  menu.clear();
  for (const QString& path : recent.paths()) {
    QAction* action = menu.addAction(QFileInfo(path).fileName());
    action->setToolTip(path);
    QObject::connect(action, &QAction::triggered, &window,
                     [&window, path] { window.opener().open({path}); });
  }
  menu.setEnabled(!recent.paths().isEmpty());
  if (!recent.paths().isEmpty()) {
    menu.addSeparator();
    QObject::connect(menu.addAction(translated("Clear list")), &QAction::triggered, &window,
                     [&recent] { recent.clear(); });
  }
}

void buildFileMenu(MainWindow& window, RecentFiles& recent) {
  QMenu& menu = *window.menuBar()->addMenu(translated("&File"));
  addAction(menu, window, translated("Open &vectors…"), QStringLiteral("openVectors"),
            QKeySequence::Open, [&window] { window.opener().ask(FileOpener::Kind::Vectors); });
  addAction(menu, window, translated("Open &data…"), QStringLiteral("openData"),
            QKeySequence(QStringLiteral("Ctrl+Shift+O")),
            [&window] { window.opener().ask(FileOpener::Kind::Data); });
  QMenu* recentMenu = menu.addMenu(translated("Open &recent"));
  recentMenu->setToolTipsVisible(true);
  fillRecent(*recentMenu, window, recent);
  QObject::connect(&recent, &RecentFiles::changed, recentMenu,
                   [recentMenu, &window, &recent] { fillRecent(*recentMenu, window, recent); });
  menu.addSeparator();
  addAction(menu, window, translated("&Export table…"), QStringLiteral("exportTable"),
            QKeySequence(QStringLiteral("Ctrl+E")), [&window] { window.exporter().ask(&window); });
  addAction(menu, window, translated("Save &picture…"), QStringLiteral("savePicture"),
            QKeySequence(QStringLiteral("Ctrl+Shift+S")), [&window] { window.savePicture(); });
  menu.addSeparator();
  addAction(menu, window, translated("&Close table"), QStringLiteral("closeTable"),
            QKeySequence::Close,
            [&window] { window.document().closeTable(window.document().currentTable()); });
  QAction* quit = addAction(menu, window, translated("&Quit"), QStringLiteral("quit"),
                            QKeySequence(QStringLiteral("Ctrl+Q")), [&window] { window.close(); });
  quit->setMenuRole(QAction::QuitRole);
}

void buildEditMenu(MainWindow& window) {
  QMenu& menu = *window.menuBar()->addMenu(translated("&Edit"));
  QUndoStack& stack = window.document().undoStack();
  QAction* undo = stack.createUndoAction(&window, translated("&Undo"));
  undo->setObjectName(QStringLiteral("undo"));
  undo->setShortcut(QKeySequence::Undo);
  controls::setThemedIcon(undo, QStringLiteral("undo"));
  QAction* redo = stack.createRedoAction(&window, translated("&Redo"));
  redo->setObjectName(QStringLiteral("redo"));
  redo->setShortcuts(
      {QKeySequence(QStringLiteral("Ctrl+Shift+Z")), QKeySequence(QStringLiteral("Ctrl+Y"))});
  controls::setThemedIcon(redo, QStringLiteral("redo"));
  menu.addAction(undo);
  menu.addAction(redo);
}

void addThemes(QMenu& menu, MainWindow& window, Appearance& appearance) {
  QMenu* themes = menu.addMenu(translated("&Appearance"));
  auto* group = new QActionGroup(&window);
  const auto add = [&](const QString& text, Appearance::Mode mode) {
    QAction* action =
        addAction(*themes, window, text, QStringLiteral("appearance-") + Appearance::modeName(mode),
                  {}, [&appearance, mode] { appearance.setMode(mode); });
    action->setCheckable(true);
    action->setChecked(appearance.mode() == mode);
    group->addAction(action);
  };
  add(translated("Like the &system"), Appearance::Mode::System);
  add(translated("&Light"), Appearance::Mode::Light);
  add(translated("&Dark"), Appearance::Mode::Dark);
}

void buildViewMenu(MainWindow& window, const MenuTargets& targets) {
  QMenu& menu = *window.menuBar()->addMenu(translated("&View"));
  for (std::size_t i = 0; i < pageInfos().size(); ++i) {
    const PageInfo& info = pageInfos()[i];
    addAction(menu, window, info.name, QStringLiteral("show") + info.icon,
              QKeySequence(QStringLiteral("Ctrl+%1").arg(i + 1)),
              [&window, page = info.page] { window.showPage(page); });
  }
  menu.addSeparator();
  addAction(menu, window, translated("Hide or show &controls"), QStringLiteral("toggleControls"),
            QKeySequence(Qt::Key_F9), [&window] {
              for (auto* frame : window.findChildren<controls::PageFrame*>()) {
                frame->setPanelVisible(!frame->panelVisible());
              }
            });
  addAction(menu, window, translated("Hide or show &inspector"), QStringLiteral("toggleInspector"),
            QKeySequence(Qt::Key_F10),
            [&inspector = targets.inspector] { inspector.setVisible(inspector.isHidden()); });
  addAction(menu, window, translated("&Full screen"), QStringLiteral("fullScreen"),
            QKeySequence(Qt::Key_F11),
            [&window] { window.setWindowState(window.windowState() ^ Qt::WindowFullScreen); });
  menu.addSeparator();
  addThemes(menu, window, targets.appearance);
}

void buildHelpMenu(MainWindow& window) {
  QMenu& menu = *window.menuBar()->addMenu(translated("&Help"));
  addAction(menu, window, translated("&Keyboard shortcuts"), QStringLiteral("shortcuts"),
            QKeySequence(Qt::Key_F1), [&window] { showShortcuts(&window); });
  addAction(menu, window, translated("&About Embedscope"), QStringLiteral("about"), {},
            [&window] { showAbout(&window); });
}

}  // namespace

void buildMenus(MainWindow& window, const MenuTargets& targets) {
  buildFileMenu(window, targets.recent);
  buildEditMenu(window);
  buildViewMenu(window, targets);
  buildHelpMenu(window);
}

}  // namespace embedscope::window
