// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/density_image.h"
#include "ui/plots/plane_view.h"
#include "ui/plots/point_grid.h"
#include "ui/plots/point_labels.h"

#include <gtest/gtest.h>

#include <QApplication>

#include <algorithm>
#include <limits>
#include <vector>

namespace embedscope::plots {
namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

TEST(PlaneView, MapsThereAndBack) {
  PlaneView view;
  view.setBox(QRectF(50, 10, 400, 200));
  view.fit(QRectF(-1, -1, 2, 2), true);
  EXPECT_EQ(view.toPixel({0, 0}), QPointF(250, 110));
  EXPECT_LT(view.toPixel({0, 1}).y(), 110) << "y grows upwards";
  const QPointF back = view.toPlane(view.toPixel({0.3, -0.7}));
  EXPECT_NEAR(back.x(), 0.3, 1e-12);
  EXPECT_NEAR(back.y(), -0.7, 1e-12);
  EXPECT_NEAR(view.plane().width(), 2 * view.plane().height(), 1e-9) << "equal units";
}

TEST(PlaneView, ZoomKeepsThePixelUnderThePointer) {
  PlaneView view;
  view.setBox(QRectF(0, 0, 300, 300));
  view.fit(QRectF(0, 0, 10, 10), true);
  const QPointF before = view.toPlane({40, 250});
  view.zoom(3, {40, 250});
  const QPointF after = view.toPlane({40, 250});
  EXPECT_NEAR(before.x(), after.x(), 1e-9);
  EXPECT_NEAR(before.y(), after.y(), 1e-9);
}

TEST(PointGrid, FindsEveryPointOfARectangle) {
  std::vector<float> xy;
  for (int i = 0; i < 1000; ++i) {
    xy.push_back(static_cast<float>(i % 37));
    xy.push_back(static_cast<float>((i * 7) % 41));
  }
  xy.insert(xy.end(), {kNaN, 1.0F, 1.0F, std::numeric_limits<float>::infinity()});
  const PointGrid grid(xy, QRectF(0, 0, 36, 40));
  const QRectF wanted(5, 5, 7, 9);
  std::vector<bool> found(xy.size() / 2);
  grid.forEachNear(wanted, [&](std::int64_t row) { found[static_cast<std::size_t>(row)] = true; });
  std::int64_t inside = 0;
  for (std::size_t row = 0; row < found.size(); ++row) {
    if (wanted.contains(
            QPointF(static_cast<double>(xy[2 * row]), static_cast<double>(xy[2 * row + 1])))) {
      EXPECT_TRUE(found[row]) << row;
      ++inside;
    }
  }
  EXPECT_FALSE(found[1000] || found[1001]) << "not finite";
  EXPECT_GE(grid.countNear(wanted), inside);
  EXPECT_EQ(grid.countNear(QRectF(-1, -1, 99, 99)), 1000);
}

TEST(DensityImage, ShowsOnePointAndNoneOutside) {
  DensityImage density;
  const DensityColors colors{Qt::blue, Qt::blue, Qt::blue};
  const std::vector<float> xy{10.5F, 20.5F, -500, 3, kNaN, 2};
  const QImage& image = density.draw(xy, PixelMap(), QSize(40, 30), 1.2, colors);
  EXPECT_EQ(image.pixelColor(10, 20), QColor(Qt::blue));
  int touched = 0;
  for (int y = 0; y < 30; ++y) {
    for (int x = 0; x < 40; ++x) {
      touched += qAlpha(image.pixel(x, y)) > 0 ? 1 : 0;
    }
  }
  EXPECT_GE(touched, 5);
  EXPECT_LE(touched, 9);
}

TEST(DensityImage, CrowdsAreDenserThanSinglePointsAndBothAreSeen) {
  DensityImage density;
  const DensityColors colors{QColor(200, 200, 200), QColor(100, 100, 100), QColor(0, 0, 0)};
  std::vector<float> xy{5.5F, 5.5F};
  for (int i = 0; i < 100'000; ++i) {
    xy.insert(xy.end(), {30.5F, 20.5F});
  }
  const QImage& image = density.draw(xy, PixelMap(), QSize(40, 30), 1.2, colors);
  EXPECT_EQ(image.pixelColor(5, 5), QColor(200, 200, 200));
  EXPECT_LT(image.pixelColor(30, 20).red(), 40);
}

TEST(DensityImage, MixesTheColorsOfPointsThatLieOnOneAnother) {
  DensityImage density;
  const std::vector<float> xy{8.5F, 8.5F, 8.5F, 8.5F, 2.5F, 2.5F};
  const std::vector<QRgb> colors{qRgb(255, 0, 0), qRgb(0, 0, 255), qRgb(0, 255, 0)};
  const QImage image =
      density.draw(xy, colors, PixelMap(), QSize(12, 12), 1).convertToFormat(QImage::Format_ARGB32);
  EXPECT_NEAR(image.pixelColor(8, 8).red(), 128, 4);
  EXPECT_NEAR(image.pixelColor(8, 8).blue(), 128, 4);
  EXPECT_NEAR(image.pixelColor(2, 2).green(), 255, 4);
  EXPECT_LT(image.pixelColor(2, 2).alpha(), image.pixelColor(8, 8).alpha());
}

void expectApartAndInside(const std::vector<PlacedLabel>& placed, const QRectF& bounds) {
  for (std::size_t i = 0; i < placed.size(); ++i) {
    EXPECT_TRUE(bounds.contains(placed[i].place)) << i;
    for (std::size_t j = 0; j < i; ++j) {
      EXPECT_FALSE(placed[i].place.intersects(placed[j].place)) << i << " and " << j;
    }
  }
}

TEST(PlaceLabels, NeverOverlapsAndPlacesTheImportantOnesFirst) {
  std::vector<LabelRequest> requests{{{50, 50}, "first", 5, LabelRank::Selected},
                                     {{52, 50}, "second", 5, LabelRank::Highlighted}};
  for (int i = 0; i < 200; ++i) {
    requests.push_back({QPointF(i % 20 * 6, i / 20 * 6), "label", 3});
  }
  const QRectF bounds(0, 0, 160, 120);
  const auto placed = placeLabels(requests, {}, QApplication::font(), bounds, 30);
  ASSERT_GE(placed.size(), 2U);
  EXPECT_EQ(placed[0].text, "first");
  EXPECT_EQ(placed[1].text, "second");
  expectApartAndInside(placed, bounds);
}

TEST(PlaceLabels, LeavesOutHighlightedLabelsWithoutAFreePlace) {
  std::vector<LabelRequest> requests{{{80, 60}, "chosen", 7, LabelRank::Selected}};
  for (int i = 0; i < 40; ++i) {
    requests.push_back({QPointF(76 + i % 8, 58 + i / 8), "neighbor", 6, LabelRank::Highlighted});
  }
  const QRectF bounds(0, 0, 160, 120);
  const auto placed = placeLabels(requests, {}, QApplication::font(), bounds, 30);
  ASSERT_GE(placed.size(), 2U);
  EXPECT_LT(placed.size(), requests.size());
  EXPECT_EQ(placed[0].text, "chosen");
  EXPECT_TRUE(std::is_sorted(placed.begin(), placed.end(),
                             [](const auto& a, const auto& b) { return a.request < b.request; }));
  expectApartAndInside(placed, bounds);
}

TEST(PlaceLabels, KeepsTheSelectedLabelInsideAtEveryCorner) {
  const QRectF bounds(10, 20, 120, 60);
  for (const QPointF corner :
       {bounds.topLeft(), bounds.topRight(), bounds.bottomLeft(), bounds.bottomRight()}) {
    const std::vector<LabelRequest> requests{
        {corner, "a label much longer than there is room for it", 6, LabelRank::Selected}};
    const auto placed = placeLabels(requests, {}, QApplication::font(), bounds, 30);
    ASSERT_EQ(placed.size(), 1U);
    expectApartAndInside(placed, bounds);
  }
}

TEST(PlaceLabels, UsualLabelsKeepClearOfPointsAndHighlightedOnesIfTheyCan) {
  const QRectF bounds(0, 0, 200, 100);
  const std::vector<QRectF> wall{bounds};
  const std::vector<LabelRequest> requests{{{100, 50}, "near", 5, LabelRank::Highlighted},
                                           {{20, 20}, "usual", 3}};
  const auto placed = placeLabels(requests, wall, QApplication::font(), bounds, 30);
  ASSERT_EQ(placed.size(), 1U);
  EXPECT_EQ(placed[0].text, "near");
  const std::vector<QRectF> right{QRectF(106, 0, 94, 100)};
  const auto left = placeLabels(requests, right, QApplication::font(), bounds, 30);
  ASSERT_EQ(left.size(), 2U);
  EXPECT_LT(left[0].place.right(), 100);
}

}  // namespace
}  // namespace embedscope::plots
