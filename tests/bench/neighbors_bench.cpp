// SPDX-License-Identifier: GPL-3.0-or-later
// Exact neighbors, the one-hot product and PCA over a table of GloVe's size.
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/explain/one_hot_product.h"
#include "core/neighbors/exact_index.h"
#include "core/projection/pca.h"

#include <benchmark/benchmark.h>

#include <memory>
#include <string>

namespace {

using namespace embedscope;

table::TablePtr largeTable() {
  static const table::TablePtr table = [] {
    base::RowMatrix values(400'000, 300);
    base::parallelBlocks(400, [&](std::int64_t block) {
      base::RandomStream random(1, static_cast<std::uint64_t>(block));
      for (Eigen::Index row = block * 1000; row < (block + 1) * 1000; ++row) {
        for (Eigen::Index j = 0; j < values.cols(); ++j) {
          values(row, j) = static_cast<float>(random.uniform(-1, 1));
        }
      }
    });
    table::Vocabulary labels;
    for (int i = 0; i < 400'000; ++i) {
      labels.append(std::to_string(i));
    }
    return std::make_shared<const table::EmbeddingTable>("large", labels, std::move(values));
  }();
  return table;
}

/// The floor: one number of every cache line, with nothing to compute. Argument: threads.
void readTable(benchmark::State& state) {
  base::setThreadCount(static_cast<int>(state.range(0)));
  const table::TablePtr table = largeTable();
  const float* numbers = table->values().data();
  for (auto _ : state) {
    base::parallelBlocks(200, [&](std::int64_t block) {
      float sum = 0;
      for (std::int64_t i = block * 600'000; i < (block + 1) * 600'000; i += 16) {
        sum += numbers[i];
      }
      benchmark::DoNotOptimize(sum);
    });
  }
  state.SetBytesProcessed(state.iterations() * 400'000 * 300 * 4);
}

BENCHMARK(readTable)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);

/// Arguments: metric, threads, k. Bytes per second tell how close to memory's speed it runs.
void nearest(benchmark::State& state) {
  base::setThreadCount(static_cast<int>(state.range(1)));
  const neighbors::ExactIndex index(largeTable(), static_cast<neighbors::Metric>(state.range(0)));
  std::int64_t row = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(index.nearestOfRow(row = (row + 7919) % 400'000, state.range(2)));
  }
  state.SetBytesProcessed(state.iterations() * 400'000 * 300 * 4);
  state.SetLabel(std::string(neighbors::metricName(index.metric())));
}

BENCHMARK(nearest)
    ->ArgsProduct({{0, 1, 2, 3}, {1, 2}, {10, 1000}})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

/// The same answers from rounded rows.
void nearestRounded(benchmark::State& state) {
  base::setThreadCount(static_cast<int>(state.range(1)));
  static const auto rounded = neighbors::RoundedRows::of(*largeTable());
  const neighbors::ExactIndex index(largeTable(), static_cast<neighbors::Metric>(state.range(0)),
                                    rounded);
  std::int64_t row = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(index.nearestOfRow(row = (row + 7919) % 400'000, state.range(2)));
  }
  state.SetLabel(std::string(neighbors::metricName(index.metric())));
}

BENCHMARK(nearestRounded)
    ->ArgsProduct({{0, 1, 2}, {1, 2}, {10, 1000}})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void roundRows(benchmark::State& state) {
  base::setThreadCount(static_cast<int>(state.range(0)));
  const table::TablePtr table = largeTable();
  for (auto _ : state) {
    benchmark::DoNotOptimize(neighbors::RoundedRows::of(*table));
  }
}

BENCHMARK(roundRows)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);

void oneHotProduct(benchmark::State& state) {
  const table::TablePtr table = largeTable();
  for (auto _ : state) {
    benchmark::DoNotOptimize(explain::OneHotProduct(table, 200'000).bitEqual());
  }
}

BENCHMARK(oneHotProduct)->UseRealTime()->Unit(benchmark::kMillisecond);

/// Arguments: rows, dimensions. The first is what the live picture does for every frame.
void pca(benchmark::State& state) {
  base::setThreadCount(2);
  const base::RowMatrix rows = largeTable()->values().topLeftCorner(state.range(0), state.range(1));
  for (auto _ : state) {
    benchmark::DoNotOptimize(projection::fitPca(rows, 2)->project(rows));
  }
}

BENCHMARK(pca)
    ->Args({12, 8})
    ->Args({1000, 16})
    ->Args({70'000, 200})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
