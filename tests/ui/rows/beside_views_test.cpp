// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rows/beside_views.h"

#include "tests/support/tiny_tables.h"
#include "ui/plots/plot_widget.h"
#include "ui/rows/rows_view.h"
#include "ui/rows/variance_view.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QTabBar>
#include <QTest>

namespace embedscope::rows {
namespace {

TEST(BesideViews, ComputeNothingWhileTheyAreHidden) {
  document::Document document;
  jobs::JobRunner runner;
  inspector::NeighborFinder finder(document, runner);
  BesideViews views(document, finder, runner);
  int started = 0;
  int wanted = 0;
  QObject::connect(&runner, &jobs::JobRunner::jobStarted, &views, [&] { ++started; });
  QObject::connect(&views.variance(), &VarianceView::sharesWanted, &views, [&] { ++wanted; });
  document.addTable(tests::randomTable(500, 4), document::TableEntry::Origin::File, {});
  document.setSelection(table::RowSet::all(500));
  QTest::qWait(10);
  EXPECT_EQ(started, 0);
  EXPECT_EQ(wanted, 0);

  views.resize(600, 300);
  views.show();
  ASSERT_TRUE(QTest::qWaitFor([&] { return views.rows().table().model()->rowCount() == 500; }));
  EXPECT_EQ(started, 0) << "a list costs no work in the background";
  views.showView(BesideViews::View::Lengths);
  ASSERT_TRUE(QTest::qWaitFor([&] { return started == 1; }));
  EXPECT_EQ(wanted, 0);
  views.showView(BesideViews::View::Variance);
  EXPECT_TRUE(QTest::qWaitFor([&] { return wanted == 1; }));
}

TEST(BesideViews, GiveTheKeyboardToWhatIsShown) {
  document::Document document;
  jobs::JobRunner runner;
  inspector::NeighborFinder finder(document, runner);
  BesideViews views(document, finder, runner);
  views.show();
  QApplication::setActiveWindow(&views);
  views.focusView();
  EXPECT_TRUE(views.rows().table().hasFocus());
  auto& tabs = *views.findChild<QTabBar*>(QStringLiteral("besideTabs"));
  for (int tab = 1; tab < tabs.count(); ++tab) {
    tabs.setCurrentIndex(tab);
    views.focusView();
    EXPECT_NE(qobject_cast<plots::PlotWidget*>(QApplication::focusWidget()), nullptr) << tab;
  }
  bool asked = false;
  QObject::connect(&views, &BesideViews::closeRequested, &views, [&] { asked = true; });
  QTest::mouseClick(views.findChild<QWidget*>(QStringLiteral("closeBeside")), Qt::LeftButton);
  EXPECT_TRUE(asked);
}

}  // namespace
}  // namespace embedscope::rows
