// SPDX-License-Identifier: GPL-3.0-or-later
// What a step of the Product page costs: the key, the new picture, and its painting, in a window
// of 1280 × 800 with a table of a million rows.
#include "ui/product/product_page.h"

#include "tests/support/tiny_tables.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QImage>
#include <QKeyEvent>
#include <QTabBar>
#include <QThread>

#include <benchmark/benchmark.h>

#include <string>

namespace {

using namespace embedscope;

/// Until nothing is multiplied in the background, which is not part of a step.
void settle(const jobs::JobRunner& jobs) {
  QElapsedTimer settling;
  settling.start();
  while (!jobs.jobs().empty() || settling.elapsed() < 200) {
    QCoreApplication::processEvents();
    QThread::msleep(1);
  }
}

/// A step on and a step back by turns, in the view with this number.
void steps(benchmark::State& state) {
  document::Document document;
  jobs::JobRunner jobs;
  product::ProductPage page(document, jobs);
  page.resize(1280, 800);
  page.show();
  const Eigen::Index rows = state.range(0);
  document.addTable(tests::randomTable(rows, 50), document::TableEntry::Origin::File, QString());
  document.setCurrentRow(rows / 2);
  page.findChild<QTabBar*>()->setCurrentIndex(static_cast<int>(state.range(1)));
  settle(jobs);
  QImage image(page.size(), QImage::Format_ARGB32_Premultiplied);
  bool on = false;
  for ([[maybe_unused]] auto _ : state) {
    on = !on;
    QKeyEvent key(QEvent::KeyPress, on ? Qt::Key_Left : Qt::Key_Right, Qt::NoModifier);
    QCoreApplication::sendEvent(&page, &key);
    QCoreApplication::processEvents();
    page.render(&image);
  }
}

BENCHMARK(steps)
    ->ArgNames({"rows", "view"})
    ->ArgsProduct({{1000, 1'000'000}, {0, 1, 2, 3}})
    ->Unit(benchmark::kMillisecond);

/// From a small table to one of 400,000 × 300 and its first picture, in the view with this number.
void changesTable(benchmark::State& state) {
  document::Document document;
  jobs::JobRunner jobs;
  product::ProductPage page(document, jobs);
  page.resize(1280, 800);
  page.show();
  const auto add = [&](Eigen::Index rows) {
    return document.addTable(tests::randomTable(rows, 300, std::to_string(rows)),
                             document::TableEntry::Origin::File, QString());
  };
  const document::TableId small = add(10);
  const document::TableId large = add(400'000);
  page.findChild<QTabBar*>()->setCurrentIndex(static_cast<int>(state.range(0)));
  QImage image(page.size(), QImage::Format_ARGB32_Premultiplied);
  for ([[maybe_unused]] auto _ : state) {
    state.PauseTiming();
    document.setCurrentTable(small);
    settle(jobs);
    state.ResumeTiming();
    document.setCurrentTable(large);
    page.render(&image);
  }
}

BENCHMARK(changesTable)
    ->ArgName("view")
    ->DenseRange(0, 4)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(10);

}  // namespace

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication application(argc, argv);
  QApplication::setStyle(QStringLiteral("Fusion"));
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
