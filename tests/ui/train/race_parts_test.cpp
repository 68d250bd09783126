// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/train/fake_race.h"
#include "ui/train/crossover_table_model.h"
#include "ui/train/number_list_text.h"
#include "ui/train/race_board.h"
#include "ui/train/race_table_model.h"
#include "ui/train/race_words.h"
#include "ui/train/result_table.h"

#include <gmock/gmock.h>

#include <QAbstractItemModelTester>
#include <QFont>
#include <QPixmap>
#include <QSortFilterProxyModel>

#include <cmath>
#include <limits>

namespace embedscope::train {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Event = training::RaceEvent::Kind;
using Numbers = std::vector<std::int64_t>;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

TEST(NumberList, ReadsWhatAPersonTypes) {
  const NumberListLimits limits{.least = 1, .most = 100};
  EXPECT_EQ(std::get<Numbers>(numberListIn("8, 1;2  4", limits)), (Numbers{1, 2, 4, 8}));
  EXPECT_EQ(std::get<Numbers>(numberListIn("2, 2, 2", limits)), Numbers{2});
  EXPECT_EQ(numberListText({1, 2, 4}), "1, 2, 4");
}

TEST(NumberList, SaysWhatItCannotRead) {
  const auto sentence = [](const QString& text, const NumberListLimits& limits) {
    return std::get<QString>(numberListIn(text, limits)).toStdString();
  };
  const NumberListLimits limits{.least = 2, .most = 1000, .fewestNumbers = 2, .mostNumbers = 3};
  EXPECT_THAT(sentence("4, x", limits), HasSubstr("“x”"));
  EXPECT_THAT(sentence("1, 4", limits), HasSubstr("from 2 to 1,000, not 1"));
  EXPECT_THAT(sentence("4, 4", limits), HasSubstr("at least 2 different"));
  EXPECT_THAT(sentence("2, 3, 4, 5", limits), HasSubstr("At most 3"));
  EXPECT_THAT(sentence("", {}), HasSubstr("at least one"));
}

TEST(RaceWords, ShowAsManyDigitsAsTheErrorAllows) {
  EXPECT_EQ(meanWithErrorText(0.11423, 0.00089, "rmse"), "0.11423 ± 0.00089");
  EXPECT_EQ(meanWithErrorText(812.4, 13.2, "rmse"), "812 ± 13");
  EXPECT_EQ(meanWithErrorText(0.9321, 0.0042, "accuracy"), "93.21 ± 0.42 %");
  EXPECT_EQ(meanWithErrorText(0.5, kNaN, "rmse"), "0.5000");
  EXPECT_EQ(meanWithErrorText(kNaN, kNaN, "rmse"), "–");
  EXPECT_EQ(meanWithErrorText(0.5, 0, "rmse"), "0.5000 ± 0.0000");
  EXPECT_EQ(meanWithErrorText(1, 0, "accuracy"), "100.0 ± 0.0 %");
  EXPECT_EQ(differenceText(0.012, "accuracy"), "1.2 points");
  training::PairedDifference difference;
  EXPECT_EQ(intervalText(difference, "rmse"), "–");
  difference = {
      .pairs = 5, .mean = 0.0123, .standardError = 0.003, .lower = 0.004, .upper = 0.0206};
  EXPECT_EQ(intervalText(difference, "rmse"), "0.0123 (0.0040 to 0.0206)");
  EXPECT_EQ(epochTimeText(0.00031), "310 µs");
  EXPECT_EQ(epochTimeText(0.0042), "4.2 ms");
  EXPECT_EQ(epochTimeText(0.042), "42 ms");
  EXPECT_EQ(bytesText(312), "312 B");
  EXPECT_EQ(bytesText(84'000), "84 KB");
  EXPECT_EQ(bytesText(1'240'000), "1.2 MB");
}

jobs::RaceMessage epochMessage(std::size_t contestant, std::size_t seed, std::int64_t epoch,
                               double loss) {
  jobs::RaceMessage message;
  message.kind = Event::EpochEnded;
  message.contestant = contestant;
  message.seed = seed;
  message.epoch = {.epoch = epoch, .validationLoss = loss, .validationMetric = std::sqrt(loss)};
  return message;
}

jobs::RaceMessage endMessage(std::size_t contestant, std::size_t seed, double metric,
                             bool diverged = false) {
  training::RaceRun run;
  run.contestant = contestant;
  run.seed = seed;
  run.state = diverged ? training::RunState::Diverged : training::RunState::Completed;
  run.validationMetric = metric;
  run.secondsPerEpoch = 0.25;
  jobs::RaceMessage message;
  message.kind = Event::RunEnded;
  message.contestant = contestant;
  message.seed = seed;
  message.run = std::make_shared<const training::RaceRun>(run);
  return message;
}

std::vector<training::Contestant> twoContestants() {
  return {{.approach = training::Approach::OneHot},
          {.approach = training::Approach::Random, .dimension = 4}};
}

TEST(RaceBoard, BandsHoldTheSeedsThatHaveEnded) {
  RaceBoard board(twoContestants(), 3);
  for (const auto& [epoch, loss] : {std::pair(1, 4.0), std::pair(2, 2.0)}) {
    board.add(epochMessage(1, 0, epoch, loss));
  }
  board.add(epochMessage(1, 1, 1, 8.0));
  EXPECT_TRUE(board.band(1, RaceQuantity::Loss).mean.empty()) << "none has ended";
  board.add(endMessage(1, 0, 1.4));
  EXPECT_THAT(board.band(1, RaceQuantity::Loss).mean, ElementsAre(4, 2));
  board.add(endMessage(1, 1, 2.8));  // stopped early, after one epoch
  const RaceBand band = board.band(1, RaceQuantity::Loss);
  EXPECT_THAT(band.epochs, ElementsAre(1, 2));
  EXPECT_THAT(band.mean, ElementsAre(6, 5)) << "the short run goes on at its last value";
  EXPECT_THAT(band.lower, ElementsAre(4, 2));
  EXPECT_THAT(band.upper, ElementsAre(8, 8));
  EXPECT_THAT(board.band(1, RaceQuantity::Metric).lower, ElementsAre(2, std::sqrt(2.0)));
  EXPECT_TRUE(board.band(0, RaceQuantity::Loss).mean.empty());
}

TEST(RaceBoard, StandingsGrowAndLeaveDivergedRunsOut) {
  RaceBoard board(twoContestants(), 3);
  EXPECT_EQ(board.runCount(), 6U);
  EXPECT_EQ(board.standings()[1].name, "random, d = 4");
  EXPECT_TRUE(std::isnan(board.standings()[1].mean));
  board.add(endMessage(1, 0, 2));
  board.add(endMessage(1, 2, 4));
  board.add(endMessage(1, 1, kNaN, true));
  const training::RaceStanding& standing = board.standings()[1];
  EXPECT_EQ(board.endedCount(), 3U);
  EXPECT_EQ(board.endedCount(1), 3U);
  EXPECT_DOUBLE_EQ(standing.mean, 3);
  EXPECT_DOUBLE_EQ(standing.standardError, 1);  // deviation √2, over √2
  EXPECT_EQ(standing.diverged, 1);
  EXPECT_DOUBLE_EQ(standing.secondsPerEpoch, 0.25);
  EXPECT_TRUE(std::isnan(standing.perSeed[1]));
  board.add(endMessage(7, 0, 1));  // of no contestant
  board.add(endMessage(0, 9, 1));
  EXPECT_EQ(board.endedCount(), 3U);
}

class RaceTable : public testing::Test {
 protected:
  RaceTable() : tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal) {}

  std::string cell(int row, int column) {
    return model.index(row, column).data().toString().toStdString();
  }

  RaceTableModel model;
  QAbstractItemModelTester tester;
};

TEST_F(RaceTable, FillsWhileTheRaceGoesOn) {
  RaceBoard board(twoContestants(), 2);
  model.begin(board, "rmse");
  EXPECT_EQ(model.rowCount(), 2);
  EXPECT_EQ(cell(1, RaceTableModel::Approach), "random, d = 4");
  EXPECT_EQ(cell(1, RaceTableModel::Size), "4");
  EXPECT_EQ(cell(1, RaceTableModel::Validation), "–");
  EXPECT_EQ(cell(1, RaceTableModel::Behind), "0 of 2 seeds");
  board.add(endMessage(1, 0, 0.5));
  model.update(board);
  EXPECT_EQ(cell(1, RaceTableModel::Validation), "0.5000");
  EXPECT_EQ(cell(1, RaceTableModel::Behind), "1 of 2 seeds");
  model.clear();
  EXPECT_EQ(model.rowCount(), 0);
}

TEST_F(RaceTable, MarksTheBestAndSaysHowFarTheOthersAreBehind) {
  const training::RaceResult result = tests::smallResult();
  RaceBoard board(result.recipe.contestants, result.recipe.seeds.size());
  model.begin(board, "rmse");
  model.finish(result);
  EXPECT_EQ(model.best(), 1U);
  EXPECT_EQ(cell(1, RaceTableModel::Behind), "best");
  EXPECT_TRUE(model.index(1, 0).data(Qt::FontRole).value<QFont>().bold());
  EXPECT_FALSE(model.index(0, 0).data(Qt::FontRole).isValid());
  EXPECT_EQ(model.index(1, 0).data(Qt::AccessibleTextRole).toString(), "random, d = 2, the best");
  EXPECT_EQ(cell(0, RaceTableModel::Behind), "0.1000");
  EXPECT_EQ(cell(2, RaceTableModel::Behind), "within noise");
  EXPECT_EQ(cell(0, RaceTableModel::Parameters), "1,217");
  EXPECT_EQ(cell(0, RaceTableModel::Memory), "46 KB");
  EXPECT_EQ(cell(0, RaceTableModel::Seconds), "12 ms");
  EXPECT_FALSE(model.index(0, 0).data(Qt::DecorationRole).value<QPixmap>().isNull());
}

TEST_F(RaceTable, SortsByNumbersWithUnknownOnesLast) {
  training::RaceResult result = tests::smallResult();
  result.standings[0].mean = kNaN;
  model.begin(RaceBoard(result.recipe.contestants, 2), "rmse");
  model.finish(result);
  QSortFilterProxyModel sorted;
  sorted.setSourceModel(&model);
  sorted.setSortRole(RaceTableModel::kSortRole);
  sorted.sort(RaceTableModel::Validation);
  const auto order = [&] {
    std::vector<int> rows;
    for (int row = 0; row < sorted.rowCount(); ++row) {
      rows.push_back(sorted.mapToSource(sorted.index(row, 0)).row());
    }
    return rows;
  };
  EXPECT_THAT(order(), ElementsAre(1, 2, 0));
  sorted.sort(RaceTableModel::Parameters);
  EXPECT_THAT(order(), ElementsAre(1, 2, 0));
  sorted.sort(RaceTableModel::Parameters, Qt::DescendingOrder);
  EXPECT_THAT(order(), ElementsAre(0, 2, 1));
  const QString text = tableText(sorted);
  EXPECT_TRUE(text.startsWith("Approach\tSize\tParameters\tValidation rmse\t"));
  EXPECT_EQ(text.count('\n'), 4);
  EXPECT_TRUE(text.contains("\none-hot\t12\t1,217\t–\t"));
}

TEST(CrossoverTable, HoldsTheModelRulesAndThePoints) {
  CrossoverTableModel model;
  const QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::Fatal);
  const training::CrossoverRecipe recipe;
  const std::vector<training::CrossoverPoint> points = {tests::crossoverPoint(10, -0.2, 0.1),
                                                        tests::crossoverPoint(100, 0.4, 0.1)};
  model.show(recipe, points, "rmse");
  EXPECT_EQ(model.rowCount(), 2);
  EXPECT_EQ(model.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(), "categories");
  EXPECT_EQ(model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), "one-hot");
  EXPECT_EQ(model.index(1, CrossoverTableModel::Difference).data().toString(),
            "0.400 (0.300 to 0.500)");
  EXPECT_TRUE(
      model.index(1, CrossoverTableModel::Difference).data(Qt::FontRole).value<QFont>().bold());
  model.clear();
  EXPECT_EQ(model.rowCount(), 0);
}

}  // namespace
}  // namespace embedscope::train
