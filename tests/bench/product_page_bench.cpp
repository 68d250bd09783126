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

namespace {

using namespace embedscope;

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
  // What is multiplied in the background is not part of a step.
  QElapsedTimer settling;
  settling.start();
  while (!jobs.jobs().empty() || settling.elapsed() < 200) {
    QCoreApplication::processEvents();
    QThread::msleep(1);
  }
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

}  // namespace

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication application(argc, argv);
  QApplication::setStyle(QStringLiteral("Fusion"));
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
