// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/product_timing.h"

#include "core/base/random.h"
#include "core/explain/one_hot_product.h"
#include "core/table/embedding_table.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <memory>
#include <numeric>
#include <string>
#include <utility>

namespace embedscope::explain {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t kSmallest = 10;
constexpr std::int64_t kGrowth = 10;
constexpr double kEnoughSeconds = 0.004;
constexpr int kMostRepeats = 2000;
constexpr std::size_t kDrawnNumbers = 65'536;
constexpr std::int64_t kRowsBetweenLooks = 1024;  // whether to stop

/// The fastest of several runs of `work`, in seconds.
template <typename Work>
double fastest(const base::TaskContext& context, const Work& work) {
  double best = std::numeric_limits<double>::infinity();
  double total = 0;
  for (int i = 0; i < kMostRepeats && (i < 2 || total < kEnoughSeconds); ++i) {
    if (i > 0 && context.stopRequested()) {
      break;
    }
    const Clock::time_point start = Clock::now();
    work();
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    best = std::min(best, seconds);
    total += seconds;
  }
  return best;
}

/// The same kDrawnNumbers numbers again and again. Null when stopped.
table::TablePtr randomTable(std::int64_t rows, std::int64_t dimension,
                            const base::TaskContext& context) {
  // Drawing each of a hundred million numbers would take longer than all that is timed.
  std::vector<float> numbers(kDrawnNumbers);
  base::RandomStream random(1, 0);
  std::ranges::generate(numbers, [&] { return static_cast<float>(random.uniform(-1, 1)); });
  std::size_t next = 0;
  base::RowMatrix values(rows, dimension);
  table::Vocabulary labels;
  for (Eigen::Index row = 0; row < rows; ++row) {
    if (row % kRowsBetweenLooks == 0 && context.stopRequested()) {
      return nullptr;
    }
    for (Eigen::Index j = 0; j < dimension; ++j) {
      values(row, j) = numbers[next++ % kDrawnNumbers];
    }
    labels.append(std::to_string(row));
  }
  return std::make_shared<const table::EmbeddingTable>("timing", std::move(labels),
                                                       std::move(values));
}

ProductTiming timed(const table::TablePtr& table, const base::TaskContext& context) {
  const std::int64_t row = table->rowCount() / 2;
  ProductTiming timing;
  timing.rows = table->rowCount();
  timing.productSeconds = fastest(context, [&] {
    const OneHotProduct product(table, row);
    static_cast<void>(product.result());
  });
  // A copy is too short for a clock: a thousand of them, of rows all over the table.
  constexpr int kCopies = 1000;
  constexpr std::int64_t kStride = 7919;  // a prime: every row comes up
  std::vector<float> copy(static_cast<std::size_t>(table->dimension()));
  timing.lookupSeconds = fastest(context,
                                 [&] {
                                   for (std::int64_t i = 0; i < kCopies; ++i) {
                                     const auto from =
                                         table->row((row + i * kStride) % table->rowCount());
                                     std::copy(from.begin(), from.end(), copy.begin());
                                     // What is copied is looked at, so that no compiler leaves it
                                     // out.
                                     volatile const float seen = copy.front();
                                     static_cast<void>(seen);
                                   }
                                 }) /
                         kCopies;
  return timing;
}

}  // namespace

std::optional<std::vector<ProductTiming>> timeProducts(const table::TablePtr& table,
                                                       std::int64_t mostRows,
                                                       std::int64_t mostNumbers,
                                                       const base::TaskContext& context) {
  const std::int64_t dimension = table->dimension();
  std::vector<std::int64_t> rows{table->rowCount()};
  for (std::int64_t n = kSmallest; n <= mostRows && n * dimension <= mostNumbers; n *= kGrowth) {
    rows.push_back(n);
  }
  std::ranges::sort(rows);
  rows.erase(std::ranges::unique(rows).begin(), rows.end());
  const double all =
      static_cast<double>(std::accumulate(rows.begin(), rows.end(), std::int64_t{0}));
  double done = 0;
  std::vector<ProductTiming> timings;
  for (const std::int64_t n : rows) {
    const table::TablePtr timedTable =
        n == table->rowCount() ? table : randomTable(n, dimension, context);
    if (timedTable) {
      timings.push_back(timed(timedTable, context));
    }
    if (context.stopRequested()) {
      return {};
    }
    done += static_cast<double>(n);
    context.report(done / all);
  }
  return timings;
}

}  // namespace embedscope::explain
