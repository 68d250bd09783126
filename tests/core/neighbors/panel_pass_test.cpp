// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/panel_pass.h"

#include "core/base/random.h"
#include "core/neighbors/panel_kernels.h"
#include "core/neighbors/panel_queries.h"
#include "core/neighbors/row_panels.h"
#include "tests/core/neighbors/table_of_rows.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

namespace embedscope::neighbors {
namespace {

using base::RowMatrix;

constexpr std::array kMetrics = {Metric::Cosine, Metric::Dot, Metric::Euclidean};
constexpr float kInf = std::numeric_limits<float>::infinity();

/// Numbers and facts of a panel, and queries for it; every sum is a whole number that float32
/// holds.
struct Drawn {
  Drawn(std::size_t dimension, std::size_t queries, int largest, bool isExtreme)
      : size((dimension + kPanelStep - 1) / kPanelStep * kPanelStep),
        lines(size / kPanelStep),
        rows(kPanelRows * size),
        values(queries * size),
        asked(queries) {
    base::RandomStream random(dimension, queries);
    const auto number = [&](int reach) {
      const auto drawn = static_cast<int>(random.below(static_cast<std::uint32_t>(2 * reach + 1)));
      return static_cast<std::int8_t>(isExtreme ? (drawn % 2 == 0 ? reach : -reach)
                                                : drawn - reach);
    };
    for (std::size_t r = 0; r < kPanelRows; ++r) {
      for (std::size_t i = 0; i < dimension; ++i) {
        rows[r * size + i] = number(127);
      }
      for (std::size_t i = 0; i < size; ++i) {
        lines[i / kPanelStep].numbers[r * kPanelStep + i % kPanelStep] =
            static_cast<std::uint8_t>(128 + rows[r * size + i]);
      }
      facts.factor.values[r] = static_cast<float>(random.below(2)) + 1;
      for (PanelColumn& column : facts.terms) {
        column.values[r] = static_cast<float>(random.below(9));
      }
    }
    for (std::size_t q = 0; q < queries; ++q) {
      for (std::size_t i = 0; i < dimension; ++i) {
        values[q * size + i] = number(largest);
        asked[q].start -= 128 * values[q * size + i];
      }
      for (float& term : asked[q].terms) {
        term = static_cast<float>(random.below(9)) - 4;
      }
    }
  }

  double sum(std::size_t q, std::size_t r) const {
    std::int64_t product = 0;
    for (std::size_t i = 0; i < size; ++i) {
      product += std::int64_t{rows[r * size + i]} * values[q * size + i];
    }
    double sum = static_cast<double>(product) * static_cast<double>(facts.factor.values[r]);
    for (std::size_t t = 0; t < kPanelTerms; ++t) {
      sum += static_cast<double>(facts.terms[t].values[r]) * static_cast<double>(asked[q].terms[t]);
    }
    return sum;
  }

  std::size_t size;
  std::vector<PanelLine> lines;
  std::vector<std::int8_t> rows;
  PanelFacts facts;
  std::vector<std::int8_t> values;
  std::vector<PanelQuery> asked;
};

TEST(PanelKernels, AreExactSums) {
  for (const PanelKernel& kernel : panelKernels()) {
    for (const std::size_t dimension : {1U, 3U, 4U, 63U, 64U, 65U, 300U}) {
      for (std::size_t queries = 1; queries <= 9; ++queries) {
        Drawn drawn(dimension, queries, kernel.largest, queries % 2 == 0);
        for (std::size_t q = 0; q < queries; ++q) {
          // A limit that one row just reaches.
          drawn.asked[q].limit = static_cast<float>(drawn.sum(q, q * 7));
        }
        std::vector<std::uint64_t> reached(queries);
        kernel.reaching(drawn.lines, drawn.facts, drawn.values.data(), drawn.asked, reached.data());
        for (std::size_t q = 0; q < queries; ++q) {
          for (std::size_t r = 0; r < kPanelRows; ++r) {
            EXPECT_EQ((reached[q] >> r & 1) != 0,
                      drawn.sum(q, r) >= static_cast<double>(drawn.asked[q].limit))
                << dimension << ' ' << q << ' ' << r;
          }
        }
      }
    }
  }
}

TEST(PanelKernels, HoldTheLongestSums) {
  for (const PanelKernel& kernel : panelKernels()) {
    Drawn drawn(RoundedRows::kMostDimensions, 1, kernel.largest, true);
    std::fill(drawn.values.begin(), drawn.values.end(), static_cast<std::int8_t>(kernel.largest));
    drawn.asked[0].start = -128 * kernel.largest * static_cast<int>(RoundedRows::kMostDimensions);
    for (PanelLine& line : drawn.lines) {
      for (std::size_t i = 0; i < line.numbers.size(); ++i) {
        line.numbers[i] = i / kPanelStep % 2 == 0 ? 255 : 1;
      }
    }
    drawn.facts = {};
    drawn.facts.factor.values.fill(1);
    drawn.asked[0].limit =
        static_cast<float>(127.0 * kernel.largest * 0.999 * RoundedRows::kMostDimensions);
    std::uint64_t reached = 0;
    kernel.reaching(drawn.lines, drawn.facts, drawn.values.data(), drawn.asked, &reached);
    EXPECT_EQ(reached, 0x5555555555555555U);
    drawn.asked[0].limit = -drawn.asked[0].limit / 0.998F;
    kernel.reaching(drawn.lines, drawn.facts, drawn.values.data(), drawn.asked, &reached);
    EXPECT_EQ(reached, ~std::uint64_t{0});
  }
}

/// Rows of very different lengths, some of which no float can judge, around a point off zero.
RowMatrix mixedRows(Eigen::Index n, Eigen::Index d, std::uint64_t seed, float offset) {
  base::RandomStream random(seed, 0);
  RowMatrix rows(n, d);
  for (Eigen::Index row = 0; row < n; ++row) {
    for (Eigen::Index j = 0; j < d; ++j) {
      rows(row, j) = static_cast<float>(random.normal()) + offset;
    }
    switch (random.below(12)) {
      case 0:
        rows.row(row).setZero();
        break;
      case 1:
        rows(row, 0) = random.below(2) ? kInf : std::numeric_limits<float>::quiet_NaN();
        break;
      case 2:
        rows.row(row) *= std::pow(10.0F, static_cast<float>(random.uniform(-44, 37)));
        break;
      case 3:
        rows.row(row) *= std::pow(10.0F, static_cast<float>(random.uniform(-3, 3)));
        break;
      case 4:
        rows.row(row) = rows.row(random.below(static_cast<std::uint32_t>(row) + 1));
        break;
      default:
        break;
    }
  }
  return rows;
}

std::vector<std::optional<RoundedQuery>> roundedQueries(const ExactIndex& index,
                                                        const RoundedRows& rows,
                                                        std::int64_t count) {
  std::vector<std::optional<RoundedQuery>> rounded;
  for (std::int64_t row = 0; row < count; ++row) {
    const std::span<const float> query = index.table().row(row);
    const bool isFinite = std::ranges::all_of(query, [](float x) { return std::isfinite(x); });
    rounded.push_back(isFinite ? RoundedQuery::of(index.metric(), rows, index.prepared(query))
                               : std::optional<RoundedQuery>());
  }
  return rounded;
}

/// Asks for the rows that score as well as some row does, and counts those that are found beside
/// them.
std::int64_t expectNoneMissed(const RowMatrix& values, Metric metric, const PanelKernel& kernel) {
  constexpr std::int64_t kQueries = 24;
  const ExactIndex index(tableOf(values), metric);
  const std::shared_ptr<const RoundedRows> rows = RoundedRows::of(index.table());
  const auto rounded = roundedQueries(index, *rows, kQueries);
  const PanelQueries queries(metric, rounded, *rows, kernel.largest);
  RowPanels panels;
  panels.fill(metric, *rows, 0, rows->count());
  std::int64_t surplus = 0;
  for (std::size_t query = 0; query < rounded.size(); ++query) {
    if (!rounded[query]) {
      continue;
    }
    std::vector<double> scores;
    for (std::int64_t row = 0; row < rows->count(); ++row) {
      const auto numbers = index.prepared(index.table().row(static_cast<std::int64_t>(query)));
      const auto score = static_cast<double>(index.score(row, numbers));
      scores.push_back(metric == Metric::Euclidean ? -score : score);
    }
    std::vector<double> sorted;
    std::ranges::copy_if(scores, std::back_inserter(sorted),
                         [](double s) { return !std::isnan(s); });
    std::ranges::sort(sorted, std::greater<>());
    for (const std::size_t place : {std::size_t{0}, std::size_t{9}, sorted.size() / 2}) {
      const double limit = usableLimit(metric, sorted[place]);
      const PanelQuery asked = queries.asked(query, limit);
      for (std::size_t row = 0; row < scores.size(); ++row) {
        const std::size_t panel = row / kPanelRows;
        std::uint64_t reached = 0;
        kernel.reaching(panels.lines(panel), panels.facts(panel), queries.values(query),
                        {&asked, 1}, &reached);
        const bool isReached = (panels.corrected(panel, reached) >> row % kPanelRows & 1) != 0;
        EXPECT_FALSE(scores[row] >= limit && !isReached)
            << metricName(metric) << " query " << query << " row " << row << " limit " << limit;
        EXPECT_FALSE(std::isnan(scores[row]) && isReached) << row;
        surplus += static_cast<std::int64_t>(isReached && scores[row] < limit);
      }
    }
  }
  return surplus;
}

TEST(PanelQueries, MissNoRowThatReaches) {
  for (const PanelKernel& kernel : panelKernels()) {
    for (const Metric metric : kMetrics) {
      for (const float offset : {0.0F, 30.0F}) {
        expectNoneMissed(mixedRows(300, 21, 3, offset), metric, kernel);
        expectNoneMissed(mixedRows(200, 1, 4, offset), metric, kernel);
        expectNoneMissed(mixedRows(150, 3, 5, offset) * 1e-15F, metric, kernel);
        expectNoneMissed(mixedRows(150, 3, 6, offset) * 1e15F, metric, kernel);
      }
    }
  }
}

TEST(PanelQueries, LeaveFewRowsThatDoNot) {
  base::RandomStream random(7, 0);
  RowMatrix rows(600, 40);
  for (Eigen::Index i = 0; i < rows.size(); ++i) {
    rows.data()[i] = static_cast<float>(random.normal()) + 0.5F;
  }
  for (const PanelKernel& kernel : panelKernels()) {
    for (const Metric metric : kMetrics) {
      // Of 24 queries with three limits each and 600 rows.
      EXPECT_LT(expectNoneMissed(rows, metric, kernel), 24 * 3 * 600 / 12) << metricName(metric);
    }
  }
}

TEST(PanelPass, AnswersAsAFullPassWithEveryKernel) {
  constexpr std::int64_t kQueries = 90;
  const table::TablePtr table = tableOf(mixedRows(1500, 26, 8, 0.3F));
  std::vector<std::int64_t> rows;
  for (std::int64_t row = 0; row < kQueries; ++row) {
    if (table->values().row(row).allFinite()) {
      rows.push_back(row);
    }
  }
  RowMatrix queries(static_cast<Eigen::Index>(rows.size()), 26);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    queries.row(static_cast<Eigen::Index>(i)) = table->values().row(rows[i]);
  }
  for (const PanelKernel& kernel : panelKernels()) {
    for (const Metric metric : kMetrics) {
      for (const bool hasRounded : {false, true}) {
        const ExactIndex index(table, metric, hasRounded ? RoundedRows::of(*table) : nullptr);
        QueryBatch batch(index, queries, rows, 10);
        PanelPass pass(batch, kernel, {});
        for (std::int64_t first = 0; first < 1500; first += pass.rowsPerBlock()) {
          pass.look(first, std::min<std::int64_t>(pass.rowsPerBlock(), 1500 - first), {});
        }
        for (std::size_t i = 0; i < rows.size(); ++i) {
          EXPECT_EQ(batch.answer(i, {}), index.nearestOfRow(rows[i], 10))
              << metricName(metric) << " row " << rows[i];
        }
      }
    }
  }
}

}  // namespace
}  // namespace embedscope::neighbors
