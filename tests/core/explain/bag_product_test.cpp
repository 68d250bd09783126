// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/bag_product.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "tests/core/explain/row_tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <barrier>
#include <bit>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace embedscope::explain {
namespace {

using Json = nlohmann::json;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr float kInf = std::numeric_limits<float>::infinity();
constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

/// 4 × 2, numbers whose sums, halves and quarters float32 holds exactly.
table::TablePtr exactTable() {
  base::RowMatrix values(4, 2);
  values << 1, -2, 3, 4, 5, -6, 8, 0.5F;
  return tableOf(values);
}

BagOptions optionsOf(BagMode mode, std::vector<float> weights = {},
                     std::optional<std::int64_t> paddingRow = {}) {
  return {mode, std::move(weights), paddingRow};
}

std::vector<std::uint32_t> bits(std::span<const float> values) {
  std::vector<std::uint32_t> out;
  for (const float value : values) {
    out.push_back(std::isnan(value) ? 0x7FC00000U : std::bit_cast<std::uint32_t>(value));
  }
  return out;
}

std::vector<float> zeros(const BagProduct& bag) {
  return std::vector<float>(static_cast<std::size_t>(bag.table().dimension()), 0.0F);
}

/// Σ |weight × row| of a column: what a sum's rounding error is a share of.
float magnitude(const BagProduct& bag, std::size_t column) {
  float sum = 0.0F;
  for (const BagProduct::Step& step : bag.steps()) {
    sum += step.leftOut ? 0.0F : std::abs(step.product[column]);
  }
  const auto counted = static_cast<float>(std::max<std::int64_t>(bag.counted(), 1));
  return bag.options().mode == BagMode::Mean ? sum / counted : sum;
}

/// A maximum is to be the same to the last bit.
void expectClose(const BagProduct& bag, const std::vector<float>& numbers,
                 const std::vector<float>& expected) {
  ASSERT_EQ(numbers.size(), expected.size());
  for (std::size_t j = 0; j < expected.size(); ++j) {
    if (bag.options().mode == BagMode::Max || !std::isfinite(expected[j]) || expected[j] == 0.0F) {
      EXPECT_EQ(bits({&numbers[j], 1}), bits({&expected[j], 1})) << "column " << j;
    } else {
      EXPECT_NEAR(numbers[j], expected[j], 1e-6F * magnitude(bag, j)) << "column " << j;
    }
  }
}

/// Every step against a loop that does what the words say.
void expectStepsAddUp(const BagProduct& bag) {
  const std::vector<BagProduct::Step> steps = bag.steps();
  ASSERT_EQ(steps.size(), bag.indices().size());
  std::vector<float> partial = zeros(bag);
  std::int64_t counted = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const std::int64_t row = bag.indices()[i];
    EXPECT_EQ(steps[i].row, row);
    EXPECT_EQ(steps[i].leftOut, row == bag.options().paddingRow);
    EXPECT_EQ(steps[i].weight, bag.options().weights.empty() ? 1 : bag.options().weights[i]);
    EXPECT_EQ(steps[i].product.size(), steps[i].leftOut ? 0U : partial.size());
    for (std::size_t j = 0; j < steps[i].product.size(); ++j) {
      const float term = steps[i].weight * bag.table().row(row)[j];
      EXPECT_EQ(bits({&steps[i].product[j], 1}), bits({&term, 1}));
      if (bag.options().mode != BagMode::Max) {
        partial[j] += term;
      } else {
        partial[j] = counted == 0 || term > partial[j] ? term : partial[j];
      }
    }
    counted += steps[i].leftOut ? 0 : 1;
    EXPECT_EQ(bits(steps[i].partial), bits(partial)) << "step " << i;
  }
  EXPECT_EQ(bag.counted(), counted);
  if (bag.options().mode == BagMode::Mean && counted > 0) {
    for (float& number : partial) {
      number /= static_cast<float>(counted);
    }
  }
  EXPECT_EQ(bits(bag.result()), bits(partial));
}

/// The dense product against a loop over all rows, and close to the result.
void expectProductIsResult(const BagProduct& bag) {
  std::vector<float> sum = zeros(bag);
  for (std::int64_t row = 0; row < bag.table().rowCount(); ++row) {
    float coefficient = 0.0F;
    for (const BagProduct::Coefficient& each : bag.multiHot()) {
      coefficient += each.row == row ? each.coefficient : 0.0F;
    }
    for (std::size_t j = 0; j < sum.size(); ++j) {
      const volatile float term = coefficient * bag.table().row(row)[j];
      sum[j] += term;
    }
  }
  ASSERT_TRUE(bag.product().has_value());
  EXPECT_EQ(bits(*bag.product()), bits(sum));
  EXPECT_EQ(bag.bitEqual(), bits(sum) == bits(bag.result()));
  if (std::ranges::all_of(sum, [](float number) { return std::isfinite(number); })) {
    float largest = 0.0F;
    for (std::size_t j = 0; j < sum.size(); ++j) {
      EXPECT_NEAR(sum[j], bag.result()[j], 1e-6F * magnitude(bag, j));
      largest = std::max(largest, std::abs(sum[j] - bag.result()[j]));
    }
    EXPECT_EQ(bag.largestDifference(), largest);
  }
}

float numberOf(const Json& value) {
  return value.is_string() ? std::stof(value.get<std::string>()) : value.get<float>();
}

std::vector<float> numbersOf(const Json& values) {
  std::vector<float> numbers;
  std::ranges::transform(values, std::back_inserter(numbers), numberOf);
  return numbers;
}

table::TablePtr writtenTable(const Json& table) {
  const std::vector<float> numbers = numbersOf(table.at("values"));
  const Eigen::Index d = table.at("dimension");
  const auto rows = static_cast<Eigen::Index>(numbers.size()) / d;
  return tableOf(base::RowMatrix(Eigen::Map<const base::RowMatrix>(numbers.data(), rows, d)));
}

BagProduct bagOf(const table::TablePtr& table, const Json& given) {
  BagOptions options;
  options.mode = given.at("mode") == "sum"    ? BagMode::Sum
                 : given.at("mode") == "mean" ? BagMode::Mean
                                              : BagMode::Max;
  if (given.contains("weights")) {
    options.weights = numbersOf(given.at("weights"));
  }
  if (given.contains("paddingRow")) {
    options.paddingRow = given.at("paddingRow").get<std::int64_t>();
  }
  return {table, given.at("rows").get<std::vector<std::int64_t>>(), options};
}

TEST(BagProduct, GivesTheNumbersOfPyTorch) {
  std::ifstream in(EMBEDSCOPE_REFERENCE_DIR "/explain/bags.json");
  const auto reference = Json::parse(in);
  std::vector<table::TablePtr> tables;
  for (const Json& table : reference.at("tables")) {
    tables.push_back(writtenTable(table));
  }
  ASSERT_GE(reference.at("cases").size(), 60U);
  for (const Json& given : reference.at("cases")) {
    SCOPED_TRACE(given.dump());
    const BagProduct bag = bagOf(tables.at(given.at("table").get<std::size_t>()), given);
    expectClose(bag, bag.result(), numbersOf(given.at("expected")));
    expectStepsAddUp(bag);
    if (bag.options().mode != BagMode::Max) {
      expectProductIsResult(bag);
    }
  }
}

TEST(BagProduct, WeightsOfRepeatedRowsAddUp) {
  const BagProduct bag(exactTable(), {3, 1, 3, 0},
                       optionsOf(BagMode::Sum, {0.5F, 2.0F, 0.25F, -1.0F}));
  using Coefficient = BagProduct::Coefficient;
  EXPECT_THAT(bag.multiHot(),
              ElementsAre(Coefficient{0, -1}, Coefficient{1, 2}, Coefficient{3, 0.75F}));
  EXPECT_THAT(bag.result(), ElementsAre(11, 10.375F));
  EXPECT_EQ(bag.product(), bag.result());
  EXPECT_TRUE(bag.bitEqual());
  EXPECT_EQ(bag.largestDifference(), 0.0F);
  EXPECT_EQ(bag.multiplications(), 8);
  EXPECT_EQ(bag.copies(), 8);
  const std::vector<BagProduct::Step> steps = bag.steps();
  EXPECT_THAT(steps[2].product, ElementsAre(2, 0.125F));
  EXPECT_THAT(steps[2].partial, ElementsAre(12, 8.375F));
}

TEST(BagProduct, WeightsMayAddUpToZero) {
  const BagProduct bag(exactTable(), {1, 1}, optionsOf(BagMode::Sum, {1.0F, -1.0F}));
  EXPECT_THAT(bag.multiHot(), ElementsAre(BagProduct::Coefficient{1, 0}));
  EXPECT_THAT(bag.result(), ElementsAre(0, 0));
  EXPECT_TRUE(bag.bitEqual());
}

TEST(BagProduct, PaddingIsNeitherAddedNorCounted) {
  const BagProduct bag(exactTable(), {2, 1, 0, 2, 1, 3}, optionsOf(BagMode::Mean, {}, 2));
  using Coefficient = BagProduct::Coefficient;
  EXPECT_EQ(bag.counted(), 4);
  EXPECT_THAT(bag.multiHot(),
              ElementsAre(Coefficient{0, 0.25F}, Coefficient{1, 0.5F}, Coefficient{3, 0.25F}));
  EXPECT_THAT(bag.result(), ElementsAre(3.75F, 1.625F));
  EXPECT_TRUE(bag.bitEqual());
  EXPECT_EQ(bag.copies(), 8);
  const std::vector<BagProduct::Step> steps = bag.steps();
  EXPECT_TRUE(steps[0].leftOut);
  EXPECT_THAT(steps[0].product, IsEmpty());
  EXPECT_THAT(steps[0].partial, ElementsAre(0, 0));
  EXPECT_THAT(steps[3].partial, ElementsAre(4, 2));
  EXPECT_THAT(steps[5].partial, ElementsAre(15, 6.5F));
}

TEST(BagProduct, AMaximumHasNoProduct) {
  const BagProduct bag(exactTable(), {0, 2, 0}, optionsOf(BagMode::Max));
  using Coefficient = BagProduct::Coefficient;
  EXPECT_THAT(bag.result(), ElementsAre(5, -2));
  EXPECT_THAT(bag.multiHot(), ElementsAre(Coefficient{0, 1}, Coefficient{2, 1}));
  EXPECT_EQ(bag.product(), std::nullopt);
  EXPECT_EQ(bag.largestDifference(), std::nullopt);
  EXPECT_FALSE(bag.bitEqual());
  EXPECT_EQ(bag.multiplications(), 0);
  EXPECT_EQ(bag.copies(), 6);
}

TEST(BagProduct, NothingAndPaddingAloneGiveZeros) {
  for (const BagMode mode : {BagMode::Sum, BagMode::Mean, BagMode::Max}) {
    for (const std::vector<std::int64_t>& rows : {std::vector<std::int64_t>{}, {1}, {1, 1}}) {
      const BagProduct bag(exactTable(), rows, optionsOf(mode, {}, 1));
      EXPECT_THAT(bag.result(), ElementsAre(0, 0));
      EXPECT_EQ(bag.counted(), 0);
      EXPECT_EQ(bag.copies(), 0);
      EXPECT_THAT(bag.multiHot(), IsEmpty());
      EXPECT_EQ(bag.bitEqual(), mode != BagMode::Max);
      expectStepsAddUp(bag);
    }
  }
}

TEST(BagProduct, OrderOfAdditionShows) {
  base::RowMatrix values(3, 1);
  values << 1e8F, 1.0F, -1e8F;
  const BagProduct bag(tableOf(values), {0, 2, 1}, optionsOf(BagMode::Sum));
  EXPECT_THAT(bag.result(), ElementsAre(1));
  EXPECT_THAT(bag.product(), testing::Optional(ElementsAre(0)));
  EXPECT_FALSE(bag.bitEqual());
  EXPECT_EQ(bag.largestDifference(), 1.0F);
}

TEST(BagProduct, NotANumberElsewhereSpoilsTheProductAlone) {
  base::RowMatrix values(3, 3);
  values << 1, 2, 3, kNaN, kInf, 4, 5, 6, 7;
  const BagProduct bag(tableOf(values), {2, 0}, optionsOf(BagMode::Sum));
  EXPECT_THAT(bag.result(), ElementsAre(6, 8, 10));
  EXPECT_TRUE(std::isnan(bag.product()->at(0)));
  EXPECT_TRUE(std::isnan(bag.product()->at(1)));
  EXPECT_EQ(bag.product()->at(2), 10);
  EXPECT_FALSE(bag.bitEqual());
  EXPECT_TRUE(std::isnan(*bag.largestDifference()));
}

TEST(BagProduct, NotANumberInTheBagIsInBoth) {
  base::RowMatrix values(2, 3);
  values << kNaN, kInf, 1, 2, 3, 4;
  const BagProduct bag(tableOf(values), {0, 1}, optionsOf(BagMode::Mean));
  EXPECT_EQ(bits(bag.result()), bits(*bag.product()));
  EXPECT_TRUE(std::isnan(bag.result()[0]));
  EXPECT_EQ(bag.result()[1], kInf);
  EXPECT_EQ(bag.largestDifference(), 0.0F);
}

TEST(BagProduct, NotANumberOfPaddingIsLeftOutOfTheResult) {
  base::RowMatrix values(2, 1);
  values << kNaN, 2;
  const BagProduct bag(tableOf(values), {0, 1}, optionsOf(BagMode::Sum, {kNaN, 3.0F}, 0));
  EXPECT_THAT(bag.result(), ElementsAre(6));
  EXPECT_TRUE(std::isnan(bag.product()->at(0)));
}

TEST(BagProduct, ATableWithoutRowsHasTheEmptyBag) {
  const BagProduct bag(tableOf(base::RowMatrix(0, 3)), {}, optionsOf(BagMode::Sum));
  EXPECT_THAT(bag.result(), ElementsAre(0, 0, 0));
  EXPECT_TRUE(bag.bitEqual());
}

template <typename... Arguments>
void expectRefused(const std::string& sentence, Arguments... arguments) {
  try {
    const BagProduct bag(exactTable(), arguments...);
    FAIL() << "no error, but expected: " << sentence;
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), base::ErrorCode::InvalidArgument);
    EXPECT_THAT(error.sentence(), testing::HasSubstr(sentence));
  }
}

TEST(BagProduct, RefusesWhatDoesNotFit) {
  using Rows = std::vector<std::int64_t>;
  expectRefused("no row 4 in a table of 4 rows", Rows{0, 4});
  expectRefused("no row -1", Rows{-1});
  expectRefused("no row 4 for padding", Rows{0}, optionsOf(BagMode::Sum, {}, 4));
  expectRefused("no row -1 for padding", Rows{}, optionsOf(BagMode::Max, {}, -1));
  expectRefused("1 weights for 2 rows", Rows{0, 1}, optionsOf(BagMode::Sum, {1.0F}));
  expectRefused("1 weights for 0 rows", Rows{}, optionsOf(BagMode::Sum, {1.0F}));
  expectRefused("only a sum", Rows{0}, optionsOf(BagMode::Mean, {1.0F}));
  expectRefused("only a sum", Rows{0}, optionsOf(BagMode::Max, {1.0F}));
}

TEST(BagProduct, ThreadsMultiplyOnceAndCopiesShare) {
  constexpr int kThreads = 4;
  base::RandomStream random(7, 0);
  base::RowMatrix values(2000, 16);
  for (Eigen::Index i = 0; i < values.size(); ++i) {
    values.data()[i] = static_cast<float>(random.normal());
  }
  const BagProduct bag(tableOf(values), {5, 1999, 5, 70});
  std::vector<const float*> seen(kThreads);
  {
    std::barrier start(kThreads);
    std::vector<std::jthread> threads;
    for (std::size_t t = 0; t < kThreads; ++t) {
      threads.emplace_back([&, copy = bag, t] {
        start.arrive_and_wait();
        seen[t] = copy.product()->data();
      });
    }
  }
  EXPECT_THAT(seen, testing::Each(bag.product()->data()));
  expectProductIsResult(bag);
}

}  // namespace
}  // namespace embedscope::explain
