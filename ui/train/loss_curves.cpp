// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/loss_curves.h"

#include "ui/controls/elided_label.h"
#include "ui/controls/section.h"
#include "ui/plots/number_text.h"
#include "ui/plots/theme.h"
#include "ui/train/run_words.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <cmath>
#include <vector>

namespace embedscope::train {

namespace {

constexpr std::int64_t kMostStepPoints = 320;  // more would be a grey band, and slow to draw
constexpr double kStepFaintness = 0.65;        // how far single steps fade into the ground
constexpr int kHeadingHeight = 24;
constexpr int kTrainColor = 0;
constexpr int kValidationColor = 1;

}  // namespace

LossCurves::LossCurves(QWidget* parent)
    : QWidget(parent),
      m_plot(new plots::CurvePlot(this)),
      m_logarithmic(new QCheckBox(tr("Logarithmic"), this)),
      m_metric(new controls::ElidedLabel(Qt::ElideRight, this)) {
  m_plot->setObjectName(QStringLiteral("lossPlot"));
  m_plot->setAccessibleName(tr("Loss while training"));
  m_plot->setToolTip(
      tr("Mean squared error of the standardized target, or cross-entropy for labels.\n"
         "Drag to pan, turn the wheel to zoom, double-click to follow the run again."));
  m_plot->setEmptyText(tr("The losses are drawn here while a run trains. Press Start."));
  m_logarithmic->setObjectName(QStringLiteral("logarithmicLoss"));
  m_logarithmic->setAccessibleName(tr("Logarithmic loss axis"));
  m_logarithmic->setToolTip(tr("Show the loss by powers of ten: small late gains become visible"));
  m_metric->setObjectName(QStringLiteral("validationMetric"));
  m_metric->setAccessibleName(tr("Validation metric"));
  m_metric->setDetail(tr("How well the model does on rows it was not trained on"));
  auto* heading = new QHBoxLayout;
  heading->setSpacing(16);
  heading->addWidget(new controls::SectionLabel(tr("Loss"), this));
  heading->addWidget(m_metric, 1);
  heading->addWidget(m_logarithmic);
  heading->addStrut(kHeadingHeight);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(4);
  layout->addLayout(heading);
  layout->addWidget(m_plot, 1);
  connect(m_plot, &plots::CurvePlot::xClicked, this, &LossCurves::stepClicked);
  connect(m_logarithmic, &QCheckBox::toggled, m_plot, &plots::CurvePlot::setLogarithmic);
  m_logarithmic->setChecked(true);
}

void LossCurves::clear() {
  m_metric->setFullText({});
  m_plot->clearSeries();
  m_thinner.reset();
  m_steps = m_train = m_validation = -1;
}

void LossCurves::setMarker(double step) {
  m_plot->setMarker(step);
}

void LossCurves::beginRun(const RunDescription& run) {
  if (run.continuedAt && m_train >= 0) {
    m_run = run;
    m_thinner.reset();
    m_metric->setFullText({});
    m_plot->cutAfter(static_cast<double>(*run.continuedAt));
    m_plot->fitView();
    return;
  }
  clear();
  m_run = run;
  m_steps = m_plot->addSeries(tr("steps"), stepStyle());
  m_train = m_plot->addSeries(tr("train"), {.color = {}, .colorIndex = kTrainColor});
  m_validation = m_plot->addSeries(
      tr("validation"),
      {.color = {}, .colorIndex = kValidationColor, .line = plots::CurveStyle::Line::Dashed});
  m_plot->setAxisTitles(tr("step"), run.targetKind == data::TargetKind::Regression
                                        ? tr("squared error")
                                        : tr("cross-entropy (nats)"));
  m_plot->fitView();
}

void LossCurves::append(const jobs::TrainingUpdates& updates) {
  appendSteps(updates);
  appendEpochs(updates);
}

void LossCurves::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange && m_steps >= 0) {
    m_plot->setSeriesStyle(m_steps, stepStyle());
  }
}

plots::CurveStyle LossCurves::stepStyle() const {
  const plots::Theme theme = plots::Theme::of(palette());
  return {.color = plots::mixed(theme.mutedText, theme.base, kStepFaintness)};
}

void LossCurves::appendSteps(const jobs::TrainingUpdates& updates) {
  if (!m_thinner && updates.progress.totalSteps > 0) {
    m_thinner.emplace(updates.progress.totalSteps / updates.stepStride, kMostStepPoints);
  }
  if (!m_thinner || updates.steps.empty()) {
    return;
  }
  std::vector<double> x;
  std::vector<double> y;
  for (const training::StepRecord& record : m_thinner->add(updates.steps)) {
    x.push_back(static_cast<double>(record.step));
    y.push_back(record.loss);
  }
  m_plot->append(m_steps, x, y);
}

void LossCurves::appendEpochs(const jobs::TrainingUpdates& updates) {
  for (const training::EpochRecord& epoch : updates.epochs) {
    const auto step = static_cast<double>(epoch.epoch * updates.progress.stepsPerEpoch);
    m_plot->append(m_train, step, epoch.trainLoss);
    if (!std::isnan(epoch.validationLoss)) {
      m_plot->append(m_validation, step, epoch.validationLoss);
    }
  }
  if (!updates.epochs.empty()) {
    tellMetric(updates.epochs.back());
  }
}

void LossCurves::tellMetric(const training::EpochRecord& epoch) {
  const QString metric = metricText(m_run.targetKind, epoch);
  if (metric.isEmpty()) {
    m_metric->setFullText(
        tr("train loss %1, no validation rows").arg(plots::shortNumberText(epoch.trainLoss)));
  } else if (m_run.targetKind == data::TargetKind::Regression) {
    m_metric->setFullText(tr("validation %1, in the unit of “%2”").arg(metric, m_run.target));
  } else {
    m_metric->setFullText(tr("validation %1").arg(metric));
  }
}

}  // namespace embedscope::train
