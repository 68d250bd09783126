// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/live_vectors.h"

#include "ui/controls/section.h"
#include "ui/document/table_text.h"
#include "ui/plots/palette.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLocale>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <QtConcurrentRun>

#include <algorithm>
#include <numeric>

namespace embedscope::train {

namespace {

constexpr int kFrameMs = 33;
constexpr Eigen::Index kMostColors = 8;   // the colors of Okabe and Ito
constexpr Eigen::Index kMostLabels = 60;  // beyond that labels cover each other

/// The points of several frames below each other.
base::RowMatrix pointsOf(const FilmView& view,
                         const std::vector<std::shared_ptr<const base::RowMatrix>>& frames,
                         const base::TaskContext& context) {
  base::RowMatrix all(0, 2);
  for (const auto& values : frames) {
    const VectorFrame frame = values ? view.frame(*values, context) : VectorFrame{};
    if (frame.points) {
      all.conservativeResize(all.rows() + frame.points->rows(), 2);
      all.bottomRows(frame.points->rows()) = *frame.points;
    }
  }
  return all;
}

}  // namespace

LiveVectors::LiveVectors(QWidget* parent)
    : QWidget(parent),
      m_plot(new plots::PointCloudPlot(this)),
      m_feature(new QComboBox(this)),
      m_caption(new controls::HintLabel({}, this)) {
  m_plot->setObjectName(QStringLiteral("vectorPlot"));
  m_plot->setAccessibleName(tr("Vectors of the watched feature"));
  m_plot->setAutoFit(true);
  m_plot->setLabelProvider([this](qint64 point) { return labelOf(point); });
  m_feature->setObjectName(QStringLiteral("watchedFeature"));
  m_feature->setAccessibleName(tr("Feature to watch"));
  m_feature->setToolTip(tr("Whose vectors are drawn while the run trains"));
  m_feature->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  m_caption->setObjectName(QStringLiteral("vectorCaption"));
  m_caption->setWordWrap(false);
  m_caption->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  auto* heading = new QHBoxLayout;
  heading->setSpacing(8);
  heading->addWidget(new controls::SectionLabel(tr("Vectors of"), this));
  heading->addWidget(m_feature);
  heading->addSpacing(8);
  heading->addWidget(m_caption, 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(4);
  layout->addLayout(heading);
  layout->addWidget(m_plot, 1);
  m_pace.setSingleShot(true);
  m_pace.setInterval(kFrameMs);
  connect(&m_pace, &QTimer::timeout, this, &LiveVectors::drawNext);
  connect(m_feature, &QComboBox::currentIndexChanged, this, &LiveVectors::watch);
  connect(m_plot, &plots::PointCloudPlot::pointClicked, this, [this](qint64 row) {
    m_plot->setSelected(row < 0 ? std::nullopt : std::optional(row));
    emit chosenRowChanged();
  });
  connect(&m_projection, &QFutureWatcher<Projected>::finished, this, &LiveVectors::projected);
  offerFeatures({});
}

LiveVectors::~LiveVectors() {
  m_stop.request_stop();
}

void LiveVectors::offerFeatures(const QStringList& names) {
  if (!m_newest) {
    setNames(names);
    showEmpty(names.isEmpty()
                  ? tr("Tick a column as categories to train vectors for its categories.")
                  : tr("The vectors move here while a run trains."));
  }
}

void LiveVectors::beginRun(const RunDescription& run) {
  QStringList names;
  for (const RunFeature& feature : run.features) {
    names += feature.name;
  }
  setNames(names);
  clear();
  m_run = run;
  if (run.oneHot) {
    showEmpty(
        tr("One-hot rows are fixed: there are no vectors to watch. Choose “Embeddings” as the "
           "approach to see some move."));
  } else if (names.isEmpty()) {
    showEmpty(tr("This run learns from numbers alone: there are no vectors to watch."));
  } else {
    showEmpty(tr("Preparing the data…"));
  }
}

void LiveVectors::clear() {
  m_run = {};
  m_newest.reset();
  m_film.reset();
  m_plot->setAutoFit(true);
  m_caption->clear();
  watch();
}

void LiveVectors::show(const jobs::SnapshotPtr& snapshot) {
  if (!snapshot || m_run.oneHot || snapshot == m_newest) {
    return;
  }
  m_newest = snapshot;
  if (m_film) {
    return;
  }
  m_stale = true;
  drawNext();
}

void LiveVectors::showFrame(const jobs::SnapshotPtr& frame,
                            const std::vector<jobs::SnapshotPtr>& others,
                            FilmView::Turning turning) {
  if (!m_newest || m_run.oneHot) {
    return;
  }
  if (!m_film || m_film->turning != turning) {
    m_discard = m_projected != nullptr;
    m_film = Film{.frame = frame, .others = others, .turning = turning, .view = nullptr};
    m_plot->setAutoFit(false);
  }
  m_film->frame = frame;
  m_stale = true;
  drawNext();
}

void LiveVectors::showNewest() {
  if (!m_film) {
    return;
  }
  m_film.reset();
  m_discard = m_projected != nullptr;
  m_restyled = false;
  m_plot->setAutoFit(true);
  m_stale = m_newest != nullptr;
  drawNext();
}

std::optional<std::int64_t> LiveVectors::chosenRow() const {
  const std::optional<qint64> point = m_plot->selected();
  const jobs::FeatureSnapshot* feature = watchedIn(m_newest);
  if (!point || feature == nullptr || *point >= feature->values.rows()) {
    return {};
  }
  return feature->tableRow(*point);
}

void LiveVectors::showEmpty(const QString& text) {
  m_plot->setEmptyText(text);
  m_plot->setPoints(plots::PointCloudPlot::Points());
}

QString LiveVectors::watchedFeature() const {
  return m_feature->currentText();
}

void LiveVectors::setNames(const QStringList& names) {
  const QString chosen = watchedFeature();
  const QSignalBlocker blocker(m_feature);
  m_feature->clear();
  m_feature->addItems(names);
  m_feature->setCurrentIndex(std::max(0, static_cast<int>(names.indexOf(chosen))));
  m_feature->setEnabled(!names.isEmpty());
  m_feature->setVisible(!names.isEmpty());
}

void LiveVectors::watch() {
  m_discard = m_projected != nullptr;
  m_basis.resize(0, 0);
  m_restyled = false;
  m_drawn.reset();
  m_plot->setSelected({});
  m_plot->setPoints(plots::PointCloudPlot::Points());
  if (m_film) {
    m_film->view.reset();
  }
  m_stale = m_newest != nullptr;
  drawNext();
  emit watchedFeatureChanged(watchedFeature());
  emit chosenRowChanged();
}

void LiveVectors::drawNext() {
  if (!m_stale || m_projected || m_pace.isActive()) {
    return;
  }
  m_stale = false;
  const jobs::SnapshotPtr& snapshot = m_film ? m_film->frame : m_newest;
  const jobs::FeatureSnapshot* feature = watchedIn(snapshot);
  if (feature == nullptr) {
    return;
  }
  m_pace.start();
  if (m_film || feature->values.cols() > 2) {
    project(snapshot);
  } else {
    draw(snapshot, vectorFrame(feature->values, m_basis));
  }
}

std::shared_ptr<const base::RowMatrix> LiveVectors::watchedValues(
    const jobs::SnapshotPtr& snapshot) const {
  const jobs::FeatureSnapshot* feature = watchedIn(snapshot);
  return feature == nullptr ? nullptr
                            : std::shared_ptr<const base::RowMatrix>(snapshot, &feature->values);
}

void LiveVectors::project(const jobs::SnapshotPtr& snapshot) {
  m_projected = snapshot;
  const auto values = watchedValues(snapshot);
  const base::TaskContext context(m_stop.get_token(), {});
  if (!m_film) {
    m_projection.setFuture(QtConcurrent::run([values, basis = m_basis, context] {
      return Projected{.frame = vectorFrame(*values, basis, context), .view = nullptr};
    }));
    return;
  }
  std::vector<std::shared_ptr<const base::RowMatrix>> others;
  for (const jobs::SnapshotPtr& other : m_film->others) {
    others.push_back(watchedValues(other));
  }
  m_projection.setFuture(
      QtConcurrent::run([values, others = std::move(others), view = m_film->view,
                         last = watchedValues(m_newest), turning = m_film->turning, context] {
        Projected result{.frame = {}, .view = view};
        if (!result.view) {
          result.view = FilmView::make(last, turning, context);
          if (!result.view) {
            return result;
          }
          result.extent = pointsOf(*result.view, others, context);
        }
        result.frame = result.view->frame(*values, context);
        return result;
      }));
}

void LiveVectors::projected() {
  const jobs::SnapshotPtr snapshot = std::move(m_projected);
  m_projected.reset();
  if (!std::exchange(m_discard, false)) {
    const Projected result = m_projection.result();
    if (m_film && result.view && !m_film->view) {
      m_film->view = result.view;
      m_restyled = false;
      if (result.extent.rows() > 0) {
        m_plot->setPoints(result.extent);
        m_plot->fitView();
      }
    }
    draw(snapshot, result.frame);
  }
  drawNext();
}

void LiveVectors::draw(const jobs::SnapshotPtr& snapshot, const VectorFrame& view) {
  const jobs::FeatureSnapshot* feature = watchedIn(snapshot);
  if (feature == nullptr || !view.points) {
    return;
  }
  m_drawn = snapshot;
  if (!m_film) {
    m_basis = view.basis;
  }
  if (!m_restyled) {
    restyle(*feature);
  }
  m_plot->setPoints(view.points);
  describe(*feature, view.explained);
}

void LiveVectors::restyle(const jobs::FeatureSnapshot& feature) {
  m_restyled = true;
  const Eigen::Index d = feature.values.cols();
  const Eigen::Index n = feature.values.rows();
  m_plot->setKeepAspectRatio(d != 1);
  if (d == 1) {
    m_plot->setAxisTitles(tr("dimension 0"), tr("category"));
  } else if (d == 2) {
    m_plot->setAxisTitles(tr("dimension 0"), tr("dimension 1"));
  } else {
    m_plot->setAxisTitles(
        m_film ? tr("first principal axis of the newest step") : tr("first principal axis"),
        tr("second principal axis"));
  }
  std::vector<int> colors;
  if (n <= kMostColors) {
    colors.resize(static_cast<std::size_t>(n));
    std::iota(colors.begin(), colors.end(), 0);
  }
  m_plot->setColorIndices(std::move(colors));
  std::vector<qint64> labelled;
  if (n <= kMostLabels) {
    labelled.resize(static_cast<std::size_t>(n));
    std::iota(labelled.begin(), labelled.end(), qint64{0});
  }
  m_plot->setHighlighted(std::move(labelled));
}

void LiveVectors::describe(const jobs::FeatureSnapshot& feature, double explained) {
  constexpr double kPercent = 100;
  const QLocale locale;
  const auto d = static_cast<qlonglong>(feature.values.cols());
  QString text = d > 2 ? tr("%1 → 2 dimensions by centred PCA, %2 % of the variance")
                             .arg(d)
                             .arg(locale.toString(kPercent * explained, 'f', 0))
                       : (d == 2 ? tr("2 dimensions, as they are")
                                 : tr("1 dimension; categories from top to bottom"));
  if (feature.isSample()) {
    text += tr(" · a sample of %1 of %2 rows")
                .arg(locale.toString(static_cast<qlonglong>(feature.rows.size())),
                     locale.toString(static_cast<qlonglong>(feature.tableRows)));
  }
  if (m_caption->text() != text) {
    m_caption->setText(text);
    m_caption->setToolTip(text);
  }
}

const jobs::FeatureSnapshot* LiveVectors::watchedIn(const jobs::SnapshotPtr& snapshot) const {
  if (!snapshot) {
    return nullptr;
  }
  const std::string name = watchedFeature().toStdString();
  const auto it = std::ranges::find(snapshot->features, name, &jobs::FeatureSnapshot::name);
  return it == snapshot->features.end() ? nullptr : &*it;
}

QString LiveVectors::labelOf(qint64 point) const {
  const jobs::FeatureSnapshot* feature = watchedIn(m_newest);
  return feature == nullptr || point >= feature->values.rows()
             ? QString()
             : labelOfRow(feature->tableRow(point));
}

QString LiveVectors::labelOfRow(std::int64_t row) const {
  const auto it = std::ranges::find(m_run.features, watchedFeature(), &RunFeature::name);
  if (it == m_run.features.end() || row >= it->vocabulary->size()) {
    return {};
  }
  const std::string_view label = it->vocabulary->label(row);
  return document::shownText(label);
}

}  // namespace embedscope::train
