// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/certified_search.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/neighbors/rounded_kernels.h"
#include "core/neighbors/row_rounding.h"
#include "tests/core/neighbors/table_of_rows.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace embedscope::neighbors {
namespace {

using base::RowMatrix;

constexpr float kInf = std::numeric_limits<float>::infinity();
constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
constexpr std::array kRoundedMetrics = {Metric::Cosine, Metric::Dot, Metric::Euclidean};

RowMatrix normalRows(Eigen::Index n, Eigen::Index d, std::uint64_t seed) {
  base::RandomStream random(seed, 0);
  RowMatrix rows(n, d);
  for (Eigen::Index row = 0; row < n; ++row) {
    for (Eigen::Index j = 0; j < d; ++j) {
      rows(row, j) = static_cast<float>(random.normal());
    }
  }
  return rows;
}

/// Rows that a search may stumble over, between ordinary ones.
RowMatrix nastyRows(Eigen::Index n, Eigen::Index d) {
  RowMatrix rows = normalRows(n, d, 5);
  base::RandomStream random(6, 0);
  for (Eigen::Index row = 0; row < n; ++row) {
    switch (random.below(40)) {
      case 0:
        rows.row(row).setZero();
        break;
      case 1:
        rows(row, random.below(static_cast<std::uint32_t>(d))) = kNaN;
        break;
      case 2:
        rows(row, random.below(static_cast<std::uint32_t>(d))) = random.below(2) ? kInf : -kInf;
        break;
      case 3:
        rows.row(row) *= 1e30F;
        break;
      case 4:
        rows.row(row) *= 1e-30F;
        break;
      case 5:
        rows.row(row) *= 1e-41F;
        break;
      case 6:
        rows.row(row) *= 7e37F;
        break;
      case 7:
        rows.row(row) = rows.row(random.below(static_cast<std::uint32_t>(row) + 1));
        break;
      default:
        break;
    }
  }
  return rows;
}

/// What both ways answer, which must be the same.
void expectEqualAnswers(const table::TablePtr& table, std::int64_t queries,
                        std::initializer_list<std::int64_t> counts) {
  const std::shared_ptr<const RoundedRows> rounded = RoundedRows::of(*table);
  for (const Metric metric : kRoundedMetrics) {
    const ExactIndex plain(table, metric);
    const ExactIndex quick(table, metric, rounded);
    for (std::int64_t row = 0; row < queries; ++row) {
      if (!table->values().row(row).allFinite()) {
        continue;
      }
      for (const std::int64_t k : counts) {
        EXPECT_EQ(quick.nearestOfRow(row, k), plain.nearestOfRow(row, k))
            << metricName(metric) << " row " << row << " k " << k;
      }
    }
  }
}

/// Whether the rounded rows alone told enough: otherwise a test of them tests nothing.
bool isCertified(const table::TablePtr& table, Metric metric, std::int64_t row, std::int64_t k) {
  const ExactIndex index(table, metric);
  return certifiedNearest(index, *RoundedRows::of(*table), index.prepared(table->row(row)), k, {},
                          {})
      .has_value();
}

TEST(CertifiedSearch, AnswersAsAFullPass) {
  const table::TablePtr table = tableOf(normalRows(3000, 40, 1));
  for (const Metric metric : kRoundedMetrics) {
    EXPECT_TRUE(isCertified(table, metric, 7, 10)) << metricName(metric);
    EXPECT_TRUE(isCertified(table, metric, 7, 100)) << metricName(metric);
  }
  expectEqualAnswers(table, 40, {1, 10, 100, 375, 2999, 4000});
}

TEST(CertifiedSearch, DimensionsOfEveryRemainder) {
  for (Eigen::Index d = 1; d <= 70; ++d) {
    expectEqualAnswers(tableOf(normalRows(400, d, 2)), 3, {1, 7});
  }
}

TEST(CertifiedSearch, RowsFarFromZeroKeepTheirDifferences) {
  RowMatrix rows = normalRows(3000, 40, 3);
  rows.rowwise() += Eigen::RowVectorXf::Constant(40, 1000);
  const table::TablePtr table = tableOf(rows);
  EXPECT_TRUE(isCertified(table, Metric::Euclidean, 7, 10));
  EXPECT_TRUE(isCertified(table, Metric::Dot, 7, 10));
  expectEqualAnswers(table, 20, {1, 10, 100});
}

TEST(CertifiedSearch, NastyRows) {
  EXPECT_TRUE(isCertified(tableOf(nastyRows(1500, 24)), Metric::Cosine, 0, 5));
  expectEqualAnswers(tableOf(nastyRows(1500, 24)), 200, {1, 5, 100, 187});
  expectEqualAnswers(tableOf(nastyRows(700, 3)), 100, {1, 5, 80});
}

TEST(CertifiedSearch, ProductsBeyondFloatTieAsInAFullPass) {
  RowMatrix rows = normalRows(2000, 8, 9);
  for (Eigen::Index row = 0; row < rows.rows(); row += 10) {
    rows.row(row) *= 3e37F;
  }
  expectEqualAnswers(tableOf(rows), 41, {1, 5, 50, 150});
}

TEST(CertifiedSearch, TiesAtTheLastPlace) {
  RowMatrix rows(4000, 6);
  base::RandomStream random(8, 0);
  for (Eigen::Index row = 0; row < rows.rows(); ++row) {
    for (Eigen::Index j = 0; j < rows.cols(); ++j) {
      rows(row, j) = static_cast<float>(random.below(5)) - 2;
    }
  }
  const table::TablePtr table = tableOf(rows);
  EXPECT_TRUE(isCertified(table, Metric::Euclidean, 7, 10));
  expectEqualAnswers(table, 60, {1, 3, 10, 50});
}

TEST(CertifiedSearch, ScalesOfRowsMayDiffer) {
  RowMatrix rows = normalRows(3000, 30, 4);
  base::RandomStream random(3, 0);
  for (Eigen::Index row = 0; row < rows.rows(); ++row) {
    rows.row(row) *= static_cast<float>(std::exp(3 * random.normal()));
  }
  const table::TablePtr table = tableOf(rows);
  EXPECT_TRUE(isCertified(table, Metric::Cosine, 7, 10));
  expectEqualAnswers(table, 30, {1, 10, 100});
}

TEST(CertifiedSearch, LeavesOutWhatItIsTold) {
  const table::TablePtr table = tableOf(normalRows(2000, 16, 7));
  const ExactIndex plain(table, Metric::Cosine);
  const ExactIndex quick(table, Metric::Cosine, RoundedRows::of(*table));
  std::vector<std::int64_t> exclude;
  for (const Neighbor& neighbor : plain.nearest(table->row(5), 30)) {
    exclude.push_back(neighbor.row);
  }
  EXPECT_EQ(quick.nearest(table->row(5), 10, exclude), plain.nearest(table->row(5), 10, exclude));
}

TEST(CertifiedSearch, ThreadCountsGiveEqualBits) {
  const table::TablePtr table = tableOf(normalRows(20'000, 20, 11));
  base::setThreadCount(1);
  const auto one = ExactIndex(table, Metric::Dot, RoundedRows::of(*table)).nearestOfRow(3, 50);
  for (const int threads : {2, 7}) {
    base::setThreadCount(threads);
    EXPECT_EQ(ExactIndex(table, Metric::Dot, RoundedRows::of(*table)).nearestOfRow(3, 50), one);
  }
  base::setThreadCount(0);
}

TEST(CertifiedSearch, StopsAndRefuses) {
  const table::TablePtr table = tableOf(normalRows(2000, 16, 7));
  std::stop_source stop;
  stop.request_stop();
  const base::TaskContext stopped(stop.get_token(), {});
  EXPECT_EQ(RoundedRows::of(*table, stopped), nullptr);
  const ExactIndex index(table, Metric::Cosine, RoundedRows::of(*table));
  EXPECT_TRUE(index.nearestOfRow(0, 5, stopped).empty());
  EXPECT_THROW(RoundedRows::of(*tableOf(RowMatrix::Zero(1, 100'001))), base::Error);
}

TEST(RoundedRows, LoseNoMoreThanTheySay) {
  const table::TablePtr table = tableOf(nastyRows(800, 19));
  const std::shared_ptr<const RoundedRows> rounded = RoundedRows::of(*table);
  ASSERT_EQ(rounded->count(), 800);
  EXPECT_EQ(rounded->stride(), 32U);
  EXPECT_EQ(RoundedRows::bytesFor(*table), 800 * (32 + 20));
  for (std::int64_t row = 0; row < rounded->count(); ++row) {
    const auto at = static_cast<std::size_t>(row);
    if (!table->values().row(row).allFinite()) {
      EXPECT_TRUE(std::isnan(rounded->errors()[at]));
      continue;
    }
    double lost = 0;
    std::int64_t squares = 0;
    for (std::size_t j = 0; j < 19; ++j) {
      const int kept = rounded->row(row)[j];
      const double near = static_cast<double>(rounded->centre()[j]) +
                          static_cast<double>(rounded->scales()[at]) * kept;
      lost += std::pow(static_cast<double>(table->row(row)[j]) - near, 2);
      squares += kept * kept;
    }
    EXPECT_LE(std::sqrt(lost), static_cast<double>(rounded->errors()[at])) << row;
    EXPECT_EQ(squares, rounded->squares()[at]);
    EXPECT_LE(static_cast<double>(rounded->scales()[at]) * std::sqrt(static_cast<double>(squares)),
              static_cast<double>(rounded->lengths()[at]));
  }
}

TEST(RoundedRows, HaveTheSameBitsByAllInstructions) {
  const RowMatrix rows = nastyRows(400, 300);
  const std::vector<float> centre(rows.row(1).data(), rows.row(1).data() + 300);
  for (std::size_t size = 1; size <= 300; size += size < 40 ? 1 : 37) {
    for (Eigen::Index row = 0; row < rows.rows(); ++row) {
      std::vector<std::int8_t> first(size);
      const RowRounding expected =
          rowRoundings().back()({rows.row(row).data(), size}, centre, first.data());
      for (const RoundRow& rounded : rowRoundings()) {
        std::vector<std::int8_t> out(size);
        EXPECT_EQ(rounded({rows.row(row).data(), size}, centre, out.data()), expected);
        EXPECT_EQ(out, first);
      }
    }
  }
}

TEST(RoundedRows, OfAPartAreThoseOfTheWhole) {
  const table::TablePtr table = tableOf(nastyRows(300, 21));
  const std::shared_ptr<const RoundedRows> whole = RoundedRows::of(*table);
  const RoundedRows part(*table, RoundedRows::centreOf(*table), 70, 100);
  ASSERT_EQ(part.count(), 100);
  EXPECT_EQ(part.centre(), whole->centre());
  for (std::int64_t row = 0; row < part.count(); ++row) {
    const auto at = static_cast<std::size_t>(row);
    EXPECT_TRUE(std::equal(part.row(row), part.row(row) + part.stride(), whole->row(70 + row)));
    EXPECT_EQ(part.scales()[at], whole->scales()[at + 70]);
    EXPECT_EQ(std::isnan(part.errors()[at]), std::isnan(whole->errors()[at + 70]));
    EXPECT_FALSE(part.errors()[at] != whole->errors()[at + 70] && !std::isnan(part.errors()[at]));
  }
}

TEST(RoundedKernels, AreExactSums) {
  base::RandomStream random(1, 1);
  for (std::size_t size = kRoundedStep; size <= 160; size += kRoundedStep) {
    std::vector<std::int8_t> rows(3 * size);
    std::vector<std::int16_t> query(size);
    for (std::int8_t& value : rows) {
      value = static_cast<std::int8_t>(static_cast<int>(random.below(255)) - 127);
    }
    for (std::int16_t& value : query) {
      value = static_cast<std::int16_t>(static_cast<int>(random.below(65'535)) - 32'767);
    }
    for (const RoundedKernels& kernels : roundedKernels()) {
      std::array<std::int32_t, 3> products{};
      kernels.products(rows.data(), 3, size, query.data(), products.data());
      for (std::size_t row = 0; row < 3; ++row) {
        std::int64_t sum = 0;
        std::int64_t withFirst = 0;
        for (std::size_t i = 0; i < size; ++i) {
          sum += std::int64_t{rows[row * size + i]} * query[i];
          withFirst += std::int64_t{rows[row * size + i]} * rows[i];
        }
        EXPECT_EQ(products[row], sum) << size;
        EXPECT_EQ(kernels.product(rows.data() + row * size, rows.data(), size), withFirst) << size;
      }
    }
  }
}

}  // namespace
}  // namespace embedscope::neighbors
