// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/space_camera.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace embedscope::plots {
namespace {

using Eigen::Vector3d;

constexpr double kQuarter = std::numbers::pi / 2;

SpaceCamera frontal() {
  SpaceCamera camera;
  camera.lookAlong(SpaceAxis::Z);
  return camera;
}

void expectAt(const SpaceCamera::Place& place, double x, double y, double nearness) {
  EXPECT_NEAR(place.plane.x(), x, 1e-12);
  EXPECT_NEAR(place.plane.y(), y, 1e-12);
  EXPECT_NEAR(place.nearness, nearness, 1e-12);
}

TEST(SpaceCamera, LooksAlongZLikeThePlane) {
  SpaceCamera camera = frontal();
  camera.setSubject({1, 2, 3}, 2);
  expectAt(camera.project({1, 2, 3}), 0, 0, 0);
  expectAt(camera.project({1.5, 3, 5}), 0.5, 1, 1);
  expectAt(camera.project({1.5, 3, 1}), 0.5, 1, -1);
}

TEST(SpaceCamera, LooksAlongEveryAxisWithTheOtherTwoInThePlane) {
  SpaceCamera camera;
  camera.lookAlong(SpaceAxis::X);
  expectAt(camera.project({1, 0, 0}), 0, 0, 1);
  expectAt(camera.project({0, 1, 0}), 1, 0, 0);
  expectAt(camera.project({0, 0, 1}), 0, 1, 0);
  camera.lookAlong(SpaceAxis::Y);
  expectAt(camera.project({0, 1, 0}), 0, 0, 1);
  expectAt(camera.project({0, 0, 1}), 1, 0, 0);
  expectAt(camera.project({1, 0, 0}), 0, 1, 0);
}

TEST(SpaceCamera, WhatIsNearFollowsTheHand) {
  const Vector3d nearest(0, 0, 1);
  SpaceCamera right = frontal();
  right.turn(kQuarter / 3, 0);
  expectAt(right.project(nearest), std::sin(kQuarter / 3), 0, std::cos(kQuarter / 3));
  SpaceCamera down = frontal();
  down.turn(0, kQuarter / 3);
  expectAt(down.project(nearest), 0, -std::sin(kQuarter / 3), std::cos(kQuarter / 3));
}

TEST(SpaceCamera, TurnsAboutTheAxesOfTheScreenWhateverWasBefore) {
  SpaceCamera camera = frontal();
  camera.turn(0.7, -1.1);
  const SpaceCamera::Place before = camera.project({0.3, -0.5, 0.2});
  camera.turn(0, 0.4);
  EXPECT_NEAR(camera.project({0.3, -0.5, 0.2}).plane.x(), before.plane.x(), 1e-12);
  camera.turn(0, -0.4);
  camera.turn(0.9, 0);
  EXPECT_NEAR(camera.project({0.3, -0.5, 0.2}).plane.y(), before.plane.y(), 1e-12);
}

TEST(SpaceCamera, StaysARotationHoweverOftenItTurns) {
  SpaceCamera camera;
  for (int i = 0; i < 100'000; ++i) {
    camera.turn(0.013, i % 2 == 0 ? 0.011 : -0.017);
  }
  const Eigen::Matrix3d rotation = camera.rotation();
  EXPECT_TRUE((rotation * rotation.transpose()).isIdentity(1e-12));
  EXPECT_NEAR(rotation.determinant(), 1, 1e-12);
}

TEST(SpaceCamera, PerspectiveMakesWhatIsNearLarger) {
  SpaceCamera camera = frontal();
  camera.setSubject({0, 0, 0}, 1);
  camera.setPerspective(true);
  // The eye is three radii off: 3 / (3 − z) times as large.
  expectAt(camera.project({0.5, 0, 0}), 0.5, 0, 0);
  expectAt(camera.project({0.5, 0, 0.75}), 0.5 * 3 / 2.25, 0, 0.75);
  expectAt(camera.project({0.5, 0, -1}), 0.5 * 3 / 4, 0, -1);
  const QPointF behind = camera.project({0.5, 0, 20}).plane;
  EXPECT_TRUE(std::isfinite(behind.x()));
  EXPECT_GT(behind.x(), 0.5);
}

TEST(SpaceCamera, TheReachHoldsEveryPointOfTheSubject) {
  for (const bool perspective : {false, true}) {
    SpaceCamera camera;
    camera.setSubject({5, -3, 1}, 2);
    camera.setPerspective(perspective);
    double farthest = 0;
    for (int i = 0; i < 20'000; ++i) {
      const double height = 1 - 2 * (i + 0.5) / 20'000;
      const double angle = 2.399963 * i;  // the golden angle: an even ball
      const double ring = std::sqrt(1 - height * height);
      const Vector3d point(ring * std::cos(angle), ring * std::sin(angle), height);
      const QPointF seen = camera.project(camera.center() + 2 * point).plane;
      farthest = std::max(farthest, std::hypot(seen.x(), seen.y()));
    }
    EXPECT_LE(farthest, camera.reach() * (1 + 1e-12));
    EXPECT_GT(farthest, camera.reach() * 0.999);
  }
}

TEST(SpaceCamera, TakesASubjectWithoutExtent) {
  SpaceCamera camera = frontal();
  for (const double radius : {0.0, -1.0, std::numeric_limits<double>::quiet_NaN()}) {
    camera.setSubject({4, 4, 4}, radius);
    EXPECT_EQ(camera.radius(), 1);
    expectAt(camera.project({4, 4, 4}), 0, 0, 0);
  }
}

}  // namespace
}  // namespace embedscope::plots
