// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/brush_tool.h"
#include "ui/plots/lasso_region.h"
#include "ui/plots/lasso_tool.h"
#include "ui/plots/nearest_in_direction.h"
#include "ui/plots/rectangle_tool.h"
#include "ui/plots/tool_box.h"

#include <gtest/gtest.h>

#include <QImage>

#include <vector>

namespace embedscope::plots {
namespace {

using Rows = std::vector<std::int64_t>;
using table::RowSet;
using table::SetOperation;

/// Points at given places.
class Places : public ScreenPoints {
 public:
  explicit Places(std::vector<QPointF> places) : m_places(std::move(places)) {}

  qint64 count() const override { return std::ssize(m_places); }

  std::optional<QPointF> pixelOf(qint64 row) const override {
    return row >= 0 && row < count() ? std::optional(m_places[static_cast<std::size_t>(row)])
                                     : std::nullopt;
  }

  void forEachIn(const QRectF& pixels, const Visit& visit) const override {
    for (qint64 row = 0; row < count(); ++row) {
      if (pixels.contains(*pixelOf(row))) {
        visit(row, *pixelOf(row));
      }
    }
  }

 private:
  std::vector<QPointF> m_places;
};

Rows drawn(SelectionTool& tool, const ScreenPoints& points, const std::vector<QPointF>& way) {
  tool.begin(way.front());
  RowSet rows(points.count());
  for (const QPointF place : way) {
    tool.extend(place);
    tool.collect(points, rows);
  }
  return rows.rows();
}

TEST(RectangleTool, FindsWhatLiesBetweenItsCorners) {
  const Places places({{10, 10}, {20, 20}, {30, 30}, {20, 35}});
  RectangleTool tool;
  EXPECT_EQ(drawn(tool, places, {{0, 0}, {50, 50}, {25, 25}}), (Rows{0, 1}));
  EXPECT_EQ(drawn(tool, places, {{32, 32}, {15, 18}}), (Rows{1, 2})) << "from any corner";
}

TEST(LassoTool, FindsWhatTheLineGoesAround) {
  const Places places({{50, 20}, {50, 60}, {20, 90}, {80, 90}, {5, 15}});
  LassoTool tool;
  // A V that is open at the top: what lies in its notch is outside.
  EXPECT_EQ(drawn(tool, places, {{0, 0}, {50, 50}, {100, 0}, {100, 100}, {0, 100}}),
            (Rows{1, 2, 3, 4}));
  EXPECT_EQ(drawn(tool, places, {{0, 0}, {100, 0}}), Rows{}) << "a line has no inside";
}

TEST(LassoRegion, HoldsAlsoWhatALineGoesAroundTwice) {
  // A square gone around twice, and a bow tie.
  const std::vector<QPointF> twice{{0, 0}, {10, 0}, {10, 10}, {0, 10},
                                   {0, 0}, {10, 0}, {10, 10}, {0, 10}};
  EXPECT_TRUE(LassoRegion(twice).contains({5, 5}));
  const std::vector<QPointF> tie{{0, 0}, {10, 10}, {10, 0}, {0, 10}};
  EXPECT_TRUE(LassoRegion(tie).contains({2, 5}));
  EXPECT_TRUE(LassoRegion(tie).contains({8, 5}));
  EXPECT_FALSE(LassoRegion(tie).contains({5, 2}));
  EXPECT_FALSE(LassoRegion(tie).contains({-1, 5}));
}

TEST(LassoRegion, AgreesWithPainterPaths) {
  std::vector<QPointF> corners;
  for (int i = 0; i < 40; ++i) {
    corners.emplace_back((i * 37) % 101, (i * 61) % 89);
  }
  const LassoRegion region(corners);
  QPolygonF polygon;
  for (const QPointF corner : corners) {
    polygon << corner;
  }
  int inside = 0;
  for (int i = 0; i < 5000; ++i) {
    const QPointF point((i * 13) % 103 + 0.37, (i * 7) % 97 + 0.61);
    EXPECT_EQ(region.contains(point), polygon.containsPoint(point, Qt::WindingFill));
    inside += region.contains(point) ? 1 : 0;
  }
  EXPECT_GT(inside, 500);
}

TEST(BrushTool, FindsWhatItsDiscPassesOver) {
  BrushTool tool;
  ASSERT_EQ(tool.radius(), 24);
  const Places places({{0, 0}, {100, 23}, {100, 25}, {200, -20}, {230, 0}});
  EXPECT_EQ(drawn(tool, places, {{0, 0}}), Rows{0});
  EXPECT_EQ(drawn(tool, places, {{0, 0}, {200, 0}}), (Rows{0, 1, 3}))
      << "also between two places of the pointer";
  EXPECT_TRUE(tool.resize(2));
  EXPECT_EQ(drawn(tool, places, {{0, 0}, {200, 0}}), (Rows{0, 1, 2, 3, 4}));
  tool.resize(-100);
  EXPECT_EQ(tool.radius(), 4);
}

TEST(ToolBox, TellsRowsAndWhatIsToHappenWithThem) {
  const Places places({{10, 10}, {20, 20}, {90, 90}});
  ToolBox box;
  EXPECT_FALSE(box.release({1, 1}, Qt::NoModifier, places)) << "nothing was drawn";
  box.take(ToolKind::Rectangle);
  const auto draw = [&](Qt::KeyboardModifiers modifiers) {
    box.press({0, 0}, places);
    EXPECT_TRUE(box.isDrawing());
    return *box.release({30, 30}, modifiers, places);
  };
  EXPECT_EQ(draw(Qt::NoModifier).rows.rows(), (Rows{0, 1}));
  EXPECT_EQ(draw(Qt::NoModifier).operation, SetOperation::Replace);
  EXPECT_EQ(draw(Qt::ShiftModifier).operation, SetOperation::Add);
  EXPECT_EQ(draw(Qt::AltModifier).operation, SetOperation::Subtract);
  EXPECT_EQ(draw(Qt::ShiftModifier | Qt::AltModifier).operation, SetOperation::Intersect);
  box.press({0, 0}, places);
  EXPECT_TRUE(box.release({1, 1}, {}, places)->isClick);
  box.press({0, 0}, places);
  box.take(ToolKind::Brush);
  EXPECT_FALSE(box.isDrawing()) << "another tool drops the drawing";
  box.press({0, 0}, places);
  EXPECT_FALSE(box.release({1, 1}, {}, places)->isClick) << "a brush paints with a click";
  EXPECT_TRUE(box.resize(1));
  box.take(ToolKind::Lasso);
  EXPECT_FALSE(box.resize(1));
}

TEST(ToolBox, DrawsEveryTool) {
  const Places places({{10, 10}});
  for (const ToolKind kind : {ToolKind::Rectangle, ToolKind::Lasso, ToolKind::Brush}) {
    ToolBox box;
    box.take(kind);
    box.press({20, 20}, places);
    box.move({80, 20}, {}, places);
    box.move({80, 80}, {}, places);
    QImage image(200, 200, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    box.paint(painter, image.rect(), Theme::light());
    painter.end();
    EXPECT_NE(image.pixelColor(kind == ToolKind::Brush ? 75 : 60, 40), QColor(Qt::white));
    EXPECT_EQ(image.pixelColor(20, 120), QColor(Qt::white));
  }
}

TEST(NearestInDirection, LooksIntoAQuarterOfThePlane) {
  const Places places({{100, 100}, {110, 105}, {103, 120}, {60, 100}, {100, 40}, {170, 20}});
  const QRectF shown(0, 0, 200, 200);
  EXPECT_EQ(nearestInDirection(places, {100, 100}, Direction::Right, shown), 1);
  EXPECT_EQ(nearestInDirection(places, {100, 100}, Direction::Down, shown), 2);
  EXPECT_EQ(nearestInDirection(places, {100, 100}, Direction::Left, shown), 3);
  EXPECT_EQ(nearestInDirection(places, {100, 100}, Direction::Up, shown), 4);
  EXPECT_EQ(nearestInDirection(places, {170, 20}, Direction::Up, shown), -1);
  EXPECT_EQ(nearestTo(places, {150, 30}, shown), 5);
  EXPECT_EQ(nearestTo(Places({}), {150, 30}, shown), -1);
}

}  // namespace
}  // namespace embedscope::plots
