// SPDX-License-Identifier: GPL-3.0-or-later
// What the views of many rows cost: sorting, filtering and scrolling a list of a million, comparing
// two thousand pair by pair.
#include "core/base/parallel.h"
#include "core/neighbors/grouped_order.h"
#include "core/neighbors/similarity_matrix.h"
#include "core/table/row_filter.h"
#include "core/table/row_lengths.h"
#include "core/table/row_order.h"
#include "tests/support/tiny_tables.h"
#include "ui/rows/rows_view.h"

#include <QApplication>
#include <QImage>
#include <QKeyEvent>
#include <QScrollBar>

#include <benchmark/benchmark.h>

#include <numeric>

namespace {

using namespace embedscope;

const table::TablePtr& million() {
  static const table::TablePtr table = tests::randomTable(1'000'000, 16, "million");
  return table;
}

/// Argument: threads.
void sortByLabel(benchmark::State& state) {
  base::setThreadCount(static_cast<int>(state.range(0)));
  const table::Vocabulary& labels = million()->vocabulary();
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(table::orderByText(
        labels.size(), [&](std::int64_t row) { return labels.label(row); },
        table::Sorting::Falling));
  }
}

void sortByLength(benchmark::State& state) {
  base::setThreadCount(static_cast<int>(state.range(0)));
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(
        table::orderByNumbers(table::rowLengths(*million()), table::Sorting::Rising));
  }
}

void filterLabels(benchmark::State& state) {
  base::setThreadCount(static_cast<int>(state.range(0)));
  table::RowFilter filter;
  filter.comparison = table::FilterOperator::Contains;
  filter.text = "99";
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(table::matchingRows(*million(), filter));
  }
}

BENCHMARK(sortByLabel)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(sortByLength)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(filterLabels)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);

/// One wheel notch of a list of 640 × 300 and its painting. Argument: rows.
void scrollList(benchmark::State& state) {
  base::setThreadCount(0);
  document::Document document;
  jobs::JobRunner runner;
  rows::RowsView view(document, runner);
  view.resize(640, 300);
  view.show();
  document.addTable(tests::randomTable(state.range(0), 16), document::TableEntry::Origin::File, {});
  document.setSelection(table::RowSet::all(state.range(0)));
  while (view.table().model()->rowCount() == 0) {
    QCoreApplication::processEvents();
  }
  QImage image(view.size(), QImage::Format_ARGB32_Premultiplied);
  QScrollBar& bar = *view.table().verticalScrollBar();
  for ([[maybe_unused]] auto _ : state) {
    bar.setValue(bar.value() + 3);
    view.render(&image);
  }
}

BENCHMARK(scrollList)->Arg(1'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

/// A click with Ctrl in a list of a million rows of which half are selected, and its painting.
void toggleRow(benchmark::State& state) {
  document::Document document;
  jobs::JobRunner runner;
  rows::RowsView view(document, runner);
  view.resize(640, 300);
  view.show();
  document.addTable(million(), document::TableEntry::Origin::File, {});
  while (view.table().model()->rowCount() == 0) {
    QCoreApplication::processEvents();
  }
  std::vector<std::int64_t> half(500'000);
  std::iota(half.begin(), half.end(), 0);
  document.setSelection(table::RowSet(1'000'000, half));
  document.setCurrentRow(10);
  QImage image(view.size(), QImage::Format_ARGB32_Premultiplied);
  for ([[maybe_unused]] auto _ : state) {
    QKeyEvent key(QEvent::KeyPress, Qt::Key_Space, Qt::NoModifier);
    QCoreApplication::sendEvent(&view.table(), &key);
    view.render(&image);
  }
}

BENCHMARK(toggleRow)->Unit(benchmark::kMillisecond);

/// 2,000 rows of 300 numbers, each pair; then grouped.
void compareRows(benchmark::State& state) {
  const table::TablePtr table = tests::randomTable(2'000, 300);
  std::vector<std::int64_t> rows(2'000);
  std::iota(rows.begin(), rows.end(), 0);
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(neighbors::similarityMatrix(*table, rows, neighbors::Metric::Cosine));
  }
}

void groupRows(benchmark::State& state) {
  const table::TablePtr table = tests::randomTable(2'000, 300);
  std::vector<std::int64_t> rows(2'000);
  std::iota(rows.begin(), rows.end(), 0);
  const auto matrix = neighbors::similarityMatrix(*table, rows, neighbors::Metric::Cosine);
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(neighbors::groupedOrder(*matrix, true));
  }
}

BENCHMARK(compareRows)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(groupRows)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  const QApplication application(argc, argv);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
