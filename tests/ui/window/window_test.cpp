// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/gate.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/window/file_opener.h"
#include "ui/window/job_status.h"
#include "ui/window/page_rail.h"

#include <QAction>
#include <QApplication>
#include <QElapsedTimer>
#include <QListWidget>
#include <QPushButton>
#include <QTest>

namespace embedscope::tests {
namespace {

using document::Page;

using Window = WindowFixture;

TEST_F(Window, EveryPageHasAButtonAndAShortcut) {
  for (std::size_t i = 0; i < window::pageInfos().size(); ++i) {
    QTest::keyClick(&window(), static_cast<Qt::Key>(Qt::Key_1 + static_cast<int>(i)),
                    Qt::ControlModifier);
    EXPECT_EQ(window().page(), window::pageInfos()[i].page);
  }
  click("pagestart");
  EXPECT_EQ(window().page(), Page::Start);
}

TEST_F(Window, RemembersSizeAndRecentFiles) {
  window().resize(1111, 777);
  open(folder().file("good.txt", "2 2\na 1 2\nb 3 4\n"));
  ASSERT_TRUE(wait([&] { return document().currentTableEntry() != nullptr; }));
  restart();
  EXPECT_EQ(window().size(), QSize(1111, 777));
  const auto* recent = shown<QListWidget>("recentFiles");
  ASSERT_NE(recent, nullptr);
  ASSERT_EQ(recent->count(), 1);
  EXPECT_TRUE(recent->item(0)->text().startsWith(QStringLiteral("good.txt")));
}

TEST_F(Window, DarkAndLightSwitchAtOnceAndAreRemembered) {
  const auto lightness = [] { return QApplication::palette().color(QPalette::Window).lightness(); };
  window().findChild<QAction*>(QStringLiteral("appearance-dark"))->trigger();
  EXPECT_LT(lightness(), 100);
  restart();
  EXPECT_LT(lightness(), 100);
  window().findChild<QAction*>(QStringLiteral("appearance-light"))->trigger();
  EXPECT_GT(lightness(), 150);
}

TEST_F(Window, EveryActionWithAShortcutIsUniqueAndNamed) {
  QStringList keys;
  for (const QAction* action : window().findChildren<QAction*>()) {
    if (!action->shortcut().isEmpty() && !action->text().isEmpty() && action->isVisible() &&
        action->parent() == &window()) {
      EXPECT_FALSE(keys.contains(action->shortcut().toString()))
          << action->shortcut().toString().toStdString();
      keys += action->shortcut().toString();
    }
  }
  EXPECT_GE(keys.size(), 12);
}

TEST(JobStatus, ShowsOnlyWorkThatTakesAWhile) {
  jobs::JobRunner runner;
  window::JobStatus status(runner);
  status.show();
  auto* cancel = status.findChild<QPushButton*>(QStringLiteral("cancelJob"));
  Gate gate;
  bool cancelled = false;
  runner.run(QStringLiteral("Long work"), &status,
             [&gate](const base::TaskContext&) { gate.wait(); },
             {.cancelled = [&cancelled] { cancelled = true; }});
  QElapsedTimer timer;
  timer.start();
  EXPECT_FALSE(cancel->isVisible());
  EXPECT_TRUE(QTest::qWaitFor([&] { return cancel->isVisible(); }));
  EXPECT_GE(timer.elapsed(), window::JobStatus::kPatienceMs - 20);
  QTest::mouseClick(cancel, Qt::LeftButton);
  gate.open();
  EXPECT_TRUE(QTest::qWaitFor([&] { return cancelled; }));
  EXPECT_FALSE(cancel->isVisible());
}

TEST(JobStatus, StaysQuietAboutShortWork) {
  jobs::JobRunner runner;
  window::JobStatus status(runner);
  status.show();
  auto* cancel = status.findChild<QPushButton*>(QStringLiteral("cancelJob"));
  bool shown = false;
  QObject::connect(&runner, &jobs::JobRunner::jobFinished, &status,
                   [&] { shown = shown || cancel->isVisible(); });
  for (int i = 0; i < 5; ++i) {
    bool done = false;
    runner.run(QStringLiteral("Short work"), &status, [](const base::TaskContext&) {},
               {.done = [&done] { done = true; }});
    ASSERT_TRUE(QTest::qWaitFor([&] { return done; }));
  }
  QTest::qWait(window::JobStatus::kPatienceMs + 50);
  EXPECT_FALSE(shown);
  EXPECT_FALSE(cancel->isVisible());
}

TEST(TimeLeft, IsSaidInWords) {
  EXPECT_EQ(window::timeLeftText(37.2), QStringLiteral("38 s left"));
  EXPECT_EQ(window::timeLeftText(61), QStringLiteral("2 min left"));
  EXPECT_EQ(window::timeLeftText(3 * 3600 + 60), QStringLiteral("3 h 1 min left"));
}

}  // namespace
}  // namespace embedscope::tests
