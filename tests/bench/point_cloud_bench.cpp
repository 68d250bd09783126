// SPDX-License-Identifier: GPL-3.0-or-later
// How long one replot of a point cloud takes, against QCustomPlot's own scatter of QCPCurve on the
// same points. Offscreen, 1600 × 1000 pixels.
#include "core/base/random.h"
#include "ui/plots/point_cloud.h"

#include <benchmark/benchmark.h>
#include <qcustomplot.h>

#include <QApplication>
#include <QMouseEvent>

#include <array>
#include <cmath>

namespace {

using embedscope::base::RandomStream;
using embedscope::base::RowMatrix;
using embedscope::plots::PointCloudPlot;
using embedscope::plots::ToolKind;
using embedscope::table::RowSet;

constexpr int kWidth = 1600;
constexpr int kHeight = 1000;

/// Forty clusters of different widths and a thin background, in random order.
RowMatrix clusters(Eigen::Index count) {
  RandomStream random(1, 0);
  std::array<std::array<double, 3>, 40> centers{};
  for (auto& center : centers) {
    center = {random.uniform(-8, 8), random.uniform(-5, 5), random.uniform(0.1, 0.9)};
  }
  RowMatrix points(count, 2);
  for (Eigen::Index row = 0; row < count; ++row) {
    const auto& [x, y, width] = centers[random.below(40)];
    const double spread = random.below(20) == 0 ? 3 : width;
    points(row, 0) = static_cast<float>(x + spread * random.normal());
    points(row, 1) = static_cast<float>(y + spread * random.normal());
  }
  return points;
}

/// The same with a third coordinate.
RowMatrix clustersInSpace(Eigen::Index count) {
  const RowMatrix flat = clusters(count);
  RandomStream random(5, 0);
  RowMatrix points(count, 3);
  points.leftCols(2) = flat;
  for (Eigen::Index row = 0; row < count; ++row) {
    points(row, 2) = static_cast<float>(3 * random.normal());
  }
  return points;
}

std::vector<int> twelveColors(std::int64_t count) {
  std::vector<int> categories(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < categories.size(); ++i) {
    categories[i] = static_cast<int>(i % 12);
  }
  return categories;
}

/// Points that stay are brought into order before the second picture.
void drawTwice(PointCloudPlot& plot) {
  plot.show();
  plot.replotNow();
  plot.replotNow();
}

void pointCloud(benchmark::State& state) {
  PointCloudPlot plot;
  plot.resize(kWidth, kHeight);
  plot.setPoints(clusters(state.range(0)));
  drawTwice(plot);
  for (auto _ : state) {
    plot.replotNow();
  }
}

void pointCloudColored(benchmark::State& state) {
  PointCloudPlot plot;
  plot.resize(kWidth, kHeight);
  plot.setPoints(clusters(state.range(0)));
  plot.setColorIndices(twelveColors(state.range(0)));
  drawTwice(plot);
  for (auto _ : state) {
    plot.replotNow();
  }
}

/// Every third row is selected: the others are grey below them. Arguments: points, and whether
/// every point has a color of its own.
void pointCloudSelected(benchmark::State& state) {
  PointCloudPlot plot;
  plot.resize(kWidth, kHeight);
  plot.setPoints(clusters(state.range(0)));
  if (state.range(1) != 0) {
    std::vector<int> categories(static_cast<std::size_t>(state.range(0)));
    for (std::size_t i = 0; i < categories.size(); ++i) {
      categories[i] = static_cast<int>(i % 12);
    }
    plot.setColorIndices(std::move(categories));
  }
  RowSet selection(state.range(0));
  for (std::int64_t row = 0; row < selection.size(); row += 3) {
    selection.insert(row);
  }
  plot.setSelectedRows(std::move(selection));
  drawTwice(plot);
  for (auto _ : state) {
    plot.replotNow();
  }
}

/// One replot after another turn of the cloud. Arguments: points; whether in perspective; whether
/// every point has a color.
void turnSpace(benchmark::State& state) {
  PointCloudPlot plot;
  plot.resize(kWidth, kHeight);
  plot.setPoints(clustersInSpace(state.range(0)));
  plot.setPerspective(state.range(1) != 0);
  if (state.range(2) != 0) {
    plot.setColorIndices(twelveColors(state.range(0)));
  }
  drawTwice(plot);
  for (auto _ : state) {
    plot.turnBy(0.02, 0.01);
    plot.replotNow();
  }
}

/// One replot after the view moved or came closer. Argument: points.
void panAndZoomSpace(benchmark::State& state) {
  PointCloudPlot plot;
  plot.resize(kWidth, kHeight);
  plot.setPoints(clustersInSpace(state.range(0)));
  drawTwice(plot);
  int frame = 0;
  for (auto _ : state) {
    plot.zoomBy(frame++ % 20 < 10 ? 1.05 : 1 / 1.05);
    plot.replotNow();
  }
}

void hoverSpace(benchmark::State& state) {
  PointCloudPlot plot;
  plot.resize(kWidth, kHeight);
  plot.setPoints(clustersInSpace(state.range(0)));
  plot.show();
  RandomStream random(2, 0);
  for (auto _ : state) {
    benchmark::DoNotOptimize(plot.pointAt({random.uniform(0, kWidth), random.uniform(0, kHeight)}));
  }
}

void hoverPointCloud(benchmark::State& state) {
  PointCloudPlot plot;
  plot.resize(kWidth, kHeight);
  plot.setPoints(clusters(state.range(0)));
  plot.show();
  RandomStream random(2, 0);
  benchmark::DoNotOptimize(plot.pointAt({0, 0}));
  for (auto _ : state) {
    benchmark::DoNotOptimize(plot.pointAt({random.uniform(0, kWidth), random.uniform(0, kHeight)}));
  }
}

void moveMouse(PointCloudPlot& plot, QPointF to, Qt::MouseButtons buttons) {
  QMouseEvent move(QEvent::MouseMove, to, plot.mapToGlobal(to), Qt::NoButton, buttons,
                   Qt::NoModifier);
  QApplication::sendEvent(&plot, &move);
}

/// One frame while the cloud is dragged: the event, the replot it queues, and painting the widget.
/// Arguments: width and height of the plot.
void panMillion(benchmark::State& state) {
  PointCloudPlot plot;
  plot.resize(static_cast<int>(state.range(0)), static_cast<int>(state.range(1)));
  plot.setPoints(clusters(1'000'000));
  plot.show();
  QApplication::processEvents();
  const QPointF middle = QRectF(plot.rect()).center();
  QMouseEvent press(QEvent::MouseButtonPress, middle, plot.mapToGlobal(middle), Qt::LeftButton,
                    Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(&plot, &press);
  int frame = 0;
  for (auto _ : state) {
    ++frame;
    moveMouse(plot, middle + QPointF(frame % 120 - 60, frame % 90 - 45), Qt::LeftButton);
    QApplication::processEvents();
  }
}

/// One frame while the pointer wanders over the cloud. Arguments: width and height of the plot.
void hoverMillion(benchmark::State& state) {
  PointCloudPlot plot;
  plot.resize(static_cast<int>(state.range(0)), static_cast<int>(state.range(1)));
  plot.setPoints(clusters(1'000'000));
  plot.show();
  QApplication::processEvents();
  RandomStream random(2, 0);
  moveMouse(plot, {0, 0}, Qt::NoButton);
  for (auto _ : state) {
    moveMouse(plot, {random.uniform(0, plot.width()), random.uniform(0, plot.height())},
              Qt::NoButton);
    QApplication::processEvents();
  }
}

/// One frame while a tool is drawn along half an ellipse over a million points.
void drawTool(benchmark::State& state, ToolKind tool) {
  PointCloudPlot plot;
  plot.resize(kWidth, kHeight);
  plot.setPoints(clusters(1'000'000));
  plot.show();
  QApplication::processEvents();
  plot.setTool(tool);
  const QPointF middle = QRectF(plot.rect()).center();
  const auto at = [&](int step) {
    const double angle = 0.0105 * step + 0.8;  // from the upper left to the lower right
    return middle + QPointF(600 * std::cos(angle), 400 * std::sin(angle));
  };
  QMouseEvent press(QEvent::MouseButtonPress, at(-300), plot.mapToGlobal(at(-300)), Qt::LeftButton,
                    Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(&plot, &press);
  for (int step = -299; step < 0; ++step) {
    moveMouse(plot, at(step), Qt::LeftButton);
  }
  int step = 0;
  for (auto _ : state) {
    moveMouse(plot, at(++step % 20), Qt::LeftButton);
    QApplication::processEvents();
  }
}

void rectangleMillion(benchmark::State& state) {
  drawTool(state, ToolKind::Rectangle);
}

void lassoMillion(benchmark::State& state) {
  drawTool(state, ToolKind::Lasso);
}

void brushMillion(benchmark::State& state) {
  drawTool(state, ToolKind::Brush);
}

void curveScatter(benchmark::State& state) {
  QCustomPlot plot;
  plot.resize(kWidth, kHeight);
  auto* curve = new QCPCurve(plot.xAxis, plot.yAxis);
  curve->setLineStyle(QCPCurve::lsNone);
  curve->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, 3));
  const RowMatrix points = clusters(state.range(0));
  QVector<double> x;
  QVector<double> y;
  for (Eigen::Index row = 0; row < points.rows(); ++row) {
    x.push_back(static_cast<double>(points(row, 0)));
    y.push_back(static_cast<double>(points(row, 1)));
  }
  curve->setData(x, y);
  plot.rescaleAxes();
  plot.show();
  plot.replot(QCustomPlot::rpImmediateRefresh);
  for (auto _ : state) {
    plot.replot(QCustomPlot::rpImmediateRefresh);
  }
}

BENCHMARK(pointCloud)
    ->Arg(100'000)
    ->Arg(1'000'000)
    ->Arg(10'000'000)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();
BENCHMARK(pointCloudColored)
    ->Arg(100'000)
    ->Arg(1'000'000)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();
BENCHMARK(turnSpace)
    ->ArgsProduct({{100'000, 1'000'000, 10'000'000}, {0, 1}, {0, 1}})
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();
BENCHMARK(panAndZoomSpace)
    ->Arg(1'000'000)
    ->Arg(10'000'000)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();
BENCHMARK(hoverSpace)
    ->Arg(1'000'000)
    ->Arg(10'000'000)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();
BENCHMARK(pointCloudSelected)
    ->ArgsProduct({{100'000, 1'000'000}, {0, 1}})
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();
// What the Explore page leaves for the plot in windows of 1280 × 800 and 1600 × 1000 pixels.
BENCHMARK(panMillion)->Args({683, 732})->Args({1003, 932})->Unit(benchmark::kMillisecond);
BENCHMARK(hoverMillion)->Args({683, 732})->Args({1003, 932})->Unit(benchmark::kMillisecond);
BENCHMARK(rectangleMillion)->Unit(benchmark::kMillisecond);
BENCHMARK(lassoMillion)->Unit(benchmark::kMillisecond);
BENCHMARK(brushMillion)->Unit(benchmark::kMillisecond);
BENCHMARK(curveScatter)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);
BENCHMARK(hoverPointCloud)->Arg(1'000'000)->Unit(benchmark::kMicrosecond);

}  // namespace

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  const QApplication application(argc, argv);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
