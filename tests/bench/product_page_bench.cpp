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

/// The page in a window of 1280 × 800.
struct Stage {
  document::Document document;
  jobs::JobRunner jobs;
  product::ProductPage page{document, jobs};
  QImage image{QSize(1280, 800), QImage::Format_ARGB32_Premultiplied};

  Stage() {
    page.resize(image.size());
    page.show();
  }

  document::TableId add(Eigen::Index rows, Eigen::Index dimension) {
    return document.addTable(tests::randomTable(rows, dimension, std::to_string(rows)),
                             document::TableEntry::Origin::File, QString());
  }

  void showView(std::int64_t view) {
    page.findChild<QTabBar*>()->setCurrentIndex(static_cast<int>(view));
  }
};

/// A step on and a step back by turns, in the view with this number.
void steps(benchmark::State& state) {
  Stage stage;
  const Eigen::Index rows = state.range(0);
  stage.add(rows, 50);
  stage.document.setCurrentRow(rows / 2);
  stage.showView(state.range(1));
  settle(stage.jobs);
  bool on = false;
  for ([[maybe_unused]] auto _ : state) {
    on = !on;
    QKeyEvent key(QEvent::KeyPress, on ? Qt::Key_Left : Qt::Key_Right, Qt::NoModifier);
    QCoreApplication::sendEvent(&stage.page, &key);
    QCoreApplication::processEvents();
    stage.page.render(&stage.image);
  }
}

BENCHMARK(steps)
    ->ArgNames({"rows", "view"})
    ->ArgsProduct({{1000, 1'000'000}, {0, 1, 2, 3}})
    ->Unit(benchmark::kMillisecond);

/// From a small table to one of 400,000 × 300 and its first picture, in the view with this number.
void changesTable(benchmark::State& state) {
  Stage stage;
  const document::TableId small = stage.add(10, 300);
  const document::TableId large = stage.add(400'000, 300);
  stage.showView(state.range(0));
  for ([[maybe_unused]] auto _ : state) {
    state.PauseTiming();
    stage.document.setCurrentTable(small);
    settle(stage.jobs);
    state.ResumeTiming();
    stage.document.setCurrentTable(large);
    stage.page.render(&stage.image);
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
