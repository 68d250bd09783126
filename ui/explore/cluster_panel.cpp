// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/cluster_panel.h"

#include "core/base/error.h"
#include "core/table/table_selection.h"
#include "ui/controls/section.h"
#include "ui/document/table_text.h"

#include <QComboBox>
#include <QFormLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

namespace embedscope::explore {

namespace {

enum Method { Means, Density };

enum What { Vectors, Points };

constexpr int kSteps = 1000;
constexpr int kMostClusters = 1000;

/// The same rows with the same numbers.
bool sameNumbers(const table::TablePtr& a, const table::TablePtr& b) {
  return a && b && a->rowCount() == b->rowCount() && a->values().data() == b->values().data();
}

/// "cluster", or with a number behind where there is such a column.
std::string freeName(const table::Metadata& metadata) {
  const std::string name = "cluster";
  std::string free = name;
  for (int number = 2; metadata.find(free) != nullptr; ++number) {
    free = name + " " + std::to_string(number);
  }
  return free;
}

}  // namespace

ClusterPanel::ClusterPanel(jobs::JobRunner& runner, QWidget* parent)
    : QWidget(parent),
      m_method(new QComboBox(this)),
      m_what(new QComboBox(this)),
      m_metric(new QComboBox(this)),
      m_count(new QSpinBox(this)),
      m_least(new QSpinBox(this)),
      m_seed(new QSpinBox(this)),
      m_form(new QFormLayout),
      m_button(new QPushButton(this)),
      m_keep(new QPushButton(tr("Keep as column"), this)),
      m_progress(new QProgressBar(this)),
      m_words(new controls::HintLabel({}, this)),
      m_job(runner, this),
      m_keeping(runner, this) {
  setObjectName(QStringLiteral("clusterPanel"));
  buildOptions();
  buildProgress();
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addLayout(m_form);
  layout->addWidget(m_button);
  layout->addWidget(m_progress);
  layout->addWidget(m_words);
  layout->addWidget(m_keep, 0, Qt::AlignLeft);
  connect(&runner, &jobs::JobRunner::jobChanged, this, [this](const jobs::JobInfo& job) {
    if (m_job.id() == job.id) {
      m_progress->setValue(static_cast<int>(job.fraction * kSteps));
    }
  });
  setRunning(false);
  follow();
  showAnswer({});
}

void ClusterPanel::buildOptions() {
  m_method->setObjectName(QStringLiteral("clusterMethod"));
  m_method->addItems({tr("K-means"), tr("By density")});
  m_method->setToolTip(
      tr("K-means: a given number of clusters, each around its mean. By density (HDBSCAN): dense "
         "places of any shape and number; rows that lie in none belong to no cluster"));
  m_what->setObjectName(QStringLiteral("clusterWhat"));
  m_what->addItems({tr("Vectors"), tr("Picture")});
  m_what->setToolTip(
      tr("What is divided: the vectors of the table, or the points as they lie in the picture"));
  m_metric->setObjectName(QStringLiteral("clusterMetric"));
  m_metric->addItem(tr("Cosine"), static_cast<int>(neighbors::Metric::Cosine));
  m_metric->addItem(tr("Euclidean"), static_cast<int>(neighbors::Metric::Euclidean));
  m_metric->setToolTip(tr("What near means; by cosine every vector counts as of length 1"));
  m_count->setObjectName(QStringLiteral("clusterCount"));
  m_count->setRange(1, kMostClusters);
  m_count->setValue(static_cast<int>(clusters::KMeansOptions().clusters));
  m_count->setToolTip(tr("How many clusters to make"));
  m_least->setObjectName(QStringLiteral("clusterLeast"));
  m_least->setRange(2, 1'000'000);
  m_least->setValue(static_cast<int>(clusters::HdbscanOptions().minClusterSize));
  m_least->setToolTip(
      tr("Fewer rows than these are no cluster; more rows make fewer, larger ones"));
  m_seed->setObjectName(QStringLiteral("clusterSeed"));
  m_seed->setRange(0, std::numeric_limits<int>::max());
  m_seed->setValue(1);
  m_seed->setToolTip(tr("Same seed, same clusters, on any number of cores"));
  m_form->setLabelAlignment(Qt::AlignLeft);
  m_form->setVerticalSpacing(6);
  m_form->addRow(tr("Method"), m_method);
  m_form->addRow(tr("Of"), m_what);
  m_form->addRow(tr("Metric"), m_metric);
  m_form->addRow(tr("Clusters"), m_count);
  m_form->addRow(tr("Least rows"), m_least);
  m_form->addRow(tr("Seed"), m_seed);
  connect(m_method, &QComboBox::currentIndexChanged, this, &ClusterPanel::follow);
  connect(m_what, &QComboBox::currentIndexChanged, this, &ClusterPanel::follow);
}

void ClusterPanel::buildProgress() {
  m_button->setObjectName(QStringLiteral("clusterStart"));
  m_progress->setObjectName(QStringLiteral("clusterProgress"));
  m_progress->setRange(0, kSteps);
  m_progress->setTextVisible(false);
  m_progress->setAccessibleName(tr("Progress"));
  m_words->setObjectName(QStringLiteral("clusterWords"));
  m_keep->setObjectName(QStringLiteral("clusterKeep"));
  m_keep->setToolTip(
      tr("Writes the name of each row's cluster into a metadata column of the table, which can be "
         "searched, shown and saved; can be undone"));
  connect(m_button, &QPushButton::clicked, this, &ClusterPanel::press);
  connect(m_keep, &QPushButton::clicked, this, &ClusterPanel::keep);
}

/// Shows what goes with the method.
void ClusterPanel::follow() {
  const bool byMeans = m_method->currentIndex() == Means;
  const auto setShown = [this](QWidget* field, bool shown) {
    field->setVisible(shown);
    m_form->labelForField(field)->setVisible(shown);
  };
  setShown(m_count, byMeans);
  setShown(m_least, !byMeans);
  setShown(m_metric, m_what->currentIndex() == Vectors);
  setShown(m_seed, byMeans);
  m_button->setEnabled(m_job.isRunning() || (m_table && (!dividesPoints() || m_points)));
}

bool ClusterPanel::dividesPoints() const {
  return m_what->currentIndex() == Points;
}

void ClusterPanel::setTable(const table::TablePtr& table) {
  const bool isSame = sameNumbers(table, m_table);
  m_table = table;
  m_keeping.drop();
  if (isSame) {
    return;
  }
  m_points = nullptr;
  m_job.drop();
  setRunning(false);
  if (!sameNumbers(table, m_answer ? m_answer->table : nullptr)) {
    showAnswer({});
  }
}

void ClusterPanel::setPoints(const std::shared_ptr<const base::RowMatrix>& points) {
  m_points = points;
  follow();
}

ClusterQuestion ClusterPanel::question() const {
  ClusterQuestion question;
  question.table = m_table;
  question.points = dividesPoints() ? m_points : nullptr;
  const auto metric = dividesPoints()
                          ? neighbors::Metric::Euclidean
                          : static_cast<neighbors::Metric>(m_metric->currentData().toInt());
  if (m_method->currentIndex() == Means) {
    clusters::KMeansOptions options;
    options.clusters = std::min<Eigen::Index>(m_count->value(), m_table->rowCount());
    options.metric = metric;
    options.seed = static_cast<std::uint64_t>(m_seed->value());
    question.options = options;
  } else {
    clusters::HdbscanOptions options;
    options.minClusterSize = m_least->value();
    options.metric = metric;
    question.options = options;
  }
  return question;
}

void ClusterPanel::press() {
  if (m_job.isRunning()) {
    m_job.cancel();
  } else {
    start();
  }
}

void ClusterPanel::start() {
  m_progress->setValue(0);
  m_job.start(tr("Finding clusters"),
              [question = question()](const base::TaskContext& context) {
                return clustersOf(question, context);
              },
              {.done =
                   [this](const std::optional<ClusterAnswer>& answer) {
                     setRunning(false);
                     showAnswer(answer);
                   },
               .failed =
                   [this](const base::Error& error) {
                     setRunning(false);
                     m_words->setText(QString::fromStdString(error.sentence()));
                     m_words->show();
                   },
               .cancelled = [this] { setRunning(false); }});
  setRunning(true);
}

void ClusterPanel::keep() {
  table::MetadataColumn column = *m_answer->names;
  column.name = freeName(m_table->metadata());
  const QString name = QString::fromStdString(column.name);
  m_keeping.start(
      tr("Keeping clusters"),
      [table = m_table, column](const base::TaskContext&) {
        return table::withColumn(*table, column);
      },
      {.done = [this, name](const table::TablePtr& changed) { emit kept(changed, name); },
       .failed = {},
       .cancelled = {}});
}

void ClusterPanel::setRunning(bool running) {
  m_button->setText(running ? tr("Cancel") : tr("Find clusters"));
  m_progress->setVisible(running);
  m_words->setVisible(!running && !m_words->text().isEmpty());
  follow();
}

void ClusterPanel::showAnswer(const std::optional<ClusterAnswer>& answer) {
  const bool had = m_answer.has_value();
  m_answer = answer;
  QString words;
  if (answer) {
    words = answer->count == 1 ? tr("1 cluster")
                               : tr("%1 clusters").arg(document::groupedText(answer->count));
    if (answer->noise > 0) {
      words += answer->noise == 1
                   ? tr(" · 1 row in none")
                   : tr(" · %1 rows in none").arg(document::groupedText(answer->noise));
    }
    if (!answer->isExact) {
      words += tr(" · by approximate neighbors");
    }
  }
  m_words->setText(words);
  m_words->setVisible(!words.isEmpty());
  m_keep->setVisible(answer && answer->count > 0);
  if (had || answer) {
    emit clustersChanged();
  }
}

}  // namespace embedscope::explore
