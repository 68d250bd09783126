// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "ui/plots/point_cloud.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <cmath>
#include <limits>
#include <numbers>

namespace embedscope::plots {
namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

base::RowMatrix ball(Eigen::Index rows) {
  base::RandomStream random(3, 0);
  base::RowMatrix points(rows, 3);
  for (Eigen::Index i = 0; i < points.size(); ++i) {
    points.data()[i] = static_cast<float>(random.normal());
  }
  return points;
}

/// One in the middle, one in front of it and one behind, seen along z; and two at the sides.
base::RowMatrix row() {
  return base::RowMatrix{{0, 0, 0}, {0, 0, 1}, {0, 0, -1}, {1, 0, 0}, {-1, 0, 0}};
}

class SpaceCloud : public testing::Test {
 protected:
  SpaceCloud() {
    plot.setPalette(Theme::light().palette());
    plot.resize(600, 400);
    plot.show();
  }

  void drag(QPoint from, QPoint way, Qt::MouseButton button, Qt::KeyboardModifiers keys = {}) {
    QTest::mousePress(&plot, button, keys, from);
    for (int step = 1; step <= 5; ++step) {
      const QPoint to = from + way * step / 5;
      QMouseEvent move(QEvent::MouseMove, to, plot.mapToGlobal(to), Qt::NoButton, button, keys);
      QApplication::sendEvent(&plot, &move);
    }
    QTest::mouseRelease(&plot, button, keys, from + way);
  }

  void scroll(QPointF place, int angle) {
    QWheelEvent wheel(place, plot.mapToGlobal(place), QPoint(), QPoint(0, angle), Qt::NoButton,
                      Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(&plot, &wheel);
  }

  QPointF at(qint64 point) const { return plot.positionOf(point).value_or(QPointF(-1, -1)); }

  void expectClose(QPointF a, QPointF b, double reach = 0.5) {
    EXPECT_LE(std::hypot(a.x() - b.x(), a.y() - b.y()), reach)
        << a.x() << ", " << a.y() << " and " << b.x() << ", " << b.y();
  }

  PointCloudPlot plot;
};

TEST_F(SpaceCloud, ThreeColumnsMakeASpace) {
  plot.setPoints(row());
  EXPECT_TRUE(plot.isSpace());
  for (qint64 point = 0; point < 5; ++point) {
    EXPECT_TRUE(QRectF(plot.rect()).contains(at(point))) << point;
  }
  plot.setPoints(base::RowMatrix{{0, 0}, {1, 1}});
  EXPECT_FALSE(plot.isSpace());
  EXPECT_TRUE(plot.view().contains(QPointF(1, 1))) << "fitted anew";
}

TEST_F(SpaceCloud, TakesNothingOnePointAndNumbersThatAreNone) {
  plot.setPoints(base::RowMatrix(0, 3));
  EXPECT_EQ(plot.pointAt({300, 200}), -1);
  plot.setPoints(base::RowMatrix{{4, 4, 4}});
  EXPECT_EQ(plot.pointAt(at(0)), 0);
  plot.setPoints(base::RowMatrix{{kNaN, 0, 0}, {1, 2, 3}, {0, 0, kNaN}});
  EXPECT_FALSE(plot.positionOf(0));
  EXPECT_FALSE(plot.positionOf(2));
  EXPECT_EQ(plot.pointAt(at(1)), 1);
  plot.replotNow();
}

TEST_F(SpaceCloud, TheFrontMostOfThoseUnderThePointerIsMeant) {
  plot.setPoints(row());
  plot.lookAlong(SpaceAxis::Z);
  plot.replotNow();
  EXPECT_EQ(plot.pointAt(at(0)), 1);
  plot.turnBy(std::numbers::pi, 0);
  EXPECT_EQ(plot.pointAt(at(0)), 2);
  EXPECT_EQ(plot.pointAt(at(3) + QPointF(8, 0)), 3) << "nearest where no mark lies";
}

TEST_F(SpaceCloud, FindsEveryPointOfALargeCloudWhereItIsDrawn) {
  const base::RowMatrix points = ball(200'000);
  plot.setPoints(points);
  plot.setPerspective(true);
  plot.replotNow();
  for (qint64 point = 0; point < 200'000; point += 19'997) {
    const qint64 found = plot.pointAt(at(point));
    ASSERT_GE(found, 0);
    expectClose(at(found), at(point), 2.5);
    EXPECT_GE(plot.camera().project(points.row(found).transpose().cast<double>()).nearness,
              plot.camera().project(points.row(point).transpose().cast<double>()).nearness - 1e-5);
  }
}

TEST_F(SpaceCloud, DragTurnsAndTheNearSideFollowsThePointer) {
  plot.setPoints(row());
  plot.lookAlong(SpaceAxis::Z);
  const QPointF middle = at(0);
  QSignalSpy clicked(&plot, &PointCloudPlot::pointClicked);
  drag(middle.toPoint(), {30, 20}, Qt::LeftButton);
  EXPECT_EQ(clicked.count(), 0);
  expectClose(at(0), middle);
  EXPECT_GT(at(1).x(), middle.x() + 10);
  EXPECT_GT(at(1).y(), middle.y() + 5);
  EXPECT_LT(at(2).x(), middle.x() - 10);
}

TEST_F(SpaceCloud, OtherButtonsAndShiftPan) {
  plot.setPoints(row());
  for (const auto& [button, keys] :
       {std::pair<Qt::MouseButton, Qt::KeyboardModifiers>(Qt::LeftButton, Qt::ShiftModifier),
        {Qt::RightButton, Qt::NoModifier},
        {Qt::MiddleButton, Qt::NoModifier}}) {
    const QPointF first = at(0);
    const QPointF third = at(3);
    drag({200, 200}, {40, -25}, button, keys);
    expectClose(at(0), first + QPointF(40, -25), 1);
    expectClose(at(3), third + QPointF(40, -25), 1);
  }
  EXPECT_EQ(plot.findChild<QMenu*>(), nullptr) << "a drag opens no menu";
}

TEST_F(SpaceCloud, AClickWithTheRightButtonOpensTheMenu) {
  plot.setPoints(row());
  QTest::mouseClick(&plot, Qt::RightButton, Qt::NoModifier, {20, 20});
  auto* menu = plot.findChild<QMenu*>();
  ASSERT_NE(menu, nullptr);
  EXPECT_TRUE(menu->actions().contains(plot.saveAction()));
  menu->close();
}

TEST_F(SpaceCloud, WheelZoomsTowardsThePointer) {
  plot.setPoints(row());
  plot.setPerspective(true);
  const QPointF place = at(3);
  const double apart = at(3).x() - at(4).x();
  scroll(place, 360);
  expectClose(at(3), place, 1e-6);
  EXPECT_GT(std::abs(at(3).x() - at(4).x()), std::abs(apart) * 1.5);
}

TEST_F(SpaceCloud, TurnsAboutTheSelectedPointInViewOnceItIsZoomed) {
  plot.setPoints(ball(3000));
  plot.setSelected(7);
  plot.centerOn(7);
  plot.zoomBy(3);
  const QPointF place = at(7);
  plot.turnBy(0.6, -0.4);
  expectClose(at(7), place, 1e-6);
  plot.setPerspective(true);
  plot.lookAlong(SpaceAxis::Y);
  expectClose(at(7), place, 1e-6);
}

TEST_F(SpaceCloud, AFittedCloudStaysFittedWhileItTurns) {
  plot.setPoints(ball(3000));
  const QRectF whole = plot.view();
  for (int step = 0; step < 12; ++step) {
    plot.turnBy(0.5, 0.3);
    EXPECT_EQ(plot.view(), whole);
    for (qint64 point = 0; point < 3000; ++point) {
      ASSERT_TRUE(QRectF(plot.rect()).contains(at(point))) << point;
    }
  }
}

TEST_F(SpaceCloud, KeysTurnLookAndSwitch) {
  plot.setPoints(row());
  QTest::keyClick(&plot, Qt::Key_Z);
  expectClose(at(0), at(1));
  QTest::keyClick(&plot, Qt::Key_Right);
  EXPECT_GT(at(1).x(), at(0).x() + 5);
  QTest::keyClick(&plot, Qt::Key_X);
  expectClose(at(3), at(4));
  QTest::keyClick(&plot, Qt::Key_P);
  EXPECT_TRUE(plot.camera().perspective());
  const QPointF before = at(0);
  QTest::keyClick(&plot, Qt::Key_Right, Qt::ShiftModifier);
  EXPECT_LT(at(0).x(), before.x() - 10) << "with Shift the view moves";
  QTest::keyClick(&plot, Qt::Key_F);
  expectClose(at(0), before);
}

TEST_F(SpaceCloud, TurnsSlowlyUntilToldToStop) {
  plot.setPoints(row());
  const SpaceCamera before = plot.camera();
  QTest::keyClick(&plot, Qt::Key_O);
  EXPECT_TRUE(plot.isTurning());
  EXPECT_TRUE(QTest::qWaitFor([&] { return !(plot.camera() == before); }, 3000));
  QTest::keyClick(&plot, Qt::Key_O);
  EXPECT_FALSE(plot.isTurning());
  plot.setTurning(true);
  plot.setPoints(base::RowMatrix{{0, 0}, {1, 1}});
  EXPECT_FALSE(plot.isTurning()) << "nothing turns in the plane";
  plot.setTurning(true);
  EXPECT_FALSE(plot.isTurning());
}

TEST_F(SpaceCloud, KeepsTheCameraWhenPointsMove) {
  plot.setPoints(row());
  plot.turnBy(0.4, 0.9);
  plot.setPerspective(true);
  const SpaceCamera before = plot.camera();
  plot.setPoints(row());
  EXPECT_EQ(plot.camera(), before);
}

TEST_F(SpaceCloud, TheExtraMarkLiesInSpace) {
  plot.setPoints(row());
  plot.lookAlong(SpaceAxis::X);
  PlaceMark mark{QPointF(0, 0), QStringLiteral("sum")};
  mark.z = 1.5;
  plot.setExtraMark(mark);
  plot.fitView();
  // z goes upwards when one looks along x.
  EXPECT_TRUE(plot.view().contains(QPointF(0, 1.5)));
  plot.replotNow();
}

TEST_F(SpaceCloud, JumpsToARowAndItsHighlightedRows) {
  plot.setPoints(ball(5000));
  const double whole = plot.view().width();
  plot.setSelected(10);
  plot.setHighlighted({10, 11});
  plot.centerOn(10);
  EXPECT_TRUE(plot.view().width() <= whole);
  EXPECT_TRUE(QRectF(plot.rect()).contains(at(10)));
  EXPECT_TRUE(QRectF(plot.rect()).contains(at(11)));
}

TEST_F(SpaceCloud, WhatIsNearCoversWhatIsFar) {
  plot.setPoints(base::RowMatrix{{0, 0, -1}, {0, 0, 1}, {1, 0, 0}, {-1, 0, 0}});
  plot.setColors({qRgb(255, 0, 0), qRgb(0, 128, 0), qRgb(0, 0, 255), qRgb(0, 0, 255)});
  plot.lookAlong(SpaceAxis::Z);
  QColor front = pictureOf(plot, 1).pixelColor(at(1).toPoint());
  EXPECT_GT(front.green(), front.red());
  plot.turnBy(std::numbers::pi, 0);
  front = pictureOf(plot, 1).pixelColor(at(1).toPoint());
  EXPECT_GT(front.red(), front.green());
}

TEST_F(SpaceCloud, ExportsEveryFormatInBothThemes) {
  plot.setAxisTitles("component 1", "component 2", "component 3");
  for (const qint64 rows : {50, 50'000}) {
    plot.setPoints(ball(rows));
    for (const Theme& theme : {Theme::light(), Theme::dark()}) {
      plot.setPalette(theme.palette());
      const QImage image = pictureOf(plot, 1);
      EXPECT_EQ(image.pixelColor(3, 3), theme.base);
      int drawn = 0;
      for (int y = 0; y < image.height(); y += 2) {
        for (int x = 0; x < image.width(); x += 2) {
          drawn += image.pixelColor(x, y) != theme.base ? 1 : 0;
        }
      }
      EXPECT_GT(drawn, 300);
    }
  }
}

}  // namespace
}  // namespace embedscope::plots
