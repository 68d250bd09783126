// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/crossover_view.h"

#include "ui/controls/message_bar.h"
#include "ui/controls/section.h"
#include "ui/document/table_text.h"
#include "ui/train/crossover_table_model.h"
#include "ui/train/form_parts.h"
#include "ui/train/missing_offer.h"
#include "ui/train/race_words.h"
#include "ui/train/result_table.h"
#include "ui/train/session_controls.h"
#include "ui/train/verdict_label.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace embedscope::train {

namespace {

constexpr int kMargin = 16;
using controls::MessageBar;

/// "pays from 40 on", "pays up to 20"
QString markText(const training::CrossoverResult& result) {
  const QString value = document::groupedText(*result.crossover);
  return result.recipe.axis == training::CrossoverRecipe::Axis::RowsPerCategory
             ? CrossoverView::tr("pays up to %1").arg(value)
             : CrossoverView::tr("pays from %1 on").arg(value);
}

}  // namespace

CrossoverView::CrossoverView(document::Document& document, jobs::JobRunner& jobs,
                             CrossoverFunction measure, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_measurement(new CrossoverController(document, jobs, std::move(measure), this)),
      m_message(new MessageBar(this)),
      m_controls(new SessionControls(QStringLiteral("Crossover"), tr("Measure"),
                                     tr("Race both approaches at every value"), this)),
      m_sentence(new VerdictLabel("crossoverSentence", tr("Where the crossover is"), this)),
      m_plot(new plots::DifferencePlot(this)),
      m_model(new CrossoverTableModel(this)),
      m_splitter(new QSplitter(Qt::Vertical, this)),
      m_table(new ResultTable(this)) {
  setObjectName(QStringLiteral("crossoverView"));
  buildPlot();
  layOut();
  connectMeasurement();
  for (const auto signal :
       {&document::Document::dataChanged, &document::Document::trainingSetupChanged,
        &document::Document::crossoverSetupChanged, &document::Document::featuresChanged}) {
    connect(&document, signal, this, &CrossoverView::showState);
  }
  connect(&document, &document::Document::featureChanged, this, &CrossoverView::showState);
  showState();
}

void CrossoverView::buildPlot() {
  m_plot->setObjectName(QStringLiteral("crossoverPlot"));
  m_plot->setAccessibleName(tr("Differences along the measured values"));
  m_plot->setEmptyText(
      tr("How much better an embedding is than its rival is drawn here at every value, with its "
         "95 % interval; where it stays above zero, it pays. Press Measure."));
}

QWidget* CrossoverView::buildTable() {
  auto* box = new QWidget(this);
  auto* copyButton = new QPushButton(tr("Copy"), box);
  describe(copyButton, "copyCrossoverTable", tr("Copy table"),
           tr("Copies the table as text, for a spreadsheet or a report"));
  describe(m_table, "crossoverTable", tr("Measured points"), {});
  m_table->setModel(m_model);
  connect(copyButton, &QPushButton::clicked, m_table, &ResultTable::copy);
  auto* heading = new QHBoxLayout;
  heading->addWidget(new controls::SectionLabel(tr("Points"), box));
  heading->addStretch(1);
  heading->addWidget(copyButton);
  auto* layout = new QVBoxLayout(box);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(4);
  layout->addLayout(heading);
  layout->addWidget(m_table, 1);
  return box;
}

void CrossoverView::layOut() {
  m_splitter->setObjectName(QStringLiteral("crossoverPlots"));
  m_splitter->setChildrenCollapsible(false);
  m_splitter->setHandleWidth(kMargin);
  m_splitter->addWidget(m_plot);
  m_splitter->addWidget(buildTable());
  m_splitter->setStretchFactor(0, 3);
  m_splitter->setStretchFactor(1, 1);
  auto* content = new QVBoxLayout;
  content->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
  content->setSpacing(kMargin);
  content->addWidget(m_controls);
  content->addWidget(m_sentence);
  content->addWidget(m_splitter, 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  m_message->setObjectName(QStringLiteral("crossoverMessages"));
  layout->addWidget(m_message);
  layout->addLayout(content, 1);
}

void CrossoverView::connectMeasurement() {
  connect(m_controls, &SessionControls::startRequested, m_measurement, &CrossoverController::start);
  connect(m_controls, &SessionControls::cancelRequested, m_measurement,
          &CrossoverController::cancel);
  connect(m_measurement, &CrossoverController::started, this, &CrossoverView::begin);
  connect(m_measurement, &CrossoverController::stateChanged, this, &CrossoverView::showState);
  connect(m_measurement, &CrossoverController::updated, this, [this] {
    if (m_plot->pointCount() != static_cast<int>(m_measurement->points().size())) {
      showPoints();
    }
    showState();
  });
  connect(m_splitter, &QSplitter::splitterMoved, this, [this] { m_arranged = true; });
  connect(m_measurement, &CrossoverController::ended, this, &CrossoverView::tellEnding);
}

void CrossoverView::setPanelProblem(const std::optional<QString>& problem) {
  m_panelProblem = problem;
  showState();
}

void CrossoverView::showState() {
  if (m_measurement->isActive()) {
    m_controls->setState(true, false, m_measurement->progressText());
    return;
  }
  const std::optional<QString> problem =
      m_panelProblem ? m_panelProblem : m_measurement->startProblem();
  m_controls->setState(false, !problem, problem.value_or(m_measurement->planText()));
}

void CrossoverView::begin() {
  const training::CrossoverRecipe& recipe = m_measurement->recipe();
  m_message->clear();
  m_sentence->setVerdict({});
  std::vector<double> values;
  for (const std::int64_t value : recipe.values) {
    values.push_back(static_cast<double>(value));
  }
  m_plot->setMark({});
  m_plot->setValues(values);
  const QString rival = QString::fromStdString(training::contestantName(recipe.baseline));
  m_plot->setSides(tr("embedding better"), tr("%1 better").arg(rival));
  showPoints();
  makeRoom();
  showState();
}

/// All points in the table, unless that takes too much from the plot or somebody wants it
/// otherwise.
void CrossoverView::makeRoom() {
  const int height = m_splitter->height() - m_splitter->handleWidth();
  if (!m_arranged && height > 0) {
    const int heading = m_splitter->widget(1)->sizeHint().height() - m_table->sizeHint().height();
    const int rows = m_table->heightFor(static_cast<int>(m_measurement->recipe().values.size()));
    const int table = std::min(heading + rows, height * 2 / 5);
    m_splitter->setSizes({height - table, table});
  }
}

void CrossoverView::showPoints() {
  std::vector<plots::DifferencePoint> points;
  for (const training::CrossoverPoint& point : m_measurement->points()) {
    points.push_back({.x = static_cast<double>(point.value),
                      .mean = point.difference.mean,
                      .lower = point.difference.lower,
                      .upper = point.difference.upper});
  }
  m_plot->setAxisTitles(axisText(m_measurement->recipe().axis),
                        tr("gain in %1").arg(m_measurement->metricName()));
  m_plot->setPoints(std::move(points));
  m_model->show(m_measurement->recipe(), m_measurement->points(), m_measurement->metricName());
}

void CrossoverView::showCrossover(const training::CrossoverResult& result) {
  m_sentence->setVerdict(QString::fromStdString(result.sentence));
  if (result.crossover) {
    m_plot->setMark(plots::MarkedPlace{.x = static_cast<double>(*result.crossover),
                                       .lower = result.lower,
                                       .upper = result.upper,
                                       .text = markText(result),
                                       .intervalText = tr("crossover (95 %)")});
  }
}

void CrossoverView::tellEnding(const CrossoverEnding& ending) {
  using Kind = jobs::CrossoverSession::Outcome::Kind;
  showState();
  if (const training::CrossoverResult* result = m_measurement->result()) {
    showPoints();
    showCrossover(*result);
    layout()->activate();
    makeRoom();
    return;
  }
  if (ending.kind == Kind::Cancelled) {
    m_message->show(MessageBar::Kind::Information,
                    tr("The measurement was cancelled after %1 of %2 points. They stay, but "
                       "without the others there is no crossover.")
                        .arg(m_measurement->points().size())
                        .arg(m_measurement->recipe().values.size()));
    return;
  }
  const QString text = tr("The crossover could not be measured. %1").arg(ending.sentence);
  if (ending.missing.empty()) {
    m_message->show(MessageBar::Kind::Error, text);
  } else {
    offerMissingLabels(*m_message, m_document, ending.missing, text,
                       [this] { m_measurement->start(); });
  }
}

}  // namespace embedscope::train
