// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/explore_page.h"

#include "ui/controls/empty_state.h"
#include "ui/controls/message_bar.h"
#include "ui/controls/page_frame.h"
#include "ui/controls/section.h"
#include "ui/document/samples.h"
#include "ui/document/table_text.h"
#include "ui/explore/axes_panel.h"
#include "ui/explore/calculator_panel.h"
#include "ui/explore/color_panel.h"
#include "ui/explore/coordinates.h"
#include "ui/explore/picture_foot.h"
#include "ui/explore/progress_strip.h"
#include "ui/explore/search_panel.h"
#include "ui/explore/table_chooser.h"
#include "ui/explore/umap_panel.h"
#include "ui/plots/point_cloud.h"

#include <QScopedValueRollback>
#include <QShortcut>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace embedscope::explore {

namespace {

constexpr int kSectionGap = 8;

/// So many numbers are picked from a table within a frame; more are picked in the background.
constexpr std::int64_t kInstantNumbers = 2'000'000;

/// Far outside counts as out of sight, a little at the border does not.
bool isInSight(const plots::PointCloudPlot& plot, qint64 row) {
  const std::optional<QPointF> place = plot.positionOf(row);
  return place && QRectF(plot.rect()).contains(*place);
}

}  // namespace

ExplorePage::ExplorePage(document::Document& document, jobs::JobRunner& runner,
                         inspector::NeighborFinder& finder, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_finder(finder),
      m_projector(document, runner),
      m_umap(runner),
      m_placing(runner, this),
      m_keeping(runner, this),
      m_measuring(runner, this),
      m_stack(new QStackedLayout(this)),
      m_frame(new controls::PageFrame(this)),
      m_search(new SearchPanel(runner, this)),
      m_axesPanel(new AxesPanel(this)),
      m_colorPanel(new ColorPanel(runner, this)),
      m_calculator(new CalculatorPanel(runner, this)),
      m_message(new controls::MessageBar(this)),
      m_progress(new ProgressStrip(this)),
      m_plot(new plots::PointCloudPlot(this)),
      m_foot(new PictureFoot(this)) {
  setObjectName(QStringLiteral("explorePage"));
  fillPanel(*m_frame->panel());
  m_frame->setPicture(makePicture());
  m_stack->addWidget(makeEmpty());
  m_stack->addWidget(m_frame);
  connectProjector();
  setFocusProxy(m_plot);
  connectPlot();
  connectUmap();
  makeShortcuts();
  connect(m_search, &SearchPanel::rowChosen, this, &ExplorePage::jumpTo);
  connect(m_search, &SearchPanel::left, this, [this] { m_plot->setFocus(); });
  connect(m_calculator, &CalculatorPanel::rowChosen, this, &ExplorePage::jumpTo);
  connect(m_calculator, &CalculatorPanel::calculationChanged, this, [this] {
    if (m_calculator->calculation() != nullptr) {
      m_document.setCurrentRow(std::nullopt);  // its neighbors would stand before the result's
    }
    showCalculation();
    const auto& mark = m_plot->extraMark();
    if (mark && !m_plot->view().contains(mark->place)) {
      m_plot->fitView();
    }
  });
  connect(m_axesPanel, &AxesPanel::axesChosen, this, [this](const Axes& axes) {
    m_looks[m_document.currentTable()].axes = axes;
    showAxes();
  });
  connect(m_colorPanel, &ColorPanel::columnChosen, this, [this](const QString& column) {
    m_looks[m_document.currentTable()].colorColumn = column;
  });
  connect(m_colorPanel, &ColorPanel::schemeReady, this, &ExplorePage::showColors);
  connect(&m_document, &document::Document::currentTableChanged, this, &ExplorePage::showTable);
  connect(&m_document, &document::Document::tablesChanged, this, [this] {
    std::erase_if(m_looks, [this](const auto& look) { return !m_document.table(look.first); });
    if (!m_document.table(m_umapTable)) {
      m_umap.clear();
    }
  });
  connect(&m_document, &document::Document::currentRowChanged, this, &ExplorePage::showSelection);
  connect(&m_finder, &inspector::NeighborFinder::stateChanged, this, &ExplorePage::showNeighbors);
  showTable();
}

ExplorePage::~ExplorePage() = default;

QWidget* ExplorePage::makeEmpty() {
  auto* empty = new controls::EmptyState(
      tr("No table is open"),
      tr("Open vectors (word2vec, GloVe, NumPy, projector files), train some, or begin with a "
         "sample. Every row becomes a point here: similar rows lie near each other."),
      this);
  empty->setObjectName(QStringLiteral("exploreEmpty"));
  empty->addAction(tr("Open vectors…"), [this] { emit openVectorsRequested(); });
  for (const document::Sample& sample : document::samples()) {
    if (sample.page == document::Page::Explore) {
      empty->addAction(sample.title, [this, key = sample.key] { emit sampleRequested(key); });
    }
  }
  return empty;
}

void ExplorePage::fillPanel(QVBoxLayout& panel) {
  panel.addWidget(new controls::SectionLabel(tr("Table"), this));
  panel.addWidget(new TableChooser(m_document, this));
  panel.addSpacing(kSectionGap);
  panel.addWidget(new controls::SectionLabel(tr("Search"), this));
  panel.addWidget(m_search);
  panel.addSpacing(kSectionGap);
  panel.addWidget(new controls::SectionLabel(tr("Calculator"), this));
  panel.addWidget(m_calculator);
  panel.addSpacing(kSectionGap);
  panel.addWidget(new controls::SectionLabel(tr("Axes"), this));
  panel.addWidget(m_axesPanel);
  panel.addSpacing(kSectionGap);
  panel.addWidget(new controls::SectionLabel(tr("Color"), this));
  panel.addWidget(m_colorPanel);
  panel.addStretch(1);
}

QWidget* ExplorePage::makePicture() {
  auto* picture = new QWidget(this);
  m_plot->setObjectName(QStringLiteral("pointCloud"));
  m_plot->setAccessibleName(tr("Point cloud of the table"));
  m_plot->setLabelProvider([this](qint64 row) {
    const table::TablePtr table = currentTable();
    return table && row < table->rowCount() ? document::labelText(*table, row).simplified()
                                            : QString();
  });
  connect(m_foot, &PictureFoot::measureRequested, this, &ExplorePage::measure);
  connect(m_foot, &PictureFoot::keepRequested, this, &ExplorePage::keepCoordinates);
  connect(m_foot, &PictureFoot::fitRequested, m_plot, &plots::PointCloudPlot::fitView);
  auto* layout = new QVBoxLayout(picture);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(m_message);
  layout->addWidget(m_progress);
  layout->addWidget(m_plot, 1);
  layout->addWidget(m_foot);
  return picture;
}

void ExplorePage::connectProjector() {
  connect(&m_projector, &Projector::started, m_progress, &ProgressStrip::begin);
  connect(&m_projector, &Projector::progressed, m_progress, &ProgressStrip::setProgress);
  connect(m_progress, &ProgressStrip::cancelRequested, this, [this] { m_projector.cancel(); });
  connect(&m_projector, &Projector::ready, this, [this](document::TableId table) {
    m_progress->end();
    if (table == m_document.currentTable()) {
      showAxes();
    }
  });
  connect(&m_projector, &Projector::cancelled, this, &ExplorePage::projectionStopped);
  connect(&m_projector, &Projector::failed, this, &ExplorePage::projectionFailed);
}

void ExplorePage::connectPlot() {
  m_plot->setLinksVisible(true);
  connect(m_plot, &plots::PointCloudPlot::pointClicked, this, [this](qint64 row) {
    const QScopedValueRollback<bool> clicked(m_clicked, true);
    m_document.setCurrentRow(row >= 0 ? std::optional<std::int64_t>(row) : std::nullopt);
  });
}

void ExplorePage::connectUmap() {
  UmapPanel& panel = m_axesPanel->umap();
  connect(&panel, &UmapPanel::startRequested, this, [this] {
    m_message->clear();
    m_umapTable = m_document.currentTable();
    m_umap.start(currentTable(), m_axesPanel->umap().options());
    showAxes();
  });
  connect(&panel, &UmapPanel::pauseRequested, &m_umap, &UmapRun::pause);
  connect(&panel, &UmapPanel::resumeRequested, &m_umap, &UmapRun::resume);
  const auto show = [this] {
    if (m_umapTable == m_document.currentTable()) {
      m_axesPanel->umap().showRun(&m_umap);
      if (m_looks[m_umapTable].axes.kind == Axes::Kind::Umap) {
        showUmap();
      }
    }
  };
  connect(&m_umap, &UmapRun::stateChanged, this, show);
  connect(&m_umap, &UmapRun::pointsMoved, this, show);
  connect(&m_umap, &UmapRun::failed, this, [this](const QString& sentence) {
    m_message->show(controls::MessageBar::Kind::Error, sentence);
  });
}

/// The newest points of the run, if it is one of this table.
void ExplorePage::showUmap() {
  const bool isOurs = m_umapTable == m_document.currentTable();
  m_axesPanel->umap().showRun(isOurs ? &m_umap : nullptr);
  if (!isOurs || !m_umap.points()) {
    m_shown = {};
    const UmapRun::State state = isOurs ? m_umap.state() : UmapRun::State::Idle;
    clearPicture(state == UmapRun::State::Running ? tr("Finding the neighbors of every row…")
                 : state == UmapRun::State::Paused
                     ? tr("Paused before the neighbors of every row were found.")
                     : tr("Press Start: all rows are laid out so that neighbors stay together."));
    return;
  }
  if (m_points == m_umap.points() && m_shown) {
    m_foot->setCanMeasure(m_umap.state() != UmapRun::State::Running);
    describe();
    return;
  }
  const bool isFirst = !m_shown;
  m_undrawn = 0;
  m_shown = m_umapTable;
  m_shownAxes = m_looks[m_shown].axes;
  m_points = m_umap.points();
  m_plot->setPoints(m_points);
  m_foot->setCanKeep(true);
  m_foot->setCanMeasure(m_umap.state() != UmapRun::State::Running);
  describe();
  if (isFirst) {
    m_plot->setAutoFit(true);
    m_plot->fitView();
    m_plot->setSelected(m_document.currentRow());
    showCalculation();
  }
}

void ExplorePage::makeShortcuts() {
  auto* find = new QShortcut(QKeySequence::Find, this);
  connect(find, &QShortcut::activated, this, &ExplorePage::focusSearch);
}

void ExplorePage::focusSearch() {
  m_search->focusField();
}

void ExplorePage::centerOnCurrent() {
  if (m_document.currentRow()) {
    m_plot->centerOn(*m_document.currentRow());
  }
}

table::TablePtr ExplorePage::currentTable() const {
  const document::TableEntry* entry = m_document.currentTableEntry();
  return entry ? entry->table : nullptr;
}

void ExplorePage::showTable() {
  const table::TablePtr table = currentTable();
  m_shown = {};
  m_placing.drop();
  m_projector.drop();
  m_progress->end();
  m_message->clear();
  m_plot->setColorIndices({});
  clearPicture({});
  m_search->setTable(table);
  m_calculator->setTable(table);
  m_stack->setCurrentIndex(table ? 1 : 0);
  if (!table) {
    m_colorPanel->setTable(nullptr, {});
    return;
  }
  const auto [look, isNew] = m_looks.try_emplace(
      m_document.currentTable(), Look{usualAxes(*table), usualColorColumn(table->metadata())});
  m_colorPanel->setTable(table, look->second.colorColumn);
  showAxes();
}

void ExplorePage::showAxes() {
  const document::TableId id = m_document.currentTable();
  const table::TablePtr table = currentTable();
  const Axes axes = m_looks[id].axes;
  const PrincipalPtr principal = m_projector.find(id);
  m_axesPanel->setAxes(axes, table->dimension(), principal);
  m_axesPanel->umap().setTable(table);
  m_message->clear();
  m_plot->setAutoFit(false);
  if (axes.kind == Axes::Kind::Umap) {
    m_placing.drop();
    m_shown = {};
    showUmap();
    return;
  }
  if (axes.kind == Axes::Kind::Components && !principal) {
    m_shown = {};
    clearPicture(tr("Finding the principal components…"));
    m_projector.request(id);
    return;
  }
  placePoints(axes);
}

void ExplorePage::placePoints(const Axes& axes) {
  const table::TablePtr table = currentTable();
  if (axes.kind == Axes::Kind::Components) {
    const PrincipalPtr principal = m_projector.find(m_document.currentTable());
    setPoints(axes, columnPair(principal->scores, axes.x, axes.y));
    return;
  }
  if (axes.kind == Axes::Kind::Labels && axes.labels[0].isEmpty() && axes.labels[1].isEmpty()) {
    m_shown = {};
    clearPicture(tr("Type labels on the left: rows are drawn by where they lie between them."));
    return;
  }
  if (axes.kind == Axes::Kind::Dimensions &&
      table->rowCount() * table->dimension() <= kInstantNumbers) {
    setPoints(axes, columnPair(table->values(), axes.x, axes.y));
    return;
  }
  m_placing.start(
      tr("Placing points"),
      [table, axes](const base::TaskContext& context) {
        return axes.kind == Axes::Kind::Dimensions
                   ? columnPair(table->values(), axes.x, axes.y)
                   : placesOnAxes(*table, axes.labels, context).value_or(base::RowMatrix());
      },
      {.done = [this, axes](base::RowMatrix points) { setPoints(axes, std::move(points)); },
       .failed =
           [this](const base::Error& error) {
             m_shown = {};
             clearPicture({});
             tell(error);
           },
       .cancelled = [this] { clearPicture(tr("The points were not placed.")); }});
}

void ExplorePage::setPoints(const Axes& axes, base::RowMatrix points) {
  m_placing.drop();
  m_shownAxes = axes;
  m_undrawn = undrawnCount(points);
  m_shown = m_document.currentTable();
  m_points = std::make_shared<const base::RowMatrix>(std::move(points));
  m_plot->setPoints(m_points);
  m_foot->setCanKeep(true);
  m_foot->setCanMeasure(true);
  m_plot->fitView();
  m_plot->setEmptyText(tr("No row can be drawn: every one holds NaN or infinity"));
  describe();
  m_plot->setSelected(m_document.currentRow());
  showCalculation();
}

void ExplorePage::describe() {
  const table::TablePtr table = currentTable();
  const Axes& axes = m_shownAxes;
  const bool isPca = axes.kind == Axes::Kind::Components;
  const PrincipalPtr principal = isPca ? m_projector.find(m_shown) : nullptr;
  const auto title = [&](Eigen::Index axis) {
    return axis < table->dimension() ? axisTitle(axes.kind, axis, principal.get()) : QString();
  };
  if (axes.kind == Axes::Kind::Umap) {
    m_plot->setAxisTitles({}, {});
    m_foot->setRecipe(tr("%1 rows · %2")
                          .arg(document::groupedText(table->rowCount()),
                               umapRecipeText(m_umap.options(), m_umap.epoch())));
    return;
  }
  const bool isLabels = axes.kind == Axes::Kind::Labels;
  m_plot->setAxisTitles(isLabels ? labelAxisTitle(axes.labels[0]) : title(axes.x),
                        isLabels ? labelAxisTitle(axes.labels[1]) : title(axes.y));
  m_foot->setRecipe(captionText(*table, axes, principal.get(), m_undrawn));
}

/// Asked for, since it takes longer than drawing; told behind the recipe until that changes.
void ExplorePage::measure() {
  const table::TablePtr table = currentTable();
  if (!table || !m_points || m_points->rows() != table->rowCount()) {
    return;
  }
  m_foot->setCanMeasure(false);
  const auto again = [this] { m_foot->setCanMeasure(m_points != nullptr); };
  using Measured = std::optional<projection::Faithfulness>;
  m_measuring.start(tr("Measuring how faithful the picture is"),
                    [table, points = m_points](const base::TaskContext& context) {
                      return projection::faithfulness(table->values(), *points, {}, context);
                    },
                    {.done =
                         [this, again, points = m_points](const Measured& measured) {
                           again();
                           if (measured && points == m_points) {
                             m_foot->setRecipe(m_foot->recipe() + QStringLiteral(" · ") +
                                               faithfulnessText(*measured));
                           }
                         },
                     .failed =
                         [this, again](const base::Error& error) {
                           again();
                           tell(error);
                         },
                     .cancelled = again});
}

/// In the background: a million labels take their time.
void ExplorePage::keepCoordinates() {
  const table::TablePtr table = currentTable();
  if (!table || !m_points || m_points->rows() != table->rowCount()) {
    return;
  }
  const QString recipe = m_foot->recipe();
  const QString name = tr("%1 coordinates").arg(QString::fromStdString(table->name()));
  m_foot->setCanKeep(false);
  const auto again = [this] { m_foot->setCanKeep(true); };
  m_keeping.start(tr("Keeping coordinates"),
                  [table, points = m_points, name](const base::TaskContext&) {
                    return coordinateTable(*table, *points, name);
                  },
                  {.done =
                       [this, again, recipe](const table::TablePtr& kept) {
                         again();
                         m_document.addTable(kept, document::TableEntry::Origin::Projected, recipe);
                       },
                   .failed =
                       [this, again](const base::Error& error) {
                         again();
                         tell(error);
                       },
                   .cancelled = again});
}

void ExplorePage::tell(const base::Error& error) {
  m_message->show(controls::MessageBar::Kind::Error, QString::fromStdString(error.sentence()));
}

void ExplorePage::clearPicture(const QString& words) {
  m_foot->setCanKeep(false);
  m_foot->setCanMeasure(false);
  m_measuring.drop();
  m_points = nullptr;
  m_plot->setHighlighted({});
  m_plot->setExtraMark({});
  m_plot->setSelected({});
  m_plot->setEmptyText(words);
  m_plot->setPoints(plots::PointCloudPlot::Points());
  m_plot->setAxisTitles({}, {});
  m_foot->setRecipe({});
}

void ExplorePage::showColors(const std::shared_ptr<const ColorScheme>& scheme) {
  if (!scheme) {
    m_plot->setColorIndices({});
  } else if (scheme->kind == ColorScheme::Kind::Categories) {
    m_plot->setColorIndices(scheme->marks);
  } else {
    m_plot->setColors(scheme->colors);
  }
}

void ExplorePage::showSelection() {
  const std::optional<std::int64_t> row = m_document.currentRow();
  m_plot->setSelected(m_shown ? row : std::nullopt);
  if (row && m_shown && !m_clicked && !isInSight(*m_plot, *row)) {
    m_plot->centerOn(*row);
  }
}

/// Those of the chosen row; without one, those of the calculation.
void ExplorePage::showNeighbors() {
  const Calculation* calculation = m_calculator->calculation();
  const auto& nearest = m_document.currentRow() || calculation == nullptr ? m_finder.neighbors()
                                                                          : calculation->nearest;
  std::vector<qint64> rows;
  if (m_shown) {
    for (const neighbors::Neighbor& neighbor : nearest) {
      rows.push_back(neighbor.row);
    }
  }
  m_plot->setHighlighted(std::move(rows));
}

void ExplorePage::showCalculation() {
  const Calculation* calculation = m_calculator->calculation();
  std::optional<plots::PlaceMark> mark;
  if (m_shown && calculation != nullptr) {
    if (const std::optional<QPointF> place = placeOf(calculation->sum)) {
      mark = plots::PlaceMark{*place, calculation->expression};
    }
  }
  m_plot->setExtraMark(std::move(mark));
  showNeighbors();
}

/// Where a vector of the table's dimension lies on the axes shown; nothing without a vector.
std::optional<QPointF> ExplorePage::placeOf(const std::vector<float>& vector) const {
  if (vector.empty()) {
    return {};
  }
  const Axes& axes = m_shownAxes;
  if (axes.kind == Axes::Kind::Umap) {
    return {};  // a new vector has no place in it yet
  }
  if (axes.kind == Axes::Kind::Labels) {
    const base::RowMatrix place = placeOnAxes(*currentTable(), axes.labels, vector);
    return QPointF(static_cast<double>(place(0, 0)), static_cast<double>(place(0, 1)));
  }
  base::RowMatrix row =
      Eigen::Map<const base::RowMatrix>(vector.data(), 1, static_cast<Eigen::Index>(vector.size()));
  if (axes.kind == Axes::Kind::Components) {
    row = m_projector.find(m_shown)->model.project(row);
  }
  const base::RowMatrix place = columnPair(row, axes.x, axes.y);
  return QPointF(static_cast<double>(place(0, 0)), static_cast<double>(place(0, 1)));
}

void ExplorePage::jumpTo(qint64 row) {
  m_document.setCurrentRow(row);
  if (m_shown) {
    m_plot->centerOn(row);
  }
}

void ExplorePage::projectionStopped(document::TableId table) {
  m_progress->end();
  if (table == m_document.currentTable() && !m_shown) {
    clearPicture(
        tr("Nothing is drawn: the principal components are not known.\n"
           "Raw dimensions can be shown without them."));
    m_message->show(controls::MessageBar::Kind::Information,
                    tr("Finding the principal components was stopped."), tr("Try again"),
                    [this] { showAxes(); });
  }
}

void ExplorePage::projectionFailed(document::TableId table, const QString& sentence) {
  m_progress->end();
  if (table == m_document.currentTable()) {
    clearPicture(tr("Nothing is drawn. Raw dimensions can be shown instead."));
    m_message->show(controls::MessageBar::Kind::Error, sentence, tr("Try again"),
                    [this] { showAxes(); });
  }
}

}  // namespace embedscope::explore
