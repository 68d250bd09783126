// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/heat_map.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>

#include <limits>

namespace embedscope::plots {
namespace {

class HeatMapTest : public testing::Test {
 protected:
  HeatMapTest() {
    map.setPalette(Theme::light().palette());
    map.resize(400, 300);
    map.show();
  }

  HeatMap map;
};

TEST_F(HeatMapTest, HoldsNothing) {
  EXPECT_EQ(map.rowCount(), 0);
  EXPECT_EQ(map.largestMagnitude(), 0);
  EXPECT_TRUE(map.cellRect(0, 0).isEmpty());
  QTest::mouseClick(&map, Qt::LeftButton, Qt::NoModifier, QPoint(200, 150));
  QTest::keyClick(&map, Qt::Key_Down);
  map.setRows({HeatMapRow{"a", {}, RowEmphasis::Normal, {}}});
  EXPECT_FALSE(pictureOf(map, 1).isNull());
}

TEST_F(HeatMapTest, LaysCellsOutInsideItself) {
  map.setRows({{"a", {3, 4}, RowEmphasis::Grey, {}},
               HeatMapRow::folded("… 9 rows …"),
               {"b", {5, -6}, RowEmphasis::Lit, {}}});
  map.setTitle("table 11 × 2");
  map.setColumnLabels({"0", "1"});
  EXPECT_EQ(map.columnCount(), 2);
  EXPECT_FLOAT_EQ(map.largestMagnitude(), 6);
  const QRectF first = map.cellRect(0, 0);
  const QRectF last = map.cellRect(2, 1);
  EXPECT_TRUE(QRectF(map.rect()).contains(first));
  EXPECT_TRUE(QRectF(map.rect()).contains(last));
  EXPECT_GT(last.left(), first.left());
  EXPECT_GT(last.top(), first.bottom());
  EXPECT_TRUE(map.cellRect(1, 0).isEmpty()) << "a fold has no cells";
  EXPECT_LE(first.width(), first.height() * 2);
}

TEST_F(HeatMapTest, TellsSignAndSizeByColor) {
  map.setRows({{"", {-10, 0, 10}, RowEmphasis::Normal, {}}});
  map.setRange(10);
  const QImage image = pictureOf(map, 1);
  const auto ground = [&](int column) {
    return image.pixelColor((map.cellRect(0, column).topLeft() + QPointF(3, 3)).toPoint());
  };
  EXPECT_GT(ground(0).red(), ground(0).blue() + 60);
  EXPECT_GT(ground(2).blue(), ground(2).red() + 60);
  EXPECT_GT(ground(1).red(), 235);
}

TEST_F(HeatMapTest, SharedRangeMakesColorsComparable) {
  map.setRows({{"", {1}, RowEmphasis::Normal, {}}});
  const auto corner = [&] {
    return pictureOf(map, 1).pixelColor((map.cellRect(0, 0).topLeft() + QPointF(3, 3)).toPoint());
  };
  const QColor alone = corner();
  map.setRange(100);
  EXPECT_GT(corner().red(), alone.red() + 50) << "1 of 100 is pale";
}

TEST_F(HeatMapTest, ClicksTellCellAndRow) {
  map.setRows({{"a", {3, 4}, RowEmphasis::Normal, {}}, HeatMapRow::folded("…")});
  QSignalSpy cells(&map, &HeatMap::cellClicked);
  QSignalSpy rows(&map, &HeatMap::rowClicked);
  const QRectF cell = map.cellRect(0, 1);
  QTest::mouseClick(&map, Qt::LeftButton, Qt::NoModifier, cell.center().toPoint());
  QTest::mouseClick(
      &map, Qt::LeftButton, Qt::NoModifier,
      QPoint(static_cast<int>(cell.center().x()), static_cast<int>(cell.bottom()) + 4));
  ASSERT_EQ(cells.count(), 1);
  EXPECT_EQ(cells[0][0].toInt(), 0);
  EXPECT_EQ(cells[0][1].toInt(), 1);
  ASSERT_EQ(rows.count(), 2);
  EXPECT_EQ(rows[1][0].toInt(), 1);
}

TEST_F(HeatMapTest, KeysWalkAndClick) {
  map.setRows({{"a", {3, 4}, RowEmphasis::Normal, {}}, {"b", {5, 6}, RowEmphasis::Normal, {}}});
  QSignalSpy cells(&map, &HeatMap::cellClicked);
  QTest::keyClick(&map, Qt::Key_Right);
  QTest::keyClick(&map, Qt::Key_Down);
  QTest::keyClick(&map, Qt::Key_Down);
  QTest::keyClick(&map, Qt::Key_Return);
  ASSERT_EQ(cells.count(), 1);
  EXPECT_EQ(cells[0][0].toInt(), 1);
  EXPECT_EQ(cells[0][1].toInt(), 1);
}

TEST_F(HeatMapTest, BearsNaNInfinityAndManyCells) {
  const float infinity = std::numeric_limits<float>::infinity();
  std::vector<HeatMapRow> rows(
      400, {"row", std::vector<float>(300, -infinity), RowEmphasis::Normal, {}});
  rows[3].values[5] = std::numeric_limits<float>::quiet_NaN();
  rows[4].values[5] = 2;
  map.setRows(rows);
  EXPECT_FLOAT_EQ(map.largestMagnitude(), 2);
  EXPECT_FALSE(pictureOf(map, 1).isNull());
  map.resize(1, 1);
  EXPECT_FALSE(pictureOf(map, 1).isNull());
}

}  // namespace
}  // namespace embedscope::plots
