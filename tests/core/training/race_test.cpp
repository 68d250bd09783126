// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/race.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/data/generated.h"
#include "tests/core/training/small_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cmath>
#include <cstring>
#include <map>
#include <stdexcept>
#include <thread>

namespace embedscope::training {
namespace {

using testing::HasSubstr;
using tests::classificationData;
using tests::regressionData;
using tests::shared;
using tests::smallRecipe;

const Contestant kOneHot{.approach = Approach::OneHot};

Contestant random(std::int64_t dimension) {
  return {.approach = Approach::Random, .dimension = dimension};
}

Contestant identity(bool frozen = false) {
  return {.approach = Approach::Identity, .frozen = frozen};
}

RaceRecipe smallRace() {
  RaceRecipe race;
  race.base = smallRecipe();
  race.features = {"a"};
  race.contestants = {{.approach = Approach::OneHot}, identity(), random(1), random(3)};
  race.seeds = {3, 1, 2};
  return race;
}

/// What a run has measured, times aside.
std::vector<double> numbersOf(const std::vector<EpochRecord>& epochs) {
  std::vector<double> numbers;
  for (const EpochRecord& epoch : epochs) {
    numbers.insert(numbers.end(), {static_cast<double>(epoch.epoch), epoch.trainLoss,
                                   epoch.validationLoss, epoch.validationMetric});
  }
  return numbers;
}

bool sameBits(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}

std::string refusalOf(const data::DatasetPtr& data, const RaceRecipe& race) {
  try {
    runRace(data, race, {});
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), base::ErrorCode::InvalidArgument);
    return error.what();
  }
  return "nothing was thrown";
}

class Threads {
 public:
  explicit Threads(int count) { base::setThreadCount(count); }

  ~Threads() { base::setThreadCount(0); }

  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;
};

TEST(Race, EveryRunIsTheRunAloneForAnyNumberOfThreads) {
  for (const auto& data : {shared(regressionData(5003)), shared(classificationData(203))}) {
    RaceRecipe race = smallRace();
    race.base.patience = 2;
    race.base.validationShare = 0.5;  // two blocks of rows to judge
    for (const int threads : {1, 2, 7}) {
      const Threads limit(threads);
      const std::optional<RaceResult> result = runRace(data, race, {});
      ASSERT_TRUE(result);
      ASSERT_EQ(result->runs.size(), 12U);
      for (std::size_t i = 0; i < result->runs.size(); ++i) {
        const RaceRun& run = result->runs[i];
        EXPECT_EQ(run.contestant, i / 3);
        EXPECT_EQ(run.seed, i % 3);
        Trainer alone(data, runRecipe(race, run.contestant, run.seed));
        alone.runUntil(alone.totalSteps());
        EXPECT_TRUE(sameBits(numbersOf(run.epochs), numbersOf(alone.epochs())));
        EXPECT_EQ(run.state, RunState::Completed);
        EXPECT_EQ(run.bestEpoch, alone.bestEpoch());
        const auto best = static_cast<std::size_t>(alone.bestEpoch() - 1);
        EXPECT_EQ(run.validationMetric, alone.epochs()[best].validationMetric);
        EXPECT_EQ(run.validationLoss, alone.epochs()[best].validationLoss);
        EXPECT_EQ(run.parameters, alone.parameterCount());
      }
    }
  }
}

TEST(Race, AFrozenIdentityOfABinaryVariableIsOneHotToTheLastBit) {
  const data::DataTablePtr table =
      data::generate({.kind = data::GeneratedKind::TwoValues, .rowsPerCategory = 300});
  const data::DatasetPtr data = data::makeDataset(
      *table, {.target = "value", .categorical = {{"switch", {}}}, .numeric = {}});
  RaceRecipe race;
  race.base.features.resize(1);
  race.base.features[0].name = "switch";
  race.base.hidden = {8};
  race.base.batchSize = 32;
  race.base.epochs = 15;
  race.contestants = {{.approach = Approach::OneHot}, identity(true), identity(), random(1)};
  for (const OptimizerKind kind : {OptimizerKind::Adam, OptimizerKind::Sgd}) {
    race.base.optimizer = {.kind = kind, .learningRate = 0.01};
    const std::optional<RaceResult> result = runRace(data, race, {});
    ASSERT_TRUE(result);
    for (std::size_t s = 0; s < 5; ++s) {
      const std::vector<double> oneHot = numbersOf(result->runs[s].epochs);
      ASSERT_EQ(oneHot.size(), 4 * 15U);
      EXPECT_TRUE(sameBits(oneHot, numbersOf(result->runs[5 + s].epochs)));
      EXPECT_FALSE(sameBits(oneHot, numbersOf(result->runs[10 + s].epochs)));
    }
    EXPECT_EQ(result->standings[0].parameters, result->standings[1].parameters);
    EXPECT_EQ(result->standings[0].perSeed, result->standings[1].perSeed);
  }
  race.contestants.resize(2);
  EXPECT_THAT(runRace(data, race, {})->verdict,
              HasSubstr("No difference beyond noise, nor any at all: one-hot and identity (frozen) "
                        "have the same RMSE with every seed"));
}

TEST(Race, ARunTakesFromTheBaseWhatDoesNotRace) {
  RaceRecipe race = smallRace();
  race.base.features[0].paddingRow = 1;
  race.base.features[0].maxNorm = 1.5;
  race.base.features[0].dimension = 17;
  race.base.features[1].dimension = 9;
  race.base.dropout = 0.25;
  const TrainingRecipe oneHot = runRecipe(race, 0, 1);
  EXPECT_EQ(oneHot.seed, 1U);
  EXPECT_EQ(oneHot.dropout, 0.25);
  EXPECT_EQ(oneHot.features[0].approach, Approach::OneHot);
  EXPECT_FALSE(oneHot.features[0].paddingRow);  // a one-hot row has no such thing
  EXPECT_FALSE(oneHot.features[0].maxNorm);
  EXPECT_EQ(oneHot.features[1].approach, Approach::Random);
  EXPECT_EQ(oneHot.features[1].dimension, 9);
  const TrainingRecipe three = runRecipe(race, 3, 0);
  EXPECT_EQ(three.seed, 3U);
  EXPECT_EQ(three.features[0].dimension, 3);
  EXPECT_EQ(three.features[0].paddingRow, 1);
  race.features.clear();
  EXPECT_EQ(runRecipe(race, 3, 0).features[1].dimension, 3);
}

TEST(Race, PretrainedTablesComeFromTheContestantOrFromTheBase) {
  const auto table = std::make_shared<const table::EmbeddingTable>(
      "t", table::Vocabulary{"a 0"}, base::RowMatrix(base::RowMatrix::Constant(1, 4, 2)));
  RaceRecipe race = smallRace();
  race.base.features[0].pretrained = table;
  race.contestants = {{.approach = Approach::Pretrained},
                      {.approach = Approach::Pretrained, .frozen = true}};
  EXPECT_EQ(runRecipe(race, 0, 0).features[0].pretrained, table);
  EXPECT_TRUE(runRecipe(race, 1, 0).features[0].frozen);
  const std::optional<RaceResult> result = runRace(shared(regressionData(103)), race, {});
  EXPECT_EQ(result->standings[0].dimension, 4);
  EXPECT_EQ(result->standings[1].name, "pretrained, frozen");
  EXPECT_EQ(result->standings[0].parameters, result->standings[1].parameters + 5 * 4);
  EXPECT_TRUE(std::isfinite(result->standings[1].mean));
}

TEST(Race, StandingsCountWhatAnApproachCosts) {
  const RaceRecipe race = smallRace();
  const std::optional<RaceResult> result = runRace(shared(regressionData(103)), race, {});
  ASSERT_TRUE(result);
  EXPECT_EQ(result->metricName, "rmse");
  ASSERT_EQ(result->standings.size(), 4U);
  const RaceStanding& oneHot = result->standings[0];
  const RaceStanding& start = result->standings[1];
  const RaceStanding& one = result->standings[2];
  EXPECT_EQ(oneHot.name, "one-hot");
  EXPECT_EQ(one.name, "random, d = 1");
  EXPECT_EQ(oneHot.dimension, 5);
  EXPECT_EQ(start.dimension, 5);
  EXPECT_EQ(one.dimension, 1);
  // b 3 × 2, hidden (2 + 1 + columns of a) · 8 + 8, output 8 + 1; an embedding adds its table.
  EXPECT_EQ(oneHot.parameters, 6 + 8 * 8 + 8 + 9);
  EXPECT_EQ(start.parameters, 5 * 5 + 6 + 8 * 8 + 8 + 9);
  EXPECT_EQ(one.parameters, 5 * 1 + 6 + 4 * 8 + 8 + 9);
  EXPECT_EQ(oneHot.inputBytes, 82 * 5 * 4);
  EXPECT_EQ(one.inputBytes, 82 * 4);
  EXPECT_TRUE(oneHot.sameFunctionsAsOneHot);
  EXPECT_TRUE(start.sameFunctionsAsOneHot);
  EXPECT_FALSE(one.sameFunctionsAsOneHot);  // 1 < min(5, 8)
  for (const RaceStanding& standing : result->standings) {
    ASSERT_EQ(standing.perSeed.size(), 3U);
    const double mean = (standing.perSeed[0] + standing.perSeed[1] + standing.perSeed[2]) / 3;
    EXPECT_NEAR(standing.mean, mean, 1e-12 * mean);
    EXPECT_GT(standing.standardError, 0);
    EXPECT_GT(standing.secondsPerEpoch, 0);
    EXPECT_GE(standing.mean, result->standings[result->best].mean);
  }
  EXPECT_EQ(result->differences[result->best].pairs, 0);
  // Three comparisons hold together.
  EXPECT_NEAR(result->differences[(result->best + 1) % 4].confidence, 1 - 0.05 / 3, 1e-15);
}

TEST(Race, AWideEnoughEmbeddingCanBeAnyOneHotModel) {
  RaceRecipe race = smallRace();
  race.features.clear();  // a of 5 and b of 3 categories, both before 4 units
  race.base.hidden = {4};
  race.base.epochs = 1;
  race.seeds = {1, 2};
  race.contestants = {
      random(3), random(4), {.approach = Approach::Random, .dimension = 4, .frozen = true}};
  const std::optional<RaceResult> result = runRace(shared(regressionData(103)), race, {});
  EXPECT_FALSE(result->standings[0].sameFunctionsAsOneHot);
  EXPECT_TRUE(result->standings[1].sameFunctionsAsOneHot);
  EXPECT_FALSE(result->standings[2].sameFunctionsAsOneHot);
  EXPECT_EQ(result->standings[0].inputBytes, 2 * 82 * 4);
}

TEST(Race, TellsWhatHappensOneCallAtATime) {
  const Threads limit(7);
  const RaceRecipe race = smallRace();
  std::atomic<int> inside = 0;
  std::map<std::pair<std::size_t, std::size_t>, std::vector<RaceEvent::Kind>> told;
  double last = 0;
  const base::TaskContext context({}, [&](double fraction) { last = fraction; });
  const std::optional<RaceResult> result =
      runRace(shared(regressionData(103)), race, context, [&](const RaceEvent& event) {
        EXPECT_EQ(inside.fetch_add(1), 0);
        told[{event.contestant, event.seed}].push_back(event.kind);
        if (event.kind == RaceEvent::Kind::RunEnded) {
          EXPECT_EQ(event.run->contestant, event.contestant);
          EXPECT_EQ(event.run->epochs.size(), 5U);
        }
        std::this_thread::sleep_for(std::chrono::microseconds(200));
        inside.fetch_sub(1);
      });
  ASSERT_TRUE(result);
  EXPECT_EQ(last, 1);
  ASSERT_EQ(told.size(), 12U);
  using Kind = RaceEvent::Kind;
  for (const auto& [run, kinds] : told) {
    EXPECT_THAT(kinds, testing::ElementsAre(Kind::RunStarted, Kind::EpochEnded, Kind::EpochEnded,
                                            Kind::EpochEnded, Kind::EpochEnded, Kind::EpochEnded,
                                            Kind::RunEnded));
  }
}

TEST(Race, AListenerThatThrowsEndsTheRace) {
  const Threads limit(2);
  RaceRecipe race = smallRace();
  race.base.epochs = 1'000'000;
  EXPECT_THROW(runRace(shared(regressionData(103)), race, {},
                       [](const RaceEvent& event) {
                         if (event.kind == RaceEvent::Kind::EpochEnded) {
                           throw std::runtime_error("enough");
                         }
                       }),
               std::runtime_error);
}

TEST(Race, StopsInTheMiddle) {
  using Clock = std::chrono::steady_clock;
  const data::DatasetPtr data = shared(regressionData(20011));
  RaceRecipe race = smallRace();
  race.base.epochs = 1'000'000;
  for (const int threads : {1, 2}) {
    const Threads limit(threads);
    std::stop_source source;
    Clock::time_point asked;
    std::jthread asker([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(150));
      asked = Clock::now();
      source.request_stop();
    });
    EXPECT_FALSE(runRace(data, race, base::TaskContext(source.get_token(), {})));
    EXPECT_LT(Clock::now() - asked, std::chrono::milliseconds(100));
  }
  std::stop_source before;
  before.request_stop();
  EXPECT_FALSE(runRace(data, race, base::TaskContext(before.get_token(), {}),
                       [](const RaceEvent&) { ADD_FAILURE() << "nothing was to run"; }));
}

TEST(Race, SaysWhyItCannotRun) {
  const data::DatasetPtr data = shared(regressionData(103));
  const auto refused = [&](const auto& change) {
    RaceRecipe race = smallRace();
    change(race);
    return refusalOf(data, race);
  };
  EXPECT_THAT(refused([](RaceRecipe& race) { race.contestants.clear(); }),
              HasSubstr("at least one approach"));
  EXPECT_THAT(refused([](RaceRecipe& race) { race.seeds.clear(); }),
              HasSubstr("at least one seed"));
  EXPECT_THAT(refused([](RaceRecipe& race) { race.seeds = {4, 5, 4}; }), HasSubstr("seed 4"));
  EXPECT_THAT(refused([](RaceRecipe& race) { race.features = {"c"}; }), HasSubstr("\"c\""));
  EXPECT_THAT(refused([](RaceRecipe& race) { race.base.validationShare = 0; }),
              HasSubstr("validation rows"));
  EXPECT_THAT(refused([](RaceRecipe& race) { race.contestants.push_back(random(3)); }),
              HasSubstr("random, d = 3 takes part twice"));
  EXPECT_THAT(refused([](RaceRecipe& race) {
                race.contestants.push_back({.approach = Approach::OneHot, .dimension = 9});
              }),
              HasSubstr("one-hot takes part twice"));
  EXPECT_THAT(refused([](RaceRecipe& race) { race.contestants[2].dimension = 0; }),
              HasSubstr("dimension 0"));
  EXPECT_THAT(refused([](RaceRecipe& race) {
                race.contestants.push_back({.approach = Approach::Pretrained});
              }),
              HasSubstr("pretrained table"));
}

TEST(Race, SaysWhenEveryRunDiverges) {
  RaceRecipe race = smallRace();
  race.base.optimizer = {.kind = OptimizerKind::Sgd, .learningRate = 1e6};
  race.base.epochs = 30;
  const std::optional<RaceResult> result = runRace(shared(regressionData(103)), race, {});
  ASSERT_TRUE(result);
  EXPECT_EQ(result->standings[0].diverged, 3);
  EXPECT_TRUE(std::isnan(result->standings[0].mean));
  EXPECT_TRUE(std::isnan(result->runs[0].validationMetric));
  EXPECT_NE(result->runs[0].divergence, "");
  EXPECT_THAT(result->verdict, HasSubstr("Every run diverged"));
}

TEST(Race, AFrozenNumberForEachCategoryCannotHoldFiveEffects) {
  // Without hidden layers the model is linear in the frozen numbers, and the target of
  // regressionData is not, but is in the one-hot rows.
  RaceRecipe race = smallRace();
  race.base.hidden.clear();
  race.base.epochs = 100;
  race.seeds = {1, 2, 3, 4, 5, 6, 7, 8};
  race.contestants = {{.approach = Approach::Random, .dimension = 1, .frozen = true},
                      {.approach = Approach::OneHot}};
  const std::optional<RaceResult> result = runRace(shared(regressionData(503)), race, {});
  EXPECT_EQ(result->best, 1U);
  EXPECT_GT(result->differences[0].lower, 0) << result->verdict;
  EXPECT_EQ(result->differences[0].confidence, 0.95);
  EXPECT_THAT(result->verdict, HasSubstr("One-hot is best beyond noise: validation RMSE"));
}

TEST(Race, NamesContestants) {
  EXPECT_EQ(contestantName(kOneHot), "one-hot");
  EXPECT_EQ(contestantName({.approach = Approach::OneHot, .frozen = true}), "one-hot");
  EXPECT_EQ(contestantName(identity()), "identity");
  EXPECT_EQ(contestantName(identity(true)), "identity, frozen");
  EXPECT_EQ(contestantName(random(4)), "random, d = 4");
  EXPECT_EQ(contestantName({.approach = Approach::Pretrained, .frozen = true}),
            "pretrained, frozen");
}

}  // namespace
}  // namespace embedscope::training
