// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/neighbor_curves.h"

#include "ui/controls/elided_label.h"
#include "ui/controls/section.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <QtConcurrentRun>

#include <limits>
#include <utility>
#include <vector>

namespace embedscope::train {

namespace {

constexpr std::size_t kMostAtEnd = 5;
constexpr std::size_t kMostAtStart = 2;
constexpr int kHeadingHeight = 24;  // as the losses' heading beside it

}  // namespace

NeighborCurves::NeighborCurves(QWidget* parent)
    : QWidget(parent),
      m_plot(new plots::CurvePlot(this)),
      m_caption(new controls::ElidedLabel(Qt::ElideRight, this)) {
  setObjectName(QStringLiteral("neighborCurves"));
  m_plot->setObjectName(QStringLiteral("neighborPlot"));
  m_plot->setAccessibleName(tr("Neighbors of the chosen category through the run"));
  m_plot->setToolTip(
      tr("Cosine between the chosen category and others, step by step: 1 is the same direction.\n"
         "Solid: nearest at the last step. Dashed: nearest only at the first.\n"
         "Click to go to a step."));
  m_plot->setAxisTitles(tr("step"), tr("cosine"));
  m_caption->setObjectName(QStringLiteral("neighborCaption"));
  auto* heading = new QHBoxLayout;
  heading->setSpacing(8);
  heading->addWidget(new controls::SectionLabel(tr("Neighbors"), this));
  heading->addWidget(m_caption, 1);
  heading->addStrut(kHeadingHeight);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(4);
  layout->addLayout(heading);
  layout->addWidget(m_plot, 1);
  connect(m_plot, &plots::CurvePlot::xClicked, this, &NeighborCurves::stepClicked);
  connect(&m_watcher, &QFutureWatcher<NeighborHistory>::finished, this, [this] {
    if (!m_stop.stop_requested()) {
      draw(m_watcher.result());
    }
  });
  clear();
}

NeighborCurves::~NeighborCurves() {
  m_stop.request_stop();
}

void NeighborCurves::follow(FilmedTable film, std::int64_t row, LabelOf label) {
  m_stop.request_stop();
  m_stop = std::stop_source();
  m_row = row;
  m_label = std::move(label);
  const base::TaskContext context(m_stop.get_token(), {});
  m_watcher.setFuture(QtConcurrent::run([film = std::move(film), row, context] {
    return followNeighbors(film, row, kMostAtEnd, kMostAtStart, context);
  }));
}

void NeighborCurves::clear() {
  m_stop.request_stop();
  m_plot->clearSeries();
  setMarker(std::numeric_limits<double>::quiet_NaN());
  m_caption->setFullText({});
  m_plot->setEmptyText(
      tr("Click a category in the vectors below: how near it was to its neighbors, step by step, "
         "is drawn here."));
}

void NeighborCurves::setMarker(double step) {
  m_plot->setMarker(step);
}

void NeighborCurves::draw(const NeighborHistory& history) {
  m_plot->clearSeries();
  const std::vector<double> steps(history.steps.begin(), history.steps.end());
  int color = 0;
  for (const NeighborHistory::Line& line : history.lines) {
    plots::CurveStyle style;
    style.colorIndex = color++;
    style.line = line.atEnd ? plots::CurveStyle::Line::Solid : plots::CurveStyle::Line::Dashed;
    m_plot->setSeries(m_plot->addSeries(m_label(line.row), style), steps, line.cosine);
  }
  m_plot->fitView();
  m_caption->setFullText(tr("of “%1” through the run").arg(m_label(m_row)));
}

}  // namespace embedscope::train
