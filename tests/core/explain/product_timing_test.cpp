// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/product_timing.h"

#include "tests/support/tiny_tables.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <stop_token>
#include <vector>

namespace embedscope::explain {
namespace {

TEST(ProductTiming, TimesTheTableAmongThoseOfTenRowsToTheLimit) {
  const auto timings =
      timeProducts(tests::randomTable(25, 3), 1000, 1'000'000, base::TaskContext());
  ASSERT_TRUE(timings);
  std::vector<std::int64_t> rows;
  for (const ProductTiming& timing : *timings) {
    rows.push_back(timing.rows);
    EXPECT_GT(timing.productSeconds, 0);
    EXPECT_GT(timing.lookupSeconds, 0);
  }
  EXPECT_EQ(rows, (std::vector<std::int64_t>{10, 25, 100, 1000}));
}

TEST(ProductTiming, LeavesOutTablesThatAreTooLarge) {
  EXPECT_EQ(timeProducts(tests::randomTable(100, 50), 1000, 6000, base::TaskContext())->size(), 2U);
}

TEST(ProductTiming, Stops) {
  std::stop_source source;
  source.request_stop();
  EXPECT_FALSE(timeProducts(tests::randomTable(2, 3), 1000, 1'000'000,
                            base::TaskContext(source.get_token(), {})));
}

}  // namespace
}  // namespace embedscope::explain
