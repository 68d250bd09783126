// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/layout_panel.h"

#include "core/projection/affinities.h"
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
#include <cmath>
#include <limits>

namespace embedscope::explore {

namespace {

QString durationText(double seconds) {
  if (seconds < 1) {
    return LayoutPanel::tr("less than a second");
  }
  if (seconds < 99.5) {
    return LayoutPanel::tr("%1 s").arg(std::llround(seconds));
  }
  return LayoutPanel::tr("%1 min").arg(std::llround(seconds / 60));
}

/// With one digit: 3, 20, 400.
double roughly(double seconds) {
  const double unit = std::pow(10.0, std::floor(std::log10(std::max(seconds, 1.0))));
  return std::ceil(seconds / unit) * unit;
}

/// Of a neighbor graph.
double neighborSeconds(double rows, double dimension, double neighbors, bool isExact) {
  constexpr double kPerPair = 2.5e-11;  // and dimension, where all pairs are compared
  constexpr double kPerLink = 4e-10;    // and dimension, where neighbors are searched
  constexpr double kLinksTried = 60;    // for each neighbor
  constexpr double kMostSearched = 48;  // neighbors that are searched among
  return isExact ? rows * rows * dimension * kPerPair
                 : rows * std::min(neighbors, kMostSearched) * kLinksTried * dimension * kPerLink;
}

double secondsOf(double rows, double dimension, const projection::UmapOptions& options) {
  constexpr double kPerSample = 5e-9;  // of an edge in an epoch
  const auto k = static_cast<double>(options.neighbors);
  const auto count = static_cast<Eigen::Index>(rows);
  const auto epochs = static_cast<double>(projection::umapEpochs(count, options));
  return neighborSeconds(rows, dimension, k, count <= options.exactUpTo) +
         rows * k * epochs * (1 + options.negativeSamples) * kPerSample;
}

double secondsOf(double rows, double dimension, const projection::TsneOptions& options) {
  constexpr double kPerEdge = 3.5e-10;  // in an iteration
  constexpr double kPerRow = 6e-8;      // likewise: spreading, gathering, and the grid's growth
  constexpr double kPerIteration = 1e-3;
  constexpr double kEdgesForNeighbor = 1.6;
  const auto count = static_cast<Eigen::Index>(rows);
  const auto k = static_cast<double>(projection::perplexityNeighbors(options.perplexity, count));
  return neighborSeconds(rows, dimension, k, count <= options.exactUpTo) +
         static_cast<double>(options.iterations) *
             (rows * (k * kEdgesForNeighbor * kPerEdge + kPerRow) + kPerIteration);
}

QString stepName(const projection::LayoutOptions& options) {
  return std::holds_alternative<projection::UmapOptions>(options) ? LayoutPanel::tr("epoch")
                                                                  : LayoutPanel::tr("iteration");
}

QString stepsName(const projection::LayoutOptions& options) {
  return std::holds_alternative<projection::UmapOptions>(options) ? LayoutPanel::tr("epochs")
                                                                  : LayoutPanel::tr("iterations");
}

/// "1000 iterations in 4 s", and how good it is.
QString doneText(const LayoutRun& run) {
  QString text =
      LayoutPanel::tr("%1 %2 in %3")
          .arg(QString::number(run.steps()), stepsName(run.options()), durationText(run.seconds()));
  if (run.divergence()) {
    text += LayoutPanel::tr(" · KL divergence %1").arg(*run.divergence(), 0, 'f', 3);
  }
  text += QLatin1Char('\n') + faithfulnessText(*run.faithfulness());
  if (!run.preparation().isNone()) {
    text +=
        QLatin1Char('\n') + LayoutPanel::tr("Measured against the rows before they are prepared");
  }
  return text;
}

}  // namespace

double layoutSeconds(std::int64_t rows, std::int64_t dimension,
                     const projection::LayoutOptions& options) {
  return std::visit(
      [&](const auto& own) {
        return secondsOf(static_cast<double>(rows), static_cast<double>(dimension), own);
      },
      options);
}

LayoutPanel::LayoutPanel(const QString& prefix, QWidget* parent)
    : QWidget(parent),
      m_form(new QFormLayout),
      m_metric(new QComboBox(this)),
      m_seed(new QSpinBox(this)),
      m_button(new QPushButton(this)),
      m_again(new QPushButton(tr("Start over"), this)),
      m_words(new controls::HintLabel({}, this)) {
  setObjectName(prefix + QStringLiteral("Panel"));
  buildShared(prefix);
  m_button->setObjectName(prefix + QStringLiteral("Start"));
  m_again->setObjectName(prefix + QStringLiteral("Again"));
  m_again->setToolTip(tr("Begins anew, with the numbers above"));
  m_words->setObjectName(prefix + QStringLiteral("Words"));
  m_form->setLabelAlignment(Qt::AlignLeft);
  m_form->setVerticalSpacing(6);
  m_form->addRow(tr("Me&tric"), m_metric);
  m_form->addRow(tr("S&eed"), m_seed);
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(8);
  buttons->addWidget(m_button, 1);
  buttons->addWidget(m_again, 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addLayout(m_form);
  layout->addLayout(buttons);
  layout->addWidget(m_words);
  connect(m_button, &QPushButton::clicked, this, &LayoutPanel::press);
  connect(m_again, &QPushButton::clicked, this, &LayoutPanel::startRequested);
  showRun(nullptr);
}

void LayoutPanel::buildShared(const QString& prefix) {
  m_metric->setObjectName(prefix + QStringLiteral("Metric"));
  m_metric->addItem(tr("Cosine"), static_cast<int>(neighbors::Metric::Cosine));
  m_metric->addItem(tr("Euclidean"), static_cast<int>(neighbors::Metric::Euclidean));
  m_metric->setToolTip(tr("What near means in the table"));
  m_seed->setObjectName(prefix + QStringLiteral("Seed"));
  m_seed->setRange(0, std::numeric_limits<int>::max());
  m_seed->setValue(1);
  m_seed->setToolTip(tr("Same seed, same picture, on any number of cores"));
}

void LayoutPanel::addRow(const QString& name, QWidget* control, const QString& objectName,
                         const QString& toolTip) {
  constexpr int kSharedRows = 2;
  control->setObjectName(objectName);
  control->setToolTip(toolTip);
  m_form->insertRow(m_form->rowCount() - kSharedRows, name, control);
  setTabOrder(control, m_metric);
  setTabOrder(m_metric, m_seed);
  setTabOrder(m_seed, m_button);
  setTabOrder(m_button, m_again);
}

void LayoutPanel::setRowVisible(QWidget* control, bool visible) {
  m_form->setRowVisible(control, visible);
}

neighbors::Metric LayoutPanel::metric() const {
  return static_cast<neighbors::Metric>(m_metric->currentData().toInt());
}

std::uint64_t LayoutPanel::seed() const {
  return static_cast<std::uint64_t>(m_seed->value());
}

void LayoutPanel::setTable(const table::TablePtr& table) {
  m_table = table;
  showEstimate();
}

void LayoutPanel::showEstimate() {
  if (m_state == LayoutRun::State::Idle) {
    m_words->setText(m_table ? tr("All %1 rows, drawn while it runs; takes about %2")
                                   .arg(document::groupedText(m_table->rowCount()),
                                        durationText(roughly(layoutSeconds(
                                            m_table->rowCount(), m_table->dimension(), options()))))
                             : QString());
  }
}

void LayoutPanel::press() {
  switch (m_state) {
    case LayoutRun::State::Running:
      emit pauseRequested();
      break;
    case LayoutRun::State::Paused:
      emit resumeRequested();
      break;
    case LayoutRun::State::Idle:
    case LayoutRun::State::Done:
      emit startRequested();
  }
}

void LayoutPanel::showRun(const LayoutRun* run) {
  using State = LayoutRun::State;
  m_state = run != nullptr ? run->state() : State::Idle;
  m_button->setText(m_state == State::Running  ? tr("Pause")
                    : m_state == State::Paused ? tr("Continue")
                    : m_state == State::Done   ? tr("Start over")
                                               : tr("Start"));
  m_again->setVisible(m_state == State::Paused);
  if (m_state == State::Idle) {
    if (m_table) {
      showEstimate();
    }
    return;
  }
  const QString progress =
      run->steps() == 0
          ? tr("Finding neighbors…")
          : tr("%1 %2 of %3").arg(stepName(run->options())).arg(run->step()).arg(run->steps());
  m_words->setText(m_state == State::Done && run->faithfulness() ? doneText(*run)
                   : m_state == State::Running && run->steps() > 0 && run->step() == run->steps()
                       ? tr("Measuring how faithful the picture is…")
                       : progress);
}

UmapPanel::UmapPanel(QWidget* parent)
    : LayoutPanel(QStringLiteral("umap"), parent),
      m_neighbors(new QSpinBox(this)),
      m_minDist(new QDoubleSpinBox(this)),
      m_supervisor(new QComboBox(this)),
      m_weight(new QDoubleSpinBox(this)) {
  const projection::UmapOptions usual;
  m_neighbors->setRange(2, 200);
  m_neighbors->setValue(static_cast<int>(usual.neighbors));
  m_minDist->setRange(0, usual.spread);
  m_minDist->setSingleStep(0.05);
  m_minDist->setValue(usual.minDist);
  addRow(tr("&Neighbors"), m_neighbors, QStringLiteral("umapNeighbors"),
         tr("Neighbors of each row that are held near it: few show the small, many the large"));
  addRow(tr("&Min. distance"), m_minDist, QStringLiteral("umapMinDist"),
         tr("How near points may come to each other"));
  addSupervision();
  connect(m_neighbors, &QSpinBox::valueChanged, this, &UmapPanel::showEstimate);
}

void UmapPanel::addSupervision() {
  m_supervisor->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_weight->setRange(0, 1);
  m_weight->setSingleStep(0.1);
  m_weight->setValue(projection::UmapOptions().targetWeight);
  addRow(tr("Supervised &by"), m_supervisor, QStringLiteral("umapSupervisor"), {});
  addRow(tr("&Weight"), m_weight, QStringLiteral("umapWeight"),
         tr("How much that column counts beside the vectors: 0 little, 1 holds apart whatever "
            "differs in it"));
  connect(m_supervisor, &QComboBox::currentIndexChanged, this,
          [this] { setRowVisible(m_weight, !supervisor().isEmpty()); });
  setTable(nullptr);
}

/// Offers the metadata columns of the table; a chosen one stays chosen if there is one of its name.
void UmapPanel::setTable(const table::TablePtr& table) {
  const QString before = supervisor();
  m_supervisor->clear();
  m_supervisor->addItem(tr("Nothing"), QString());
  if (table) {
    for (const table::MetadataColumn& column : table->metadata().columns()) {
      const QString name = QString::fromStdString(column.name);
      m_supervisor->addItem(name, name);
    }
  }
  m_supervisor->setCurrentIndex(std::max(0, m_supervisor->findData(before)));
  const bool hasColumns = m_supervisor->count() > 1;
  m_supervisor->setEnabled(hasColumns);
  m_supervisor->setToolTip(
      hasColumns
          ? tr("A metadata column: rows of the same value are drawn together and others "
               "apart, rows without one go by their vectors. The picture then shows what "
               "the column says as well, not the vectors alone")
          : tr("A metadata column whose values are to be held together; this table has none. "
               "Tags and kept clusters are such columns"));
  LayoutPanel::setTable(table);
}

QString UmapPanel::supervisor() const {
  return m_supervisor->currentData().toString();
}

projection::LayoutOptions UmapPanel::options() const {
  projection::UmapOptions options;
  options.neighbors = m_neighbors->value();
  options.minDist = m_minDist->value();
  options.targetWeight = m_weight->value();
  options.metric = metric();
  options.seed = seed();
  return options;
}

TsnePanel::TsnePanel(QWidget* parent)
    : LayoutPanel(QStringLiteral("tsne"), parent),
      m_perplexity(new QSpinBox(this)),
      m_iterations(new QSpinBox(this)),
      m_exaggeration(new QDoubleSpinBox(this)) {
  const projection::TsneOptions usual;
  m_perplexity->setRange(2, 200);
  m_perplexity->setValue(static_cast<int>(usual.perplexity));
  m_iterations->setRange(50, 100'000);
  m_iterations->setSingleStep(250);
  m_iterations->setValue(static_cast<int>(usual.iterations));
  m_exaggeration->setRange(1, 100);
  m_exaggeration->setDecimals(1);
  m_exaggeration->setValue(usual.exaggeration);
  addRow(tr("&Perplexity"), m_perplexity, QStringLiteral("tsnePerplexity"),
         tr("How many neighbors of each row count: 5 to 50 are usual, large tables bear more"));
  addRow(tr("&Iterations"), m_iterations, QStringLiteral("tsneIterations"),
         tr("Steps from the principal components to the picture; 1000 are enough for most"));
  addRow(tr("E&xaggeration"), m_exaggeration, QStringLiteral("tsneExaggeration"),
         tr("How much closer neighbors are held during the first 250 iterations, in which clusters "
            "find together"));
  connect(m_perplexity, &QSpinBox::valueChanged, this, &TsnePanel::showEstimate);
  connect(m_iterations, &QSpinBox::valueChanged, this, &TsnePanel::showEstimate);
}

projection::LayoutOptions TsnePanel::options() const {
  projection::TsneOptions options;
  options.perplexity = m_perplexity->value();
  options.iterations = m_iterations->value();
  options.exaggeration = m_exaggeration->value();
  options.metric = metric();
  options.seed = seed();
  return options;
}

}  // namespace embedscope::explore
