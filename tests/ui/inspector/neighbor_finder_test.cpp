// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/neighbor_finder.h"

#include "tests/support/event_wait.h"
#include "tests/support/tiny_tables.h"

#include <gmock/gmock.h>

#include <QCoreApplication>

#include <limits>

namespace embedscope::inspector {
namespace {

using document::TableEntry;
using testing::HasSubstr;
using State = NeighborFinder::State;

/// Large enough to be searched in the background.
constexpr std::int64_t kLargeRows = 20'000;
constexpr std::int64_t kLargeDimension = 32;

class NeighborFinderTest : public testing::Test {
 protected:
  document::TableId open(const table::TablePtr& table) {
    return m_document.addTable(table, TableEntry::Origin::File, {});
  }

  bool waitFor(State state) {
    return tests::waitUntil(m_finder, &NeighborFinder::stateChanged,
                            [this, state] { return m_finder.state() == state; });
  }

  static NeighborFinder::Neighbors expected(const table::TablePtr& table, std::int64_t row) {
    return neighbors::ExactIndex(table, neighbors::Metric::Cosine)
        .nearestOfRow(row, NeighborFinder::kCount);
  }

  document::Document m_document;
  jobs::JobRunner m_runner;
  NeighborFinder m_finder{m_document, m_runner};
};

TEST_F(NeighborFinderTest, OrdersByAngleNotByDistance) {
  open(tests::makeTable({"east", "far east", "north", "west"}, {{1, 0}, {9, 1}, {0, 1}, {-1, 0}}));
  m_document.setCurrentRow(0);

  ASSERT_EQ(m_finder.state(), State::Found);
  ASSERT_EQ(m_finder.neighbors().size(), 3U);
  EXPECT_EQ(m_finder.neighbors()[0].row, 1);
  EXPECT_NEAR(m_finder.neighbors()[0].score, 9 / std::sqrt(82.0), 1e-6);
  EXPECT_EQ(m_finder.neighbors()[1].row, 2);
  EXPECT_NEAR(m_finder.neighbors()[1].score, 0, 1e-6);
  EXPECT_EQ(m_finder.neighbors()[2].row, 3);
  EXPECT_NEAR(m_finder.neighbors()[2].score, -1, 1e-6);
}

TEST_F(NeighborFinderTest, AnswersSmallTablesAtOnce) {
  open(tests::randomTable(100, 8));
  int answers = 0;
  QObject::connect(&m_finder, &NeighborFinder::neighborsFound, &m_finder,
                   [&](document::TableId table, qint64 row, const auto& found) {
                     ++answers;
                     EXPECT_EQ(table, m_document.currentTable());
                     EXPECT_EQ(row, 42);
                     EXPECT_EQ(found.size(), 10U);
                   });
  m_document.setCurrentRow(42);

  EXPECT_EQ(answers, 1);
  EXPECT_TRUE(m_runner.jobs().empty());
}

TEST_F(NeighborFinderTest, AnswersLargeTablesInTheBackgroundAsTheIndexDoes) {
  const table::TablePtr table = tests::randomTable(kLargeRows, kLargeDimension);
  open(table);
  m_document.setCurrentRow(7);

  EXPECT_EQ(m_finder.state(), State::Searching);
  ASSERT_TRUE(waitFor(State::Found));
  EXPECT_EQ(m_finder.neighbors(), expected(table, 7));
}

TEST_F(NeighborFinderTest, AnswersTheNewestRequestOnly) {
  const table::TablePtr table = tests::randomTable(kLargeRows, kLargeDimension);
  open(table);
  std::vector<qint64> answered;
  QObject::connect(&m_finder, &NeighborFinder::neighborsFound, &m_finder,
                   [&](document::TableId, qint64 row, const auto&) { answered.push_back(row); });
  for (const std::int64_t row : {1, 2, 3, 1}) {
    m_document.setCurrentRow(row);
  }

  ASSERT_TRUE(waitFor(State::Found));
  m_document.setCurrentRow(5);
  m_document.setCurrentRow(6);
  ASSERT_TRUE(waitFor(State::Found));
  EXPECT_THAT(answered, testing::ElementsAre(1, 6));
  EXPECT_EQ(m_finder.neighbors(), expected(table, 6));
}

TEST_F(NeighborFinderTest, FindsByAnyMetricAndAnyNumber) {
  const table::TablePtr table = tests::randomTable(kLargeRows, kLargeDimension);
  open(table);
  m_document.setCurrentRow(7);
  for (const neighbors::Metric metric :
       {neighbors::Metric::Dot, neighbors::Metric::Euclidean, neighbors::Metric::Manhattan}) {
    m_finder.setWish({metric, 100, false});
    ASSERT_TRUE(waitFor(State::Found));
    EXPECT_EQ(m_finder.neighbors(), neighbors::ExactIndex(table, metric).nearestOfRow(7, 100));
  }
  m_finder.setWish({neighbors::Metric::Cosine, 5000, false});
  EXPECT_EQ(m_finder.wish().count, NeighborFinder::kMostCount);
  ASSERT_TRUE(waitFor(State::Found));
  EXPECT_EQ(m_finder.neighbors().size(), 1000U);
}

TEST_F(NeighborFinderTest, ZerosHaveNeighborsByDistance) {
  open(tests::makeTable({"zero", "near", "far"}, {{0, 0}, {0, 1}, {5, 5}}));
  m_finder.setWish({neighbors::Metric::Euclidean, 10, false});
  m_document.setCurrentRow(0);

  ASSERT_EQ(m_finder.state(), State::Found);
  EXPECT_EQ(m_finder.neighbors()[0].row, 1);
}

TEST_F(NeighborFinderTest, AnswersTheSameWithRoundedRows) {
  const table::TablePtr table = tests::randomTable(40'000, 256);
  open(table);
  for (const std::int64_t row : {1, 2}) {
    m_document.setCurrentRow(row);
    ASSERT_TRUE(waitFor(State::Found));
  }
  ASSERT_TRUE(tests::waitUntil(m_runner, &jobs::JobRunner::jobFinished,
                               [this] { return m_runner.jobs().empty(); }));
  m_document.setCurrentRow(3);
  ASSERT_TRUE(waitFor(State::Found));
  EXPECT_EQ(m_finder.neighbors(), expected(table, 3));
}

TEST_F(NeighborFinderTest, BuildsAnApproximateIndexOnDemandAndTellsItsRecall) {
  m_finder.setApproximateFrom(10'000);
  open(tests::randomTable(kLargeRows, 2));
  m_document.setCurrentRow(7);
  ASSERT_TRUE(waitFor(State::Found));
  ASSERT_TRUE(m_finder.offersApproximate());
  EXPECT_FALSE(m_finder.recall());
  const NeighborFinder::Neighbors exact = m_finder.neighbors();

  m_finder.setWish({neighbors::Metric::Cosine, 10, true});
  EXPECT_TRUE(m_finder.isBuilding());
  ASSERT_TRUE(waitFor(State::Found));
  EXPECT_FALSE(m_finder.isBuilding());
  ASSERT_TRUE(m_finder.recall());
  EXPECT_GT(*m_finder.recall(), 0.5);
  EXPECT_EQ(m_finder.neighbors().size(), 10U);

  m_finder.setWish({neighbors::Metric::Cosine, 10, false});
  ASSERT_TRUE(waitFor(State::Found));
  EXPECT_FALSE(m_finder.recall());
  EXPECT_EQ(m_finder.neighbors(), exact);
  m_finder.setWish({neighbors::Metric::Manhattan, 10, true});
  EXPECT_FALSE(m_finder.offersApproximate());
  ASSERT_TRUE(waitFor(State::Found));
}

TEST_F(NeighborFinderTest, IsExactAgainWhenTheBuildIsCancelled) {
  m_finder.setApproximateFrom(10'000);
  const table::TablePtr table = tests::randomTable(kLargeRows, kLargeDimension);
  open(table);
  m_finder.setWish({neighbors::Metric::Cosine, 10, true});
  m_document.setCurrentRow(7);
  ASSERT_TRUE(m_finder.isBuilding());
  m_runner.cancelAll();

  ASSERT_TRUE(waitFor(State::Found));
  EXPECT_FALSE(m_finder.wish().approximate);
  EXPECT_EQ(m_finder.neighbors(), expected(table, 7));
}

TEST_F(NeighborFinderTest, SaysInWordsWhyARowHasNoNeighbors) {
  constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
  open(tests::makeTable({"good", "bad", "zero"}, {{1, 2}, {1, kNaN}, {0, 0}}));

  m_document.setCurrentRow(1);
  EXPECT_EQ(m_finder.state(), State::Failed);
  EXPECT_THAT(m_finder.problem().toStdString(),
              HasSubstr("NaN or infinity (first at dimension 1)"));

  m_document.setCurrentRow(2);
  EXPECT_EQ(m_finder.state(), State::Failed);
  EXPECT_THAT(m_finder.problem().toStdString(), HasSubstr("all zeros"));

  m_document.setCurrentRow(0);
  EXPECT_EQ(m_finder.state(), State::Found);
  EXPECT_EQ(m_finder.problem(), QString());
}

TEST_F(NeighborFinderTest, SaysThatTheOnlyRowHasNoNeighbors) {
  open(tests::makeTable({"alone"}, {{1, 2}}));
  m_document.setCurrentRow(0);

  EXPECT_EQ(m_finder.state(), State::Failed);
  EXPECT_THAT(m_finder.problem().toStdString(), HasSubstr("only row"));
}

TEST_F(NeighborFinderTest, CanBeStoppedAndAskedAgain) {
  open(tests::randomTable(kLargeRows, kLargeDimension));
  m_document.setCurrentRow(3);
  m_runner.cancelAll();

  ASSERT_TRUE(waitFor(State::Stopped));
  EXPECT_TRUE(m_finder.neighbors().empty());
  m_finder.findAgain();
  EXPECT_TRUE(waitFor(State::Found));
}

TEST_F(NeighborFinderTest, ForgetsAClosedTableWhileItsIndexIsBuilt) {
  const document::TableId id = open(tests::randomTable(kLargeRows, kLargeDimension));
  std::weak_ptr<const table::EmbeddingTable> table = m_document.table(id)->table;
  m_document.setCurrentRow(3);
  m_document.closeTable(id);

  EXPECT_EQ(m_finder.state(), State::Nothing);
  ASSERT_TRUE(tests::waitUntil(m_runner, &jobs::JobRunner::jobFinished,
                               [this] { return m_runner.jobs().empty(); }));
  QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
  EXPECT_TRUE(table.expired());
}

TEST_F(NeighborFinderTest, DropsTheIndexWithTheTable) {
  const document::TableId id = open(tests::randomTable(50, 4));
  std::weak_ptr<const table::EmbeddingTable> table = m_document.table(id)->table;
  m_document.setCurrentRow(3);
  ASSERT_EQ(m_finder.state(), State::Found);
  m_document.closeTable(id);

  EXPECT_TRUE(table.expired());
}

TEST_F(NeighborFinderTest, CanBeDestroyedDuringTheSearch) {
  open(tests::randomTable(kLargeRows, kLargeDimension));
  {
    NeighborFinder second(m_document, m_runner);
    m_document.setCurrentRow(3);
  }
  EXPECT_TRUE(waitFor(State::Found));
}

}  // namespace
}  // namespace embedscope::inspector
