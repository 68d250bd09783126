// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/product_timing.h"

#include <gtest/gtest.h>

#include <stop_token>

namespace embedscope::explain {
namespace {

TEST(ProductTiming, TimesTablesOfTenRowsToTheLimit) {
  const auto timings = timeProducts(3, 1000, 1'000'000, base::TaskContext());
  ASSERT_TRUE(timings);
  ASSERT_EQ(timings->size(), 3U);
  std::int64_t rows = 10;
  for (const ProductTiming& timing : *timings) {
    EXPECT_EQ(timing.rows, rows);
    EXPECT_GT(timing.productSeconds, 0);
    EXPECT_GT(timing.lookupSeconds, 0);
    rows *= 10;
  }
}

TEST(ProductTiming, LeavesOutTablesThatAreTooLarge) {
  EXPECT_EQ(timeProducts(50, 1000, 6000, base::TaskContext())->size(), 2U);
}

TEST(ProductTiming, Stops) {
  std::stop_source source;
  source.request_stop();
  EXPECT_FALSE(timeProducts(3, 1000, 1'000'000, base::TaskContext(source.get_token(), {})));
}

}  // namespace
}  // namespace embedscope::explain
