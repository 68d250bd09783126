// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/film.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace embedscope::training {
namespace {

CheckpointPtr frameAt(std::int64_t step) {
  auto frame = std::make_shared<Checkpoint>();
  frame->step = step;
  return frame;
}

std::vector<std::int64_t> stepsOf(const Film& film) {
  std::vector<std::int64_t> steps;
  for (const CheckpointPtr& frame : film.frames()) {
    steps.push_back(frame->step);
  }
  return steps;
}

Film filmed(std::size_t most, std::int64_t lastStep) {
  Film film(most);
  for (std::int64_t step = 0; step <= lastStep; ++step) {
    if (film.wants(step)) {
      film.add(frameAt(step));
    }
  }
  return film;
}

TEST(Film, TakesEveryStepUntilFullThenEverySecond) {
  EXPECT_THAT(stepsOf(filmed(8, 6)), testing::ElementsAre(0, 1, 2, 3, 4, 5, 6));
  EXPECT_THAT(stepsOf(filmed(8, 7)), testing::ElementsAre(0, 2, 4, 6));
  EXPECT_THAT(stepsOf(filmed(8, 50)), testing::ElementsAre(0, 8, 16, 24, 32, 40, 48));
}

TEST(Film, BeginsWithTheDistanceThatTheExpectedStepsNeed) {
  EXPECT_EQ(Film(8, 0).stride(), 1);
  EXPECT_EQ(Film(8, 7).stride(), 1);
  EXPECT_EQ(Film(8, 8).stride(), 2);
  EXPECT_EQ(Film(600, 10'000).stride(), 32);
  EXPECT_EQ(Film(0, 10'000).stride(), 1);
}

TEST(Film, NextStepIsTheNextThatIsWanted) {
  const Film film = filmed(8, 50);
  EXPECT_EQ(film.stride(), 8);
  EXPECT_EQ(film.nextStep(0), 8);
  EXPECT_EQ(film.nextStep(7), 8);
  EXPECT_EQ(film.nextStep(48), 56);
  EXPECT_FALSE(film.wants(48));
  EXPECT_TRUE(film.wants(56));
  EXPECT_FALSE(film.wants(57));
}

TEST(Film, TheEndMayComeAtAnyStep) {
  Film film = filmed(8, 50);
  film.end(frameAt(51));
  EXPECT_EQ(film.frames().back()->step, 51);
  film.end(frameAt(51));
  EXPECT_THAT(stepsOf(film), testing::ElementsAre(0, 8, 16, 24, 32, 40, 48, 51));
}

TEST(Film, GoesOnAfterACutAsIfNothingHadFollowed) {
  Film film = filmed(8, 50);
  film.end(frameAt(51));
  film.cutAfter(24);
  EXPECT_THAT(stepsOf(film), testing::ElementsAre(0, 8, 16, 24));
  EXPECT_TRUE(film.wants(32));
}

TEST(Film, KeepsWithinItsBudget) {
  EXPECT_EQ(Film::framesWithin(1 << 20, 100 << 20), 100U);
  EXPECT_EQ(Film::framesWithin(1, 100 << 20), Film::kMostFrames);
  EXPECT_EQ(Film::framesWithin(40 << 20, 100 << 20), 0U);
  EXPECT_EQ(Film::framesWithin(0, 0), 0U);
}

TEST(Film, WithoutRoomThereAreNoFrames) {
  Film film(0);
  EXPECT_FALSE(film.wants(0));
  EXPECT_EQ(film.nextStep(0), std::numeric_limits<std::int64_t>::max());
  film.add(frameAt(0));
  film.end(frameAt(9));
  EXPECT_TRUE(film.frames().empty());
}

}  // namespace
}  // namespace embedscope::training
