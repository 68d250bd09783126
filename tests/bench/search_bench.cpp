// SPDX-License-Identifier: GPL-3.0-or-later
// Searching a million labels while somebody types.
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/search/search.h"

#include <benchmark/benchmark.h>

#include <array>
#include <memory>
#include <string>

namespace {

using namespace embedscope;

constexpr int kLabels = 1'000'000;

/// Labels of three to nineteen letters, with the frequencies of English; every tenth is a phrase.
table::TablePtr labelledTable() {
  static const table::TablePtr table = [] {
    constexpr std::string_view kLetters =
        "eeeeeeeeeeeetttttttttaaaaaaaaoooooooiiiiiiinnnnnnnsssssshhhhhhrrrrrrddddllllcccuuummmwwffg"
        "gyy"
        "ppbbvkjxqz";
    base::RandomStream random(1, 0);
    table::Vocabulary labels;
    for (int i = 0; i < kLabels; ++i) {
      std::string label;
      const std::uint32_t length = 3 + random.below(17);
      while (label.size() < length) {
        label += i % 10 == 0 && label.size() == 8
                     ? ' '
                     : kLetters[random.below(static_cast<std::uint32_t>(kLetters.size()))];
      }
      if (i % 50 == 0) {
        label += "ä";
      }
      labels.append(label);
    }
    return std::make_shared<const table::EmbeddingTable>("labels", std::move(labels),
                                                         base::RowMatrix::Zero(kLabels, 1));
  }();
  return table;
}

void prepare(benchmark::State& state) {
  base::setThreadCount(2);
  const table::TablePtr table = labelledTable();
  for (auto _ : state) {
    benchmark::DoNotOptimize(search::SearchedTexts::of(table));
  }
}

BENCHMARK(prepare)->UseRealTime()->Unit(benchmark::kMillisecond);

/// Argument: which query.
void find(benchmark::State& state) {
  using search::Mode;
  static const std::array<search::Query, 9> kQueries = {
      search::Query{"e", Mode::Part},
      search::Query{"the", Mode::Part},
      search::Query{"tiner", Mode::Part},
      search::Query{"th", Mode::Beginning},
      search::Query{"the", Mode::Whole},
      search::Query{"^th.*s$", Mode::Expression},
      search::Query{"[aeiou]{4}", Mode::Expression},
      search::Query{"(tion|ness|ing)$", Mode::Expression},
      search::Query{".*", Mode::Expression}};
  base::setThreadCount(2);
  static const search::SearchedTextsPtr texts = search::SearchedTexts::of(labelledTable());
  const search::Query& query = kQueries[static_cast<std::size_t>(state.range(0))];
  std::int64_t count = 0;
  for (auto _ : state) {
    count = search::search(*texts, query, 100).count();
  }
  state.SetLabel(query.text + ": " + std::to_string(count) + " hits");
}

BENCHMARK(find)->DenseRange(0, 8)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
