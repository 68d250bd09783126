// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/row_order.h"

#include "core/base/parallel.h"
#include "core/base/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <string>
#include <tuple>

namespace embedscope::table {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

RowOrder byText(const std::vector<std::string>& texts, Sorting sorting) {
  return orderByText(
             std::ssize(texts),
             [&](std::int64_t row) {
               return std::string_view(texts[static_cast<std::size_t>(row)]);
             },
             sorting)
      .value();
}

TEST(OrderByNumbers, PutsRowsWithoutOneLast) {
  const std::vector<double> keys{3, kNaN, -1, -0.0, kInfinity, 0, -kInfinity, -2.5, kNaN};
  EXPECT_EQ(orderByNumbers(keys, Sorting::Rising), (RowOrder{6, 7, 2, 3, 5, 0, 4, 1, 8}));
  EXPECT_EQ(orderByNumbers(keys, Sorting::Falling), (RowOrder{4, 0, 3, 5, 2, 7, 6, 1, 8}));
  EXPECT_EQ(orderByNumbers({}, Sorting::Rising), RowOrder());
}

TEST(OrderByText, KnowsNoCaseAndPutsEmptyOnesLast) {
  const std::vector<std::string> texts{"b",     "",        "A",      "a", "Ärger",
                                       "ärger", "STRASSE", "straße", ""};
  EXPECT_EQ(byText(texts, Sorting::Rising), (RowOrder{2, 3, 0, 6, 7, 4, 5, 1, 8}));
  EXPECT_EQ(byText(texts, Sorting::Falling), (RowOrder{4, 5, 6, 7, 0, 2, 3, 1, 8}));
}

TEST(OrderByText, LooksBeyondTheFirstBytes) {
  const std::string high(9, '\xFF');
  const std::vector<std::string> texts{
      "embedding 2",          "embedding 10",      high, "embeddin", "",
      std::string("\0\0", 2), std::string("\0", 1)};
  EXPECT_EQ(byText(texts, Sorting::Rising), (RowOrder{6, 5, 3, 1, 0, 2, 4}));
  EXPECT_EQ(byText(texts, Sorting::Falling), (RowOrder{2, 0, 1, 3, 5, 6, 4}));
}

/// Many pieces that have to be merged, with many equal keys.
TEST(RowOrders, AreThoseOfAStableSortForAnyThreadCount) {
  constexpr std::int64_t kRows = 150'000;
  base::RandomStream random(4, 0);
  std::vector<double> keys(kRows);
  std::vector<std::string> texts(kRows);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    keys[i] = std::floor(random.uniform(0, 5000));
    texts[i] = "label " + std::to_string(static_cast<int>(keys[i]));
  }
  RowOrder byKey(kRows);
  std::iota(byKey.begin(), byKey.end(), 0);
  RowOrder byLabel = byKey;
  const auto place = [](std::int64_t row) { return static_cast<std::size_t>(row); };
  std::ranges::stable_sort(byKey, [&](auto a, auto b) { return keys[place(a)] > keys[place(b)]; });
  std::ranges::stable_sort(byLabel,
                           [&](auto a, auto b) { return texts[place(a)] < texts[place(b)]; });
  for (const int threads : {1, 2, 7}) {
    base::setThreadCount(threads);
    EXPECT_EQ(orderByNumbers(keys, Sorting::Falling), byKey) << threads;
    EXPECT_EQ(byText(texts, Sorting::Rising), byLabel) << threads;
  }
  base::setThreadCount(0);
}

TEST(RowOrders, StopWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  const base::TaskContext context(stop.get_token(), {});
  const std::vector<double> keys(100);
  EXPECT_EQ(orderByNumbers(keys, Sorting::Rising, context), std::nullopt);
  EXPECT_EQ(orderByText(
                100, [](std::int64_t) { return std::string_view("a"); }, Sorting::Rising, context),
            std::nullopt);
}

}  // namespace
}  // namespace embedscope::table
