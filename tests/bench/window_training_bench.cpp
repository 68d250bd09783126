// SPDX-License-Identifier: GPL-3.0-or-later
// What the window costs a training: the same steps of a small model, once as the command
// line runs them and once on the Train page, with curves, moving vectors and the film.
#include "core/data/dataset.h"
#include "core/training/trainer.h"
#include "ui/document/samples.h"
#include "ui/document/training_setup.h"
#include "ui/train/run_controller.h"
#include "ui/train/train_page.h"

#include <QAbstractButton>
#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <variant>

namespace {

using namespace embedscope;

/// The months of the year, with as many epochs as give at least so many steps.
void prepare(document::Document& document, std::int64_t steps) {
  document::openData(document, document::generatedData({}));
  document::TrainingSetup setup = document.trainingSetup();
  const std::int64_t rows = document.data()->table->rowCount();
  const auto trainRows = static_cast<std::int64_t>(0.8 * static_cast<double>(rows));
  const std::int64_t perEpoch = (trainRows + setup.recipe.batchSize - 1) / setup.recipe.batchSize;
  setup.recipe.epochs = (steps + perEpoch - 1) / perEpoch;
  document.setTrainingSetup(setup);
}

void commandLine(benchmark::State& state) {
  document::Document document;
  prepare(document, state.range(0));
  const auto plan = std::get<document::RunPlan>(document::planRun(
      document.trainingSetup(), document.data()->table.get(), document.features()));
  for ([[maybe_unused]] auto _ : state) {
    QElapsedTimer clock;
    clock.start();
    const data::DatasetPtr dataset = data::makeDataset(*document.data()->table, plan.selection);
    training::Trainer trainer(dataset, plan.recipe);
    const std::int64_t chunk = std::max<std::int64_t>(trainer.totalSteps() / 1000, 1);
    while (trainer.state() == training::RunState::Ready) {
      trainer.runUntil(trainer.step() + chunk);
    }
    state.SetIterationTime(static_cast<double>(clock.nsecsElapsed()) * 1e-9);
  }
}

void window(benchmark::State& state) {
  document::Document document;
  prepare(document, state.range(0));
  jobs::JobRunner jobs;
  train::TrainPage page(document, jobs);
  page.resize(1016, 700);
  page.show();
  auto* start = page.findChild<QAbstractButton*>(QStringLiteral("startTraining"));
  const auto* run = page.findChild<train::RunController*>();
  double trainingSeconds = 0;  // the steps alone, as the window tells them at the end of a run
  QObject::connect(run, &train::RunController::ended, &page, [&](const train::RunEnding& ending) {
    trainingSeconds += ending.outcome.seconds;
  });
  for ([[maybe_unused]] auto _ : state) {
    QEventLoop loop;
    const auto connection =
        QObject::connect(&document, &document::Document::tablesChanged, &loop, &QEventLoop::quit);
    QElapsedTimer clock;
    clock.start();
    start->click();
    loop.exec();
    state.SetIterationTime(static_cast<double>(clock.nsecsElapsed()) * 1e-9);
    QObject::disconnect(connection);
  }
  state.counters["steps_ms"] =
      benchmark::Counter(trainingSeconds * 1e3, benchmark::Counter::kAvgIterations);
}

BENCHMARK(commandLine)
    ->Arg(10'000)
    ->Arg(100'000)
    ->Arg(1'000'000)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(window)->Arg(10'000)->Arg(100'000)->Arg(1'000'000)->UseManualTime()->Unit(
    benchmark::kMillisecond);

}  // namespace

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  const QApplication application(argc, argv);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
