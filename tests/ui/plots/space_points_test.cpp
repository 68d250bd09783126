// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/space_points.h"
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "ui/plots/density_image.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace embedscope::plots {
namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();

base::RowMatrix randomPoints(Eigen::Index rows) {
  base::RandomStream random(7, 0);
  base::RowMatrix points(rows, 3);
  for (Eigen::Index i = 0; i < points.size(); ++i) {
    points.data()[i] = static_cast<float>(random.normal());
  }
  return points;
}

TEST(SpacePoints, KnowTheirBoxAndRadiusWithoutWhatIsNotFinite) {
  const SpacePoints points(
      base::RowMatrix{{0, 0, 0}, {kNaN, 9, 9}, {2, 4, 4}, {1, kInfinity, 50}, {1, 2, 3}});
  EXPECT_EQ(points.size(), 5U);
  EXPECT_EQ(points.box().min(), Eigen::Vector3d(0, 0, 0));
  EXPECT_EQ(points.box().max(), Eigen::Vector3d(2, 4, 4));
  EXPECT_NEAR(points.radius(), 3, 1e-6) << "from (1, 2, 2) to a corner";
  EXPECT_TRUE(SpacePoints(base::RowMatrix{{kNaN, 0, 0}}).box().isEmpty());
  EXPECT_TRUE(SpacePoints(base::RowMatrix(0, 3)).box().isEmpty());
}

TEST(SpacePixels, AgreeWithTheCameraForEveryPoint) {
  const SpacePoints points(randomPoints(1300));
  for (const bool perspective : {false, true}) {
    SpaceCamera camera;
    camera.setSubject(points.box().center(), points.radius());
    camera.setPerspective(perspective);
    camera.turn(1.9, -0.6);
    const PixelMap map{40, 300, -40, 200};
    const SpacePixels pixels(points, camera, map);
    std::size_t expected = 0;
    pixels.forEachWithin(0, points.size(), -1e6F, -1e6F, 1e6F, 1e6F,
                         [&](std::size_t point, float x, float y, float nearness) {
                           ASSERT_EQ(point, expected++);
                           const SpaceCamera::Place place = camera.project(points[point]);
                           EXPECT_NEAR(static_cast<double>(x), place.plane.x() * 40 + 300, 1e-3);
                           EXPECT_NEAR(static_cast<double>(y), place.plane.y() * -40 + 200, 1e-3);
                           EXPECT_NEAR(static_cast<double>(nearness), place.nearness, 1e-5);
                         });
    EXPECT_EQ(expected, points.size());
  }
}

TEST(SpacePixels, LeaveOutWhatIsNotFiniteAndWhatIsOutside) {
  const SpacePoints points(
      base::RowMatrix{{0, 0, 0}, {kNaN, 0, 0}, {0, -kInfinity, 0}, {0, 0, kNaN}, {500, 0, 0}});
  SpaceCamera camera;
  const SpacePixels pixels(points, camera, PixelMap{1, 10, 1, 10});
  std::vector<std::size_t> seen;
  pixels.forEachInside(0, 5, 20, 20, [&](std::size_t point, int x, int y, std::uint32_t weight) {
    seen.push_back(point);
    EXPECT_EQ(x, 10);
    EXPECT_EQ(y, 10);
    EXPECT_GT(weight, 2U);
    EXPECT_LT(weight, 9U);
  });
  EXPECT_EQ(seen, std::vector<std::size_t>{0});
}

TEST(DensityImage, ShowsWhatIsFartherFainter) {
  const SpacePoints points(base::RowMatrix{{-1, 0, -1}, {1, 0, 1}});
  SpaceCamera camera;
  camera.lookAlong(SpaceAxis::Z);
  camera.setSubject(points.box().center(), points.radius());
  const SpacePixels pixels(points, camera, PixelMap{10, 20.5, 10, 10.5});
  DensityImage density;
  const DensityColors colors{Qt::blue, Qt::blue, Qt::blue};
  const QImage image = density.draw(pixels, QSize(40, 20), 1.2, colors);
  const int far = qAlpha(image.pixel(10, 10));
  const int near = qAlpha(image.pixel(30, 10));
  EXPECT_GT(far, 40);
  EXPECT_GT(near, far + 60);
  const std::vector<QRgb> red(2, qRgb(255, 0, 0));
  const QImage colored = density.draw(pixels, red, QSize(40, 20), 1.2);
  EXPECT_GT(qAlpha(colored.pixel(30, 10)), qAlpha(colored.pixel(10, 10)) + 30);
}

TEST(DensityImage, IsTheSamePictureForAnyNumberOfThreads) {
  const SpacePoints points(randomPoints(700'000));
  SpaceCamera camera;
  camera.setSubject(points.box().center(), points.radius());
  const SpacePixels pixels(points, camera, PixelMap{30, 150, 30, 100});
  const DensityColors colors{Qt::lightGray, Qt::blue, Qt::black};
  std::vector<QRgb> colorOf(points.size());
  for (std::size_t i = 0; i < colorOf.size(); ++i) {
    colorOf[i] = qRgb(static_cast<int>(i % 256), static_cast<int>(i / 256 % 256), 90);
  }
  std::vector<QImage> alike;
  std::vector<QImage> colored;
  for (const int threads : {1, 2, 7}) {
    base::setThreadCount(threads);
    DensityImage density;
    alike.push_back(density.draw(pixels, QSize(300, 200), 1.2, colors).copy());
    colored.push_back(density.draw(pixels, colorOf, QSize(300, 200), 1.2).copy());
  }
  base::setThreadCount(0);
  EXPECT_EQ(alike[0], alike[1]);
  EXPECT_EQ(alike[0], alike[2]);
  EXPECT_EQ(colored[0], colored[1]);
  EXPECT_EQ(colored[0], colored[2]);
}

TEST(DensityImage, TellsDensitiesApartThatAreFarAboveOnePoint) {
  DensityImage density;
  const DensityColors colors{Qt::white, Qt::gray, Qt::black};
  std::vector<float> xy;
  for (int spot = 0; spot < 6; ++spot) {
    for (int i = 0; i < 20'000 + 4000 * spot; ++i) {
      xy.insert(xy.end(), {5.5F + 10 * static_cast<float>(spot), 5.5F});
    }
  }
  const QImage& image = density.draw(xy, PixelMap(), QSize(60, 11), 1.2, colors);
  for (int spot = 1; spot < 6; ++spot) {
    EXPECT_LT(image.pixelColor(5 + 10 * spot, 5).red(), image.pixelColor(10 * spot - 5, 5).red());
  }
}

}  // namespace
}  // namespace embedscope::plots
