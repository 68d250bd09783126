// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/umap_panel.h"

#include "ui/controls/section.h"
#include "ui/document/table_text.h"
#include "ui/explore/axes.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace embedscope::explore {

namespace {

QString durationText(double seconds) {
  if (seconds < 1) {
    return UmapPanel::tr("less than a second");
  }
  if (seconds < 99.5) {
    return UmapPanel::tr("%1 s").arg(std::llround(seconds));
  }
  return UmapPanel::tr("%1 min").arg(std::llround(seconds / 60));
}

/// With one digit: 3, 20, 400.
double roughly(double seconds) {
  const double unit = std::pow(10.0, std::floor(std::log10(std::max(seconds, 1.0))));
  return std::ceil(seconds / unit) * unit;
}

}  // namespace

double umapSeconds(std::int64_t rows, std::int64_t dimension,
                   const projection::UmapOptions& options) {
  constexpr double kPerPair = 2.5e-11;  // and dimension, where all pairs are compared
  constexpr double kPerLink = 4e-10;    // and dimension, where neighbors are searched
  constexpr double kPerSample = 5e-9;   // of an edge in an epoch
  constexpr double kLinksTried = 60;    // for each neighbor
  const auto n = static_cast<double>(rows);
  const auto d = static_cast<double>(dimension);
  const auto k = static_cast<double>(options.neighbors);
  const auto epochs = static_cast<double>(projection::umapEpochs(rows, options));
  const double neighbors =
      rows <= options.exactUpTo ? n * n * d * kPerPair : n * k * kLinksTried * d * kPerLink;
  return neighbors + n * k * epochs * (1 + options.negativeSamples) * kPerSample;
}

UmapPanel::UmapPanel(QWidget* parent)
    : QWidget(parent),
      m_neighbors(new QSpinBox(this)),
      m_minDist(new QDoubleSpinBox(this)),
      m_metric(new QComboBox(this)),
      m_seed(new QSpinBox(this)),
      m_button(new QPushButton(this)),
      m_again(new QPushButton(tr("Start over"), this)),
      m_words(new controls::HintLabel({}, this)) {
  setObjectName(QStringLiteral("umapPanel"));
  buildOptions();
  m_button->setObjectName(QStringLiteral("umapStart"));
  m_again->setObjectName(QStringLiteral("umapAgain"));
  m_again->setToolTip(tr("Begins anew, with the numbers above"));
  m_words->setObjectName(QStringLiteral("umapWords"));
  auto* form = new QFormLayout;
  form->setLabelAlignment(Qt::AlignLeft);
  form->setVerticalSpacing(6);
  form->addRow(tr("&Neighbors"), m_neighbors);
  form->addRow(tr("&Min. distance"), m_minDist);
  form->addRow(tr("Me&tric"), m_metric);
  form->addRow(tr("S&eed"), m_seed);
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(8);
  buttons->addWidget(m_button, 1);
  buttons->addWidget(m_again, 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addLayout(form);
  layout->addLayout(buttons);
  layout->addWidget(m_words);
  connect(m_button, &QPushButton::clicked, this, &UmapPanel::press);
  connect(m_again, &QPushButton::clicked, this, &UmapPanel::startRequested);
  showRun(nullptr);
}

void UmapPanel::buildOptions() {
  const projection::UmapOptions usual;
  m_neighbors->setObjectName(QStringLiteral("umapNeighbors"));
  m_neighbors->setRange(2, 200);
  m_neighbors->setValue(static_cast<int>(usual.neighbors));
  m_neighbors->setToolTip(
      tr("Neighbors of each row that are held near it: few show the small, many the large"));
  m_minDist->setObjectName(QStringLiteral("umapMinDist"));
  m_minDist->setRange(0, usual.spread);
  m_minDist->setSingleStep(0.05);
  m_minDist->setValue(usual.minDist);
  m_minDist->setToolTip(tr("How near points may come to each other"));
  m_metric->setObjectName(QStringLiteral("umapMetric"));
  m_metric->addItem(tr("Cosine"), static_cast<int>(neighbors::Metric::Cosine));
  m_metric->addItem(tr("Euclidean"), static_cast<int>(neighbors::Metric::Euclidean));
  m_metric->setToolTip(tr("What near means in the table"));
  m_seed->setObjectName(QStringLiteral("umapSeed"));
  m_seed->setRange(0, std::numeric_limits<int>::max());
  m_seed->setValue(static_cast<int>(usual.seed));
  m_seed->setToolTip(tr("Same seed, same picture, on any number of cores"));
  connect(m_neighbors, &QSpinBox::valueChanged, this, &UmapPanel::showEstimate);
}

void UmapPanel::setTable(const table::TablePtr& table) {
  m_table = table;
  showEstimate();
}

projection::UmapOptions UmapPanel::options() const {
  projection::UmapOptions options;
  options.neighbors = m_neighbors->value();
  options.minDist = m_minDist->value();
  options.metric = static_cast<neighbors::Metric>(m_metric->currentData().toInt());
  options.seed = static_cast<std::uint64_t>(m_seed->value());
  return options;
}

void UmapPanel::showEstimate() {
  if (m_state == UmapRun::State::Idle) {
    m_words->setText(m_table ? tr("All %1 rows, drawn while it runs; takes about %2")
                                   .arg(document::groupedText(m_table->rowCount()),
                                        durationText(roughly(umapSeconds(
                                            m_table->rowCount(), m_table->dimension(), options()))))
                             : QString());
  }
}

void UmapPanel::press() {
  switch (m_state) {
    case UmapRun::State::Running:
      emit pauseRequested();
      break;
    case UmapRun::State::Paused:
      emit resumeRequested();
      break;
    case UmapRun::State::Idle:
    case UmapRun::State::Done:
      emit startRequested();
  }
}

void UmapPanel::showRun(const UmapRun* run) {
  using State = UmapRun::State;
  m_state = run != nullptr ? run->state() : State::Idle;
  m_button->setText(m_state == State::Running  ? tr("Pause")
                    : m_state == State::Paused ? tr("Continue")
                    : m_state == State::Done   ? tr("Start over")
                                               : tr("Start"));
  m_again->setVisible(m_state == State::Paused);
  if (m_state == State::Idle) {
    showEstimate();
    return;
  }
  const QString progress = run->epochs() == 0
                               ? tr("Finding neighbors…")
                               : tr("epoch %1 of %2").arg(run->epoch()).arg(run->epochs());
  m_words->setText(
      m_state == State::Done && run->faithfulness()
          ? tr("%1 epochs in %2\n").arg(run->epochs()).arg(durationText(run->seconds())) +
                faithfulnessText(*run->faithfulness())
      : m_state == State::Running && run->epochs() > 0 && run->epoch() == run->epochs()
          ? tr("Measuring how faithful the picture is…")
          : progress);
}

}  // namespace embedscope::explore
