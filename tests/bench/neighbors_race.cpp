// SPDX-License-Identifier: GPL-3.0-or-later
// Our side of neighbors_beside_peers.py: loads a table once, then answers each command on standard
// input with the seconds that it took.
#include "core/base/parallel.h"
#include "core/formats/table_io.h"
#include "core/neighbors/exact_index.h"
#include "core/neighbors/hnsw_index.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <iostream>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

namespace {

using namespace embedscope;
using neighbors::ExactIndex;
using neighbors::HnswIndex;
using neighbors::Metric;

constexpr std::int64_t kQueries = 1000;

/// Seconds by the clock and of processor time, which company on the machine disturbs less.
struct Seconds {
  double wall = 0;
  double processor = 0;
};

std::ostream& operator<<(std::ostream& out, const Seconds& seconds) {
  return out << seconds.wall << ' ' << seconds.processor;
}

template <typename Body>
Seconds secondsOf(const Body& body) {
  const std::clock_t processor = std::clock();
  const auto start = std::chrono::steady_clock::now();
  body();
  return {std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(),
          static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC};
}

/// The least of several single queries: company on the machine only adds.
template <typename Body>
Seconds singleQueries(const Body& body) {
  Seconds least = secondsOf([&] { body(0); });
  for (int i = 1; i < 25; ++i) {
    const Seconds seconds = secondsOf([&] { body(i); });
    least = {std::min(least.wall, seconds.wall), std::min(least.processor, seconds.processor)};
  }
  return least;
}

/// The floor: every number is read once.
void readAll(const table::EmbeddingTable& table) {
  const float* numbers = table.values().data();
  const std::int64_t count = table.values().size();
  base::parallelBlocks(256, [&](std::int64_t block) {
    float sum = 0;
    for (std::int64_t i = count * block / 256; i < count * (block + 1) / 256; i += 16) {
      sum += numbers[i];
    }
    volatile float kept = sum;
    static_cast<void>(kept);
  });
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: neighbors_race TABLE [THREADS] < COMMANDS\n";
    return 2;
  }
  base::setThreadCount(argc > 2 ? std::stoi(argv[2]) : 0);
  const table::TablePtr table = formats::readTable(argv[1]).value().table;
  const std::int64_t step = table->rowCount() / kQueries;
  std::vector<std::int64_t> rows(kQueries);
  for (std::int64_t i = 0; i < kQueries; ++i) {
    rows[static_cast<std::size_t>(i)] = 7 + i * step;
  }
  std::shared_ptr<const neighbors::RoundedRows> rounded;
  std::shared_ptr<const HnswIndex> hnsw;
  const auto rowAt = [&](int i) { return rows[static_cast<std::size_t>(i * 37 % kQueries)]; };
  std::string command;
  while (std::cin >> command) {
    std::int64_t k = 10;
    if (command == "floor") {
      std::cout << singleQueries([&](int) { readAll(*table); }) << std::endl;
    } else if (command == "round") {
      std::cout << secondsOf([&] { rounded = neighbors::RoundedRows::of(*table); }) << std::endl;
    } else if (command == "hnsw") {
      std::cout << secondsOf([&] { hnsw = HnswIndex::build(table, Metric::Cosine, {}, rounded); })
                << std::endl;
    } else if (command == "recall") {
      std::int64_t breadth = 0;
      std::cin >> breadth;
      std::cout << hnsw->sampledRecall(k, kQueries, breadth).value() << ' '
                << singleQueries([&](int i) { hnsw->nearestOfRow(rowAt(i), k, breadth); })
                << std::endl;
    } else if (command == "batch") {
      std::cin >> k;
      const ExactIndex index(table, Metric::Cosine);
      std::cout << secondsOf([&] { index.nearestOfRows(rows, k); }) << std::endl;
    } else {  // single or rounded, with a metric and k
      std::string metric;
      std::cin >> metric >> k;
      const ExactIndex index(table, neighbors::metricFromName(metric).value(),
                             command == "rounded" ? rounded : nullptr);
      std::cout << singleQueries([&](int i) { index.nearestOfRow(rowAt(i), k); }) << std::endl;
    }
  }
  return 0;
}
