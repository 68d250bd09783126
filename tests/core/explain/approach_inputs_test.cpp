// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/approach_inputs.h"

#include "core/base/error.h"
#include "core/training/initial_table.h"
#include "tests/core/explain/row_tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace embedscope::explain {
namespace {

using base::RowMatrix;
using testing::ElementsAre;
using testing::IsEmpty;
using training::Approach;

/// The table that training starts from.
RowMatrix startOf(const table::EmbeddingTable& table, Approach approach, std::uint64_t seed) {
  training::FeatureRecipe feature;
  feature.dimension = table.dimension();
  feature.approach = approach;
  return training::initialTable(feature, table.vocabulary(), seed, 0, table.rowCount());
}

std::vector<float> rowOf(const RowMatrix& values, Eigen::Index row) {
  return {values.row(row).begin(), values.row(row).end()};
}

TEST(ApproachInputs, SevenInOnePicture) {
  const std::vector<ApproachInput> inputs =
      approachInputs({.table = tableOf(threeRows()), .row = 1, .headOutputs = 4, .seed = 1});

  struct Expected {
    Approach approach;
    bool frozen;
    std::int64_t width, table, trainable, head;
    bool equalsOneHot;
    WhatCanChange change;
  };

  const std::vector<Expected> expected = {
      {Approach::OneHot, true, 3, 0, 0, 16, true, WhatCanChange::HeadOnly},
      {Approach::Identity, true, 3, 9, 0, 16, true, WhatCanChange::HeadOnly},
      {Approach::Identity, false, 3, 9, 9, 16, true, WhatCanChange::TableAndHead},
      {Approach::Random, true, 2, 6, 0, 12, false, WhatCanChange::HeadOnly},
      {Approach::Random, false, 2, 6, 6, 12, false, WhatCanChange::TableAndHead},
      {Approach::Pretrained, true, 2, 6, 0, 12, false, WhatCanChange::HeadOnly},
      {Approach::Pretrained, false, 2, 6, 6, 12, false, WhatCanChange::TableAndHead}};
  ASSERT_EQ(inputs.size(), expected.size());
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    SCOPED_TRACE(i);
    EXPECT_EQ(inputs[i].approach, expected[i].approach);
    EXPECT_EQ(inputs[i].frozen, expected[i].frozen);
    EXPECT_EQ(inputs[i].entering.width, expected[i].width);
    EXPECT_EQ(inputs[i].tableParameters, expected[i].table);
    EXPECT_EQ(inputs[i].trainableParameters, expected[i].trainable);
    EXPECT_EQ(inputs[i].headParameters, expected[i].head);
    EXPECT_EQ(inputs[i].equalsOneHot, expected[i].equalsOneHot);
    EXPECT_EQ(inputs[i].whatCanChange, expected[i].change);
  }
  EXPECT_THAT(inputs[0].entering.numbers, ElementsAre(0, 1, 0));
  EXPECT_EQ(inputs[0].entering.index, 1);
  EXPECT_THAT(inputs[5].entering.numbers, ElementsAre(3, 4));
  EXPECT_EQ(inputs[5].entering.index, std::nullopt);
}

TEST(ApproachInputs, RowsAreThoseThatTrainingStartsFrom) {
  const table::TablePtr table = tableOf(RowMatrix::Zero(9, 5));
  for (const Approach approach : {Approach::Identity, Approach::Random}) {
    for (const std::int64_t row : {0, 4, 8}) {
      const ApproachInput input =
          approachInput({.table = table, .row = row, .seed = 7}, approach, false);
      EXPECT_EQ(input.entering.numbers, rowOf(startOf(*table, approach, 7), row));
    }
  }
}

TEST(ApproachInputs, LongOneHotsStayAnIndex) {
  const table::TablePtr longest = tableOf(RowMatrix::Zero(kMostWrittenNumbers, 1));
  const table::TablePtr longer = tableOf(RowMatrix::Zero(kMostWrittenNumbers + 1, 1));
  for (const Approach approach : {Approach::OneHot, Approach::Identity}) {
    const ApproachInput written = approachInput({.table = longest, .row = 3}, approach, true);
    EXPECT_EQ(std::ranges::count(written.entering.numbers, 0.0F), kMostWrittenNumbers - 1);
    const ApproachInput kept = approachInput({.table = longer, .row = 4096}, approach, true);
    EXPECT_THAT(kept.entering.numbers, IsEmpty());
    EXPECT_EQ(kept.entering.index, 4096);
    EXPECT_EQ(kept.entering.width, kMostWrittenNumbers + 1);
    EXPECT_TRUE(kept.equalsOneHot);
  }
}

TEST(ApproachInputs, EqualsOneHotByBits) {
  const auto equals = [](const RowMatrix& values) {
    return approachInput({.table = tableOf(values), .row = 1}, Approach::Pretrained, true)
        .equalsOneHot;
  };
  EXPECT_TRUE(equals(RowMatrix{{5, 5}, {0, 1}}));  // other rows do not matter
  EXPECT_FALSE(equals(RowMatrix{{1, 0}, {-0.0F, 1}}));
  EXPECT_FALSE(equals(RowMatrix{{0, 1}, {1, 0}}));
  EXPECT_FALSE(equals(RowMatrix{{1, 0, 0}, {0, 1, 0}}));  // wider than the one-hot
}

TEST(ApproachInputs, RefusesWhatDoesNotFit) {
  const table::TablePtr table = tableOf(threeRows());
  EXPECT_THROW(approachInputs({}), base::Error);
  EXPECT_THROW(approachInputs({.table = table, .row = 3}), base::Error);
  EXPECT_THROW(approachInputs({.table = table, .row = -1}), base::Error);
  EXPECT_THROW(approachInputs({.table = table, .headOutputs = 0}), base::Error);
  EXPECT_THROW(
      approachInputs({.table = table, .headOutputs = std::numeric_limits<std::int64_t>::max()}),
      base::Error);
}

}  // namespace
}  // namespace embedscope::explain
